package stella.roles.fetch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import stella.protocol.AccountId;

/** One block on its way: who waits, who may still be asked, what went wrong so far. Owned by one {@link Fetch}. */
final class Search {
    private static final int DETAIL_MAX = 120;

    private final List<ActorRef<Fetch.ChunkReply>> waiters = new ArrayList<>();
    private final Deque<AccountId> rest;
    private final List<String> failures = new ArrayList<>();
    private boolean promised;

    Search(List<AccountId> candidates) {
        rest = new ArrayDeque<>(candidates);
    }

    /** False when {@code waitersMax} wait already. */
    boolean join(ActorRef<Fetch.ChunkReply> waiter, int waitersMax) {
        return waiters.size() < waitersMax && waiters.add(waiter);
    }

    /** The Store to ask next; empty when all were asked. */
    Optional<AccountId> next() {
        return Optional.ofNullable(rest.poll());
    }

    /** A Store that promised the block, or could not be asked, did not deliver it: it may exist. */
    void broken(AccountId store, String failure) {
        promised = true;
        failed(store, failure);
    }

    /** A Store that never promised the block does not have it. */
    void failed(AccountId store, String failure) {
        String cut = failure.length() <= DETAIL_MAX ? failure : failure.substring(0, DETAIL_MAX) + "…";
        failures.add(store + ": " + cut);
    }

    /** Whether nobody who was asked ever promised it: then the network does not have it, as far as anybody here can know. */
    boolean isUnknown() {
        return !promised;
    }

    String failures() {
        return failures.isEmpty() ? "none could be asked" : String.join("; ", failures);
    }

    void answer(Fetch.ChunkReply reply) {
        waiters.forEach(waiter -> waiter.tell(reply));
    }
}
