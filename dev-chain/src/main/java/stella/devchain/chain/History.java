package stella.devchain.chain;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stella.devchain.state.State;
import stella.devchain.state.StorageChanges;
import stella.devchain.state.StorageKey;
import stella.protocol.Bytes;

/**
 * The storage after final blocks. That of the newest is at hand. That of an older block is found by going back from the next one at hand, change by change,
 * and is then compared with its root. Safe for all threads.
 */
final class History {
    private static final int AT_HAND = 256;
    /** On a way back the storage of every 64th block is kept, so that the next way back is short. */
    private static final int CHECKPOINT = 64;

    private final Archive archive;
    private final TreeMap<Long, State> recent = new TreeMap<>();
    private final TreeMap<Long, State> checkpoints = new TreeMap<>();

    History(Archive archive) {
        this.archive = archive;
    }

    /** The storage after the newest final block, also in place of what was known of it. */
    synchronized void put(long number, State state) {
        recent.put(number, state);
        if (recent.size() > AT_HAND) recent.pollFirstEntry();
    }

    synchronized void forgetBefore(long number) {
        checkpoints.headMap(number).clear();
    }

    synchronized void forgetAfter(long number) {
        recent.tailMap(number, false).clear();
        checkpoints.tailMap(number, true).clear();
    }

    /** The storage after a final block; empty when it is no longer kept. */
    synchronized Optional<State> at(BlockRecord block) {
        State known = recent.getOrDefault(block.number(), checkpoints.get(block.number()));
        return known != null ? Optional.of(known) : rebuild(block);
    }

    /** The changes that lead from the storage after {@code from} back to that after {@code to}; empty when a part of the way is no longer kept. */
    Optional<StorageChanges> wayBack(BlockRecord from, BlockRecord to) {
        TreeMap<StorageKey, Optional<Bytes>> way = new TreeMap<>();
        for (long number = from.number(); number > to.number(); number--) {
            Optional<StorageChanges> step = archive.hashAt(number).flatMap(archive::backFrom);
            if (step.isEmpty()) return Optional.empty();
            way.putAll(step.get().entries());
        }
        return Optional.of(new StorageChanges(way));
    }

    private Optional<State> rebuild(BlockRecord wanted) {
        Map.Entry<Long, State> start = nearest(wanted.number());
        State state = start.getValue();
        for (long number = start.getKey(); number > wanted.number(); number--) {
            Optional<StorageChanges> back = archive.hashAt(number).flatMap(archive::backFrom);
            if (back.isEmpty()) return Optional.empty();
            state = state.apply(back.get(), wanted.version());
            if ((number - 1) % CHECKPOINT == 0) checkpoints.put(number - 1, state);
        }
        if (!state.root().equals(archive.rootAfter(wanted)))
            throw archive.damaged("the way back to the storage of block " + wanted.number() + " misses its root");
        return Optional.of(state);
    }

    private Map.Entry<Long, State> nearest(long number) {
        Map.Entry<Long, State> newer = recent.higherEntry(number);
        Map.Entry<Long, State> old = checkpoints.higherEntry(number);
        if (newer == null) throw new IllegalStateException("block " + number + " is not below the final block");
        return old != null && old.getKey() < newer.getKey() ? old : newer;
    }
}
