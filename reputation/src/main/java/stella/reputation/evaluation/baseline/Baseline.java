package stella.reputation.evaluation.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;
import stella.reputation.Evidence;
import stella.reputation.Task;
import stella.reputation.evaluation.Model;

/**
 * What all baselines share, so that they differ in nothing but whom they believe and when they suspend: fresh items only, one committee
 * size, suspension for good, and placement as in section 10 (the better of two, two per cent for newcomers).
 */
abstract class Baseline<T extends Baseline.Track> implements Model {
    private static final long PPM = 1_000_000;
    private static final long NEWCOMERS_PERCENT = 2;
    private static final int ITEMS_UNTIL_KNOWN = 100;

    /** What a baseline knows of one store. */
    abstract static class Track {
        private boolean newcomer;
        boolean suspended;
        int items;

        /** Orders placements; the higher the better. */
        abstract double score();
    }

    private final Supplier<T> newborn;
    private final SortedMap<Bytes, T> tracks = new TreeMap<>();

    Baseline(Supplier<T> newborn) {
        this.newborn = newborn;
    }

    /** Takes note of the inspectors, before the stores are judged. */
    void listen(Evidence evidence) {}

    /** Takes note of one task; sets {@code suspended} when the rule says so. */
    abstract void judge(T track, Task task);

    @Override
    public final void apply(Evidence evidence) {
        evidence.joinedSubjects().forEach((id, join) -> {
            T track = newborn.get();
            ((Track) track).newcomer = join.standing() == Standing.PROBATION;
            tracks.put(id, track);
        });
        evidence.leftSubjects().forEach(tracks::remove);
        listen(evidence);
        for (Task task : evidence.tasks().values()) {
            @Nullable T track = tracks.get(task.subject());
            if (track != null && !track.suspended) judge(track, task);
        }
    }

    @Override
    public final Look look(Bytes subject) {
        return Look.REGULAR;
    }

    @Override
    public final boolean draws(Bytes inspector) {
        return true;
    }

    @Override
    public final boolean suspended(Bytes subject) {
        @Nullable T track = tracks.get(subject);
        return track != null && track.suspended;
    }

    @Override
    public long weight(Bytes inspector) {
        return PPM;
    }

    @Override
    public final Optional<Bytes> place(long r0, long r1, long r2) {
        List<Map.Entry<Bytes, T>> known = pool(false);
        List<Map.Entry<Bytes, T>> newcomers = pool(true);
        boolean reserved = Long.remainderUnsigned(r0, 100) < NEWCOMERS_PERCENT || known.isEmpty();
        List<Map.Entry<Bytes, T>> pool = !newcomers.isEmpty() && reserved ? newcomers : known;
        if (pool.isEmpty()) return Optional.empty();
        Map.Entry<Bytes, T> first = pool.get((int) Long.remainderUnsigned(r1, pool.size()));
        Map.Entry<Bytes, T> second = pool.get((int) Long.remainderUnsigned(r2, pool.size()));
        return Optional.of((first.getValue().score() >= second.getValue().score() ? first : second).getKey());
    }

    private List<Map.Entry<Bytes, T>> pool(boolean newcomers) {
        List<Map.Entry<Bytes, T>> pool = new ArrayList<>();
        for (Map.Entry<Bytes, T> entry : tracks.entrySet()) {
            Track track = entry.getValue();
            boolean isNew = track.newcomer && track.items < ITEMS_UNTIL_KNOWN;
            if (!track.suspended && isNew == newcomers) pool.add(entry);
        }
        return pool;
    }
}
