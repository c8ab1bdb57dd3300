package stella.roles.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import stella.protocol.deal.Deal;

/**
 * The chain's copy of one Store's live deals, and which of them must be read anew. Pure, but it remembers: used by one {@link
 * Prover}.
 *
 * <p>At most one reading runs at a time, so that an answer never overwrites a newer one.
 */
final class DealBook {
    private static final int READ_MAX = 256;

    /** What to read: every live deal, or those named. */
    sealed interface Reading {
        record All() implements Reading {}

        record Some(List<Long> deals) implements Reading {
            public Some {
                deals = List.copyOf(deals);
            }
        }
    }

    private final SortedMap<Long, Deal> deals = new TreeMap<>();
    /** To be read as soon as possible. */
    private final SortedSet<Long> stale = new TreeSet<>();
    /** To be read with the next block: the chain could not answer, or does not know the deal yet. */
    private final SortedSet<Long> later = new TreeSet<>();

    private boolean scanned;
    private Optional<Reading> running = Optional.empty();

    /** An event spoke of the deal. */
    void changed(long deal) {
        stale.add(deal);
    }

    /** Somebody asks what became of deals; nothing to do for those whose live copy is here. */
    void watch(List<Long> asked) {
        for (long deal : asked) if (!deals.containsKey(deal)) stale.add(deal);
    }

    /** A block has come: what waited for it, and what the end of a period may have changed without an event, is stale. */
    void advance(long block) {
        stale.addAll(later);
        later.clear();
        for (Deal deal : deals.values()) if (block >= ProofSchedule.staleFrom(deal)) stale.add(deal.id());
    }

    /** The reading to start now; empty when one runs or nothing is stale. */
    Optional<Reading> next() {
        if (running.isPresent()) return Optional.empty();
        if (!scanned) running = Optional.of(new Reading.All());
        else if (!stale.isEmpty()) {
            List<Long> some = stale.stream().limit(READ_MAX).toList();
            some.forEach(stale::remove);
            running = Optional.of(new Reading.Some(some));
        }
        return running;
    }

    /** The reading has ended: takes over what the chain said about this Store's deals. */
    void learn(Reading reading, List<Deal> found) {
        running = Optional.empty();
        switch (reading) {
            case Reading.All() -> {
                scanned = true;
                found.forEach(this::put);
            }
            case Reading.Some(List<Long> asked) -> {
                SortedSet<Long> unknown = new TreeSet<>(asked);
                for (Deal deal : found) unknown.remove(deal.id());
                // Not there: the submission that opened it is ahead of the blocks seen here. Never a reason to give
                // bytes up.
                later.addAll(unknown);
                found.forEach(this::put);
            }
        }
    }

    /** The reading failed. */
    void forget(Reading reading) {
        running = Optional.empty();
        if (reading instanceof Reading.Some(List<Long> asked)) later.addAll(asked);
    }

    private void put(Deal deal) {
        if (deal.state().isLive()) deals.put(deal.id(), deal);
        else deals.remove(deal.id());
    }

    Optional<Deal> deal(long id) {
        return Optional.ofNullable(deals.get(id));
    }

    /** Live deals whose copy is not in doubt. */
    Collection<Deal> certain() {
        SortedSet<Long> doubtful = new TreeSet<>(stale);
        doubtful.addAll(later);
        if (running.orElse(null) instanceof Reading.Some(List<Long> asked)) doubtful.addAll(asked);
        List<Deal> certain = new ArrayList<>();
        for (Deal deal : deals.values()) if (!doubtful.contains(deal.id())) certain.add(deal);
        return certain;
    }
}
