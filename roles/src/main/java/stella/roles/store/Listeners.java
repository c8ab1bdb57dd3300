package stella.roles.store;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Clients that wait for the outcome of an offer. Owned by one Store actor.
 *
 * <p>They are not written down: after a crash a client learns from the chain, which it must believe in any case, what became of its
 * request.
 */
final class Listeners {
    private static final int PER_REQUEST_MAX = 16;

    private final SortedMap<Long, List<ActorRef<Store.OfferReply>>> waiting = new TreeMap<>();

    /** False when too many wait for the request already; waiting twice is waiting once. */
    boolean add(long request, ActorRef<Store.OfferReply> listener) {
        List<ActorRef<Store.OfferReply>> all = waiting.computeIfAbsent(request, _ -> new ArrayList<>());
        if (all.contains(listener)) return true;
        return all.size() < PER_REQUEST_MAX && all.add(listener);
    }

    void progress(Store.TransferStatus status) {
        waiting.getOrDefault(status.request(), List.of()).forEach(listener -> listener.tell(status));
    }

    /** Tells the outcome: the last that is said about the offer. */
    void end(long request, Store.OfferReply outcome) {
        List<ActorRef<Store.OfferReply>> all = waiting.remove(request);
        if (all != null) all.forEach(listener -> listener.tell(outcome));
    }

    /** Requests that somebody waits for and {@code condition} holds for. */
    SortedSet<Long> requests(LongPredicate condition) {
        SortedSet<Long> found = new TreeSet<>(waiting.keySet());
        found.removeIf(request -> !condition.test(request));
        return found;
    }
}
