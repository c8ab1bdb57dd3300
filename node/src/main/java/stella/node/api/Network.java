package stella.node.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import stella.node.api.document.NetworkInfo;
import stella.node.fault.Misbehaviour;
import stella.protocol.chain.Block;
import stella.protocol.deal.StorageRequest;
import stella.protocol.piece.Piece;
import stella.protocol.role.RoleId;
import stella.roles.Ledger;
import stella.roles.client.Placement;
import stella.roles.inspector.ReputationAnswer;

/** What the API needs of the running program. All methods may be called from any thread and do not block. */
public interface Network {
    /** What does not change while the program runs: names, addresses, endpoints. */
    NetworkInfo info();

    /** The chain, for reading; the API submits nothing itself. */
    Ledger ledger();

    /** The newest finalized block; empty until the first one is seen. */
    Optional<Block> head();

    /**
     * Starts a {@link Placement} signed by {@code account}; its progress goes to {@code listener}, whose last word ends it.
     *
     * @param key names the intent: the same key of the same account never pays twice, also after a restart
     * @param account a name of {@link NetworkInfo#accounts} or a secret URI; it is never logged
     * @throws NoSuchAccountException before anything is done
     */
    void place(String key, String account, StorageRequest terms, ActorRef<Placement.Progress> listener);

    /** The URL, at most 128 bytes, at which Stores pull {@code piece} once {@link #uploads} has it. */
    String sourceUrl(Piece piece);

    /** Folder of the CARs offered to Stores, each {@code <pieceCid>.car}; it exists. */
    Path uploads();

    /**
     * Makes a node of a dev network misbehave, or behave again.
     *
     * @return false when there is no node of that name
     */
    CompletionStage<Boolean> misbehave(String node, Misbehaviour how);

    /** Why the reputation of a role is what it is, from an Inspector of this program (RE-6). */
    CompletionStage<ReputationAnswer.Explanation> explain(RoleId id);

    /** The changes of a role's reputation that an Inspector of this program remembers. */
    CompletionStage<ReputationAnswer.Past> history(RoleId id);

    /**
     * Signs an appeal for a node of this program (RE-5).
     *
     * @return empty when there is no node of that name
     */
    CompletionStage<Optional<Ledger.Submission>> appeal(String node);

    /** What needs a person now, from all nodes of this program; empty when all is well. */
    CompletionStage<List<Alarm>> alarms();

    /** @param node name of the node that raised it */
    record Alarm(String node, String text) {}

    /** The account is neither known by name nor a secret URI; the message does not repeat it. */
    final class NoSuchAccountException extends RuntimeException {
        public NoSuchAccountException(String message) {
            super(message);
        }
    }
}
