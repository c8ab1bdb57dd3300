package stella.devchain.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import stella.devchain.trie.StateVersion;
import stella.devchain.trie.Trie;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * The changes a block or a call makes on top of a {@link State}, with nested transactions. One thread owns an overlay.
 *
 * <p>There is one current value per key; an open transaction keeps a journal of what stood there before. So a read costs one look-up however deep the
 * nesting is, a commit costs nothing, and a rollback costs what was written.
 */
public final class Overlay {
    /** Outcome of removing by prefix: how many keys of the base were visited, and whether the limit left some over. */
    public record Removal(int visited, boolean remaining) {}

    /** What stands at a key now: a value, or null where the base's value is removed. */
    private record Written(@Nullable Bytes value) {}

    private record Undo(
            NavigableMap<Bytes, Written> area,
            Bytes key,
            @Nullable Written before) {}

    private final State base;
    private final NavigableMap<Bytes, Written> top = new TreeMap<>();
    private final Map<Bytes, NavigableMap<Bytes, Written>> children = new HashMap<>();
    private final List<Undo> journal = new ArrayList<>();
    private final Deque<Integer> transactions = new ArrayDeque<>();
    private @Nullable State applied;
    private @Nullable StateVersion appliedVersion;

    public Overlay(State base) {
        this.base = base;
    }

    public @Nullable Bytes get(@Nullable Bytes child, Bytes key) {
        Written changed = area(child).get(key);
        return changed != null ? changed.value : base.trie(child).get(key);
    }

    /** Writes, or removes when {@code value} is null. The roots of child tries are not the runtime's to write: such a write is ignored. */
    public void put(@Nullable Bytes child, Bytes key, @Nullable Bytes value) {
        if (child == null && key.startsWith(State.CHILD_ROOTS)) return;
        NavigableMap<Bytes, Written> area =
                child == null ? top : children.computeIfAbsent(child, name -> new TreeMap<>());
        Written before = area.put(key, new Written(value));
        if (!transactions.isEmpty()) journal.add(new Undo(area, key, before));
        applied = null;
    }

    /** The smallest key greater than {@code key} that has a value now. */
    public @Nullable Bytes nextKey(@Nullable Bytes child, Bytes key) {
        Trie trie = base.trie(child);
        NavigableMap<Bytes, Written> area = area(child);
        Bytes inBase = trie.nextKey(key);
        Map.Entry<Bytes, Written> changed = area.higherEntry(key);
        while (true) {
            if (changed == null) return inBase;
            if (inBase != null && inBase.compareTo(changed.getKey()) < 0) return inBase;
            if (changed.getValue().value != null) return changed.getKey();
            if (inBase != null && inBase.equals(changed.getKey())) inBase = trie.nextKey(changed.getKey());
            changed = area.higherEntry(changed.getKey());
        }
    }

    /**
     * Removes every key that starts with {@code prefix}: all that were written since the base, and of the base's own at most {@code limit} (visited ones
     * count, as in Substrate, even when they were removed before).
     */
    public Removal removePrefix(@Nullable Bytes child, Bytes prefix, long limit) {
        if (child == null && (prefix.startsWith(State.CHILD_ROOTS) || State.CHILD_ROOTS.startsWith(prefix)))
            return new Removal(0, false);
        NavigableMap<Bytes, Written> area = area(child);
        List<Bytes> written = new ArrayList<>();
        for (Map.Entry<Bytes, Written> entry : area.tailMap(prefix, true).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) break;
            if (entry.getValue().value != null) written.add(entry.getKey());
        }
        for (Bytes key : written) put(child, key, null);
        Trie trie = base.trie(child);
        int visited = 0;
        Bytes key = trie.get(prefix) != null ? prefix : trie.nextKey(prefix);
        for (; key != null && key.startsWith(prefix); key = trie.nextKey(key)) {
            if (visited == limit) return new Removal(visited, true);
            if (get(child, key) != null) put(child, key, null);
            visited++;
        }
        return new Removal(visited, false);
    }

    public void begin() {
        transactions.push(journal.size());
    }

    /** @throws IllegalStateException when no transaction is open */
    public void commit() {
        pop("commit");
        if (transactions.isEmpty()) journal.clear();
    }

    /** @throws IllegalStateException when no transaction is open */
    public void rollback() {
        int start = pop("roll back");
        for (int i = journal.size() - 1; i >= start; i--) {
            Undo undo = journal.removeLast();
            if (undo.before == null) undo.area.remove(undo.key);
            else undo.area.put(undo.key, undo.before);
        }
        applied = null;
    }

    /** How many transactions are open. */
    public int depth() {
        return transactions.size();
    }

    /** Rolls back until {@code depth} transactions are open: what a call left open is not kept. */
    public void rollbackTo(int depth) {
        while (transactions.size() > depth) rollback();
    }

    public StorageChanges changes() {
        TreeMap<StorageKey, Optional<Bytes>> all = new TreeMap<>();
        top.forEach((key, written) -> all.put(StorageKey.top(key), Optional.ofNullable(written.value)));
        children.forEach((child, area) -> area.forEach(
                (key, written) -> all.put(new StorageKey(child, key), Optional.ofNullable(written.value))));
        return new StorageChanges(all);
    }

    /** The state with all changes so far, remembered until the next write. */
    public State apply(StateVersion version) {
        State known = applied;
        if (known == null || version != appliedVersion) {
            known = base.apply(changes(), version);
            applied = known;
            appliedVersion = version;
        }
        return known;
    }

    public Hash root(StateVersion version) {
        return apply(version).root();
    }

    public Hash childRoot(Bytes child, StateVersion version) {
        return apply(version).trie(child).root();
    }

    private int pop(String intent) {
        if (transactions.isEmpty())
            throw new IllegalStateException(
                    "the runtime asked to " + intent + " a storage transaction, but none is open");
        return transactions.pop();
    }

    private NavigableMap<Bytes, Written> area(@Nullable Bytes child) {
        if (child == null) return top;
        return children.getOrDefault(child, Collections.emptyNavigableMap());
    }
}
