package stella.roles;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.chain.Block;
import stella.protocol.chain.Call;
import stella.protocol.chain.Constants;
import stella.protocol.chain.Event;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Credits;
import stella.protocol.deal.Deal;
import stella.protocol.deal.Request;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.inspection.Question;
import stella.protocol.inspection.Verdict;
import stella.protocol.inspection.VerdictId;
import stella.protocol.role.Appeal;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.RoleId;

/**
 * The chain as one account sees it: finalized state only, read at a named block, and one door for its own calls.
 *
 * <p>A read fails (its stage completes with {@link Unavailable}) when the chain cannot be reached or no longer has the state of
 * that block; trying again later is always right.
 */
public interface Ledger {
    /** The account that {@link #submit} signs for. */
    AccountId account();

    /** Hash of block 0: the identity of the network. */
    Hash genesis();

    Constants constants();

    /**
     * Tells {@code listener} each finalized block in order and without a gap, beginning with the newest one at the time of the
     * call. The listener runs on a thread of the adapter and must only pass the block on.
     *
     * @return ends the telling; an actor closes it when it stops or restarts, or it would hear every block once more for each
     *     restart
     */
    Following follow(Consumer<Block> listener);

    /** The hash of finalized block {@code number}; empty when it is not finalized yet. */
    CompletionStage<Optional<Hash>> blockHash(long number);

    CompletionStage<List<RoleEntry>> roles(Hash at);

    CompletionStage<Optional<Ask>> ask(AccountId store, Hash at);

    CompletionStage<Optional<Request>> request(long id, Hash at);

    CompletionStage<Optional<Deal>> deal(long id, Hash at);

    /** All deals that have not ended, by ascending id. */
    CompletionStage<List<Deal>> liveDeals(Hash at);

    CompletionStage<Credits> credits(AccountId account, Hash at);

    /** The seed of block {@code number}; empty when the chain has forgotten it or it is not there yet. */
    CompletionStage<Optional<Hash>> seed(long number, Hash at);

    CompletionStage<Optional<EpochInfo>> epoch(long epoch, Hash at);

    /** Adopted reputation, by role and account. */
    CompletionStage<Map<Node, ReputationEntry>> reputation(Hash at);

    CompletionStage<List<AccountId>> anchors(Hash at);

    /** Revealed verdicts of an epoch by Inspector; a TreeMap's order. */
    CompletionStage<Map<AccountId, List<Verdict>>> reveals(long epoch, Hash at);

    /** What the chain decided about each Store's proofs in an epoch. */
    CompletionStage<Map<AccountId, HardEvidence>> hardRecords(long epoch, Hash at);

    /** Digest adopted for an epoch, if two thirds of trust weight agreed. */
    CompletionStage<Optional<Hash>> adopted(long epoch, Hash at);

    /** Questions that wait for an answer, by id (IN-8). */
    CompletionStage<List<Question>> questions(Hash at);

    /** Verdicts of an epoch that nobody could answer for: they count for nothing (IN-8). */
    CompletionStage<Set<VerdictId>> voided(long epoch, Hash at);

    /** Appeals that are not decided yet (RE-5). */
    CompletionStage<Map<RoleId, Appeal>> appeals(Hash at);

    /**
     * Hands a call over for exactly one effect: the same {@code key} never leads to a second one, whatever crashes meanwhile.
     * The stage completes when the outcome is final; it never completes exceptionally.
     *
     * @param key names the intent within this account, at most 128 characters, for example {@code accept/17}
     */
    CompletionStage<Submission> submit(String key, Call call);

    /** A listener's place in the row of those who are told of blocks. */
    interface Following extends AutoCloseable {
        /** Ends it: no block is told after this returns, but for one that is on its way already. Closing again does nothing. */
        @Override
        void close();
    }

    /** A role of an account: what reputation is about. */
    record Node(Role role, AccountId account) implements Comparable<Node> {
        @Override
        public int compareTo(Node other) {
            int byRole = role.compareTo(other.role);
            return byRole != 0 ? byRole : account.compareTo(other.account);
        }
    }

    /** How a submission ended. */
    sealed interface Submission {
        /** In a finalized block, with the events it caused. */
        record Finalized(long block, Hash hash, List<Event> events) implements Submission {
            public Finalized {
                events = List.copyOf(events);
            }
        }

        /** Refused by the chain: {@code error} is the pallet's or pool's own name for it, {@code text} says what to do. */
        record Failed(String error, String text) implements Submission {}

        /** Never included although tried until its limit; nothing happened. */
        record Expired() implements Submission {}
    }

    /** The chain cannot answer now; {@link #getMessage} says why. */
    final class Unavailable extends RuntimeException {
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }

        public Unavailable(String message) {
            super(message);
        }
    }
}
