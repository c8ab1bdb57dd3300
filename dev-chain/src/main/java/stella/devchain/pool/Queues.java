package stella.devchain.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** The two queues of the pool and the tags that connect transactions. Not safe for threads: the pool's lock guards it. */
final class Queues {
    private final PoolLimits limits;
    private final Map<Hash, Entry> ready = new LinkedHashMap<>();
    private final Map<Hash, Entry> future = new LinkedHashMap<>();
    private final Map<Bytes, Entry> providers = new HashMap<>();
    private boolean tagsLost;
    private long readyBytes;
    private long futureBytes;

    Queues(PoolLimits limits) {
        this.limits = limits;
    }

    int readyCount() {
        return ready.size();
    }

    int futureCount() {
        return future.size();
    }

    boolean contains(Hash hash) {
        return ready.containsKey(hash) || future.containsKey(hash);
    }

    boolean provides(Bytes tag) {
        return providers.containsKey(tag);
    }

    /** Puts an entry where it belongs. */
    Submission add(Entry entry) {
        if (!satisfied(entry)) return addFuture(entry);
        Submission refusal = makeRoom(entry);
        if (refusal != null) return refusal;
        addReady(entry);
        Entry worst = worstBeyondLimits();
        while (worst != null) {
            if (worst.hash().equals(entry.hash())) {
                removeReady(entry.hash());
                return dropped();
            }
            drop(worst.hash(), new TransactionStatus.Dropped());
            worst = worstBeyondLimits();
        }
        entry.watcher().changed(new TransactionStatus.Ready());
        return new Submission.Accepted(entry.hash(), true);
    }

    /** Ready entries such that each comes after those it requires, the best of the possible ones first. */
    List<Entry> inOrder() {
        Map<Bytes, List<Entry>> waiting = new HashMap<>();
        Map<Hash, Integer> missing = new HashMap<>();
        PriorityQueue<Entry> possible = new PriorityQueue<>(Entry.BEST_FIRST);
        for (Entry entry : ready.values()) {
            Set<Bytes> required = new HashSet<>(entry.validity().requires());
            required.retainAll(providers.keySet());
            if (required.isEmpty()) possible.add(entry);
            missing.put(entry.hash(), required.size());
            for (Bytes tag : required)
                waiting.computeIfAbsent(tag, _ -> new ArrayList<>()).add(entry);
        }
        List<Entry> order = new ArrayList<>(ready.size());
        for (Entry entry = possible.poll(); entry != null; entry = possible.poll()) {
            order.add(entry);
            for (Bytes tag : new LinkedHashSet<>(entry.validity().provides())) {
                for (Entry dependent : waiting.getOrDefault(tag, List.of())) {
                    if (missing.merge(dependent.hash(), -1, Integer::sum) == 0) possible.add(dependent);
                }
            }
        }
        return order;
    }

    /** Moves future entries whose tags are there now to the ready queue, again and again. */
    void promote() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Entry entry : List.copyOf(future.values())) {
                if (!satisfied(entry)) continue;
                removeFuture(entry.hash());
                if (add(entry) instanceof Submission.Rejected) entry.watcher().changed(new TransactionStatus.Dropped());
                moved = true;
            }
        }
    }

    /** Moves ready entries that lost a tag they require back to the future queue, again and again. */
    void demote() {
        // Nearly every transaction comes without displacing another, and then there is nothing to look for.
        boolean moved = tagsLost;
        tagsLost = false;
        while (moved) {
            moved = false;
            for (Entry entry : List.copyOf(ready.values())) {
                if (satisfied(entry)) continue;
                removeReady(entry.hash());
                if (addFuture(entry) instanceof Submission.Rejected)
                    entry.watcher().changed(new TransactionStatus.Dropped());
                moved = true;
            }
        }
    }

    /** Removes an entry and tells its watcher; false when it is not there. */
    boolean drop(Hash hash, TransactionStatus status) {
        Entry entry = take(hash);
        if (entry == null) return false;
        entry.watcher().changed(status);
        return true;
    }

    @Nullable
    Entry take(Hash hash) {
        Entry entry = removeReady(hash);
        return entry != null ? entry : removeFuture(hash);
    }

    /** A newer judgement of an entry that is still there; it moves to the end of the row of those to be judged again. */
    void replace(Entry newer) {
        if (ready.containsKey(newer.hash())) {
            removeReady(newer.hash());
            addReady(newer);
        } else if (removeFuture(newer.hash()) != null) {
            future.put(newer.hash(), newer);
            futureBytes += newer.extrinsic().length();
        }
    }

    /** A block provided {@code tags}: nobody requires them any more. */
    void grant(Set<Bytes> tags) {
        for (Map<Hash, Entry> queue : List.of(ready, future)) queue.replaceAll((hash, entry) -> entry.without(tags));
        providers.replaceAll((tag, entry) -> ready.getOrDefault(entry.hash(), entry));
    }

    List<Entry> providersOf(Collection<Bytes> tags) {
        Map<Hash, Entry> found = new LinkedHashMap<>();
        for (Bytes tag : tags) {
            Entry entry = providers.get(tag);
            if (entry != null) found.put(entry.hash(), entry);
        }
        return List.copyOf(found.values());
    }

    /** Entries whose judgement does not reach block {@code number}. */
    List<Entry> validBefore(long number) {
        List<Entry> late = new ArrayList<>();
        for (Map<Hash, Entry> queue : List.of(ready, future))
            for (Entry entry : queue.values()) if (entry.validUntil() < number) late.add(entry);
        return late;
    }

    List<Entry> oldestJudged(int max) {
        List<Entry> oldest = new ArrayList<>();
        for (Map<Hash, Entry> queue : List.of(ready, future))
            queue.values().stream().limit(max / 2).forEach(oldest::add);
        return oldest;
    }

    private boolean satisfied(Entry entry) {
        return providers.keySet().containsAll(entry.validity().requires());
    }

    /** Removes what provides the same tags if the newcomer has the higher priority; else answers the refusal. */
    private @Nullable Submission makeRoom(Entry entry) {
        List<Entry> rivals = providersOf(entry.validity().provides());
        long sum = 0;
        for (Entry rival : rivals) sum = saturatingAdd(sum, rival.validity().priority());
        if (!rivals.isEmpty() && Long.compareUnsigned(sum, entry.validity().priority()) >= 0)
            return new Submission.Rejected(
                    Submission.Reason.TOO_LOW_PRIORITY,
                    "Priority is too low: (" + Long.toUnsignedString(sum) + " vs "
                            + Long.toUnsignedString(entry.validity().priority()) + ")",
                    "The transaction has too low priority to replace another transaction already in the pool.");
        for (Entry rival : rivals) drop(rival.hash(), new TransactionStatus.Usurped(entry.hash()));
        return null;
    }

    private Submission addFuture(Entry entry) {
        if (future.size() >= limits.futureMax()
                || futureBytes + entry.extrinsic().length() > limits.futureBytesMax()) return dropped();
        future.put(entry.hash(), entry);
        futureBytes += entry.extrinsic().length();
        entry.watcher().changed(new TransactionStatus.Future());
        return new Submission.Accepted(entry.hash(), false);
    }

    private void addReady(Entry entry) {
        ready.put(entry.hash(), entry);
        readyBytes += entry.extrinsic().length();
        for (Bytes tag : entry.validity().provides()) providers.put(tag, entry);
    }

    private @Nullable Entry removeReady(Hash hash) {
        Entry entry = ready.remove(hash);
        if (entry == null) return null;
        readyBytes -= entry.extrinsic().length();
        for (Bytes tag : entry.validity().provides()) providers.remove(tag);
        tagsLost = true;
        return entry;
    }

    private @Nullable Entry removeFuture(Hash hash) {
        Entry entry = future.remove(hash);
        if (entry != null) futureBytes -= entry.extrinsic().length();
        return entry;
    }

    private @Nullable Entry worstBeyondLimits() {
        if (ready.size() <= limits.readyMax() && readyBytes <= limits.readyBytesMax()) return null;
        return ready.values().stream().max(Entry.BEST_FIRST).orElse(null);
    }

    private static Submission dropped() {
        return new Submission.Rejected(
                Submission.Reason.IMMEDIATELY_DROPPED,
                "Immediately Dropped",
                "The transaction couldn't enter the pool because of the limit");
    }

    private static long saturatingAdd(long a, long b) {
        long sum = a + b;
        return Long.compareUnsigned(sum, a) < 0 ? -1 : sum;
    }
}
