package stella.node.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;
import stella.roles.Transfer;

/** A transfer that a test must not use. */
final class NoTransfer implements Transfer {
    private static AssertionError unused() {
        return new AssertionError("this test transfers nothing");
    }

    @Override
    public CompletionStage<Answer> block(String endpoint, String cid, Duration deadline) {
        throw unused();
    }

    @Override
    public CompletionStage<Possession> possession(String endpoint, Piece piece, List<Long> leaves, Duration deadline) {
        throw unused();
    }

    @Override
    public CompletionStage<Relayed<Answer>> relayedBlock(
            String gateway, AccountId store, String cid, Duration deadline) {
        throw unused();
    }

    @Override
    public CompletionStage<Relayed<Possession>> relayedPossession(
            String gateway, AccountId store, Piece piece, List<Long> leaves, Duration deadline) {
        throw unused();
    }

    @Override
    public CompletionStage<Quoted> ask(String endpoint, Terms terms, Duration deadline) {
        throw unused();
    }

    @Override
    public CompletionStage<Published> published(String endpoint, Hash name, Duration deadline) {
        throw unused();
    }
}
