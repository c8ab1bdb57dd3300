package stella.node.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import stella.protocol.Hash;

/**
 * Lists what the chain numbers from 0 without a gap and never forgets: deals, requests. Entries that can change no more are kept, so
 * that a page costs a read per living entry only. Any thread; methods block.
 */
final class Catalog<T> {
    private static final int SETTLED_KEPT_MAX = 10_000;

    private final Reader<T> reader;
    private final Predicate<T> isSettled;
    private final Map<Long, T> settled = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, T> eldest) {
            return size() > SETTLED_KEPT_MAX;
        }
    };
    private long knownNext;

    @FunctionalInterface
    interface Reader<T> {
        CompletionStage<Optional<T>> read(long id, Hash at);
    }

    /** @param next id below which the next page begins; null on the last page */
    record Page<T>(List<T> entries, @Nullable Long next) {}

    Catalog(Reader<T> reader, Predicate<T> isSettled) {
        this.reader = reader;
        this.isSettled = isSettled;
    }

    Optional<T> find(long id, Hash at) {
        return await(id, start(id, at));
    }

    /** Up to {@code limit} entries with ids below {@code before}, newest first. */
    Page<T> page(long before, int limit, Hash at) {
        long end = Math.min(before, nextId(at));
        long from = Math.max(0, end - limit);
        List<CompletionStage<Optional<T>>> reads = new ArrayList<>();
        for (long id = end - 1; id >= from; id--) reads.add(start(id, at));
        List<T> entries = new ArrayList<>();
        for (int i = 0; i < reads.size(); i++) await(end - 1 - i, reads.get(i)).ifPresent(entries::add);
        return new Page<>(entries, from == 0 ? null : from);
    }

    /** The first id that does not exist at {@code at}: doubled steps up, then halved ones down. */
    private long nextId(Hash at) {
        long exists = known() - 1;
        long step = 1;
        long absent = exists + step;
        while (find(absent, at).isPresent()) {
            exists = absent;
            step *= 2;
            absent = exists + step;
        }
        while (absent - exists > 1) {
            long middle = exists + (absent - exists) / 2;
            if (find(middle, at).isPresent()) exists = middle;
            else absent = middle;
        }
        learn(absent);
        return absent;
    }

    private CompletionStage<Optional<T>> start(long id, Hash at) {
        synchronized (this) {
            T known = settled.get(id);
            if (known != null) return java.util.concurrent.CompletableFuture.completedFuture(Optional.of(known));
        }
        return reader.read(id, at);
    }

    private Optional<T> await(long id, CompletionStage<Optional<T>> read) {
        Optional<T> entry = Await.chain(read);
        if (entry.isPresent() && isSettled.test(entry.get())) keep(id, entry.get());
        return entry;
    }

    private synchronized void keep(long id, T entry) {
        settled.put(id, entry);
    }

    private synchronized long known() {
        return knownNext;
    }

    private synchronized void learn(long next) {
        knownNext = Math.max(knownNext, next);
    }
}
