package stella.node.dev;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import stella.node.http.BlockSupply;
import stella.node.http.LeafProver;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.roles.Transfer;
import stella.roles.fetch.Fetch;

/** A Fetch actor as its HTTP gateway wants it. */
final class FetchDoor implements BlockSupply, LeafProver {
    /** Longer than a Fetch needs to ask every replica of a small network. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final ActorRef<Fetch.Command> fetch;
    private final ActorSystem<?> system;

    FetchDoor(ActorRef<Fetch.Command> fetch, ActorSystem<?> system) {
        this.fetch = fetch;
        this.system = system;
    }

    @Override
    public CompletionStage<Supplied> block(String cid, Optional<String> root) {
        CompletionStage<Fetch.ChunkReply> reply = AskPattern.ask(
                fetch, replyTo -> new Fetch.ChunkRequest(cid, root, replyTo), PATIENCE, system.scheduler());
        return reply.<Supplied>thenApply(answer -> switch (answer) {
                    case Fetch.Chunk(String _, Bytes data) -> new Supplied.Block(data);
                    case Fetch.Refusal(String _, Fetch.Reason reason, String detail) ->
                        new Supplied.Refused(reason(reason), detail);
                })
                .exceptionally(_ -> new Supplied.Refused(Reason.BUSY, "the Fetch did not find it in time"));
    }

    @Override
    public CompletionStage<Transfer.Possession> prove(Piece piece, List<Long> leaves) {
        CompletionStage<Fetch.ReceiptReply> reply = AskPattern.ask(
                fetch, replyTo -> new Fetch.ReceiptRequest(piece, leaves, replyTo), PATIENCE, system.scheduler());
        return reply.<Transfer.Possession>thenApply(answer -> switch (answer) {
                    case Fetch.Receipt(List<LeafProof> proofs) -> new Transfer.Possession.Proven(proofs);
                    case Fetch.NoReceipt(String detail) -> new Transfer.Possession.Refused(404, detail);
                })
                .exceptionally(_ -> new Transfer.Possession.Refused(503, "no replica answered in time"));
    }

    /** Where a Store is reached; empty when the Fetch does not know it. */
    CompletionStage<Optional<String>> endpoint(AccountId store) {
        return AskPattern.<Fetch.Command, Fetch.Located>ask(
                        fetch, replyTo -> new Fetch.Locate(store, replyTo), PATIENCE, system.scheduler())
                .thenApply(Fetch.Located::endpoint);
    }

    private static Reason reason(Fetch.Reason reason) {
        return switch (reason) {
            case BAD_CID -> Reason.REFUSED;
            case NOT_FOUND -> Reason.MISSING;
            case REPLICAS_FAILED -> Reason.UNREACHABLE;
            case BUSY -> Reason.BUSY;
        };
    }
}
