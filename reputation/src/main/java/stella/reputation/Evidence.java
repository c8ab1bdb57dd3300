package stella.reputation;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import stella.protocol.Bytes;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.role.Standing;

/**
 * Everything an epoch brought (section 4). The order in which it is given does not matter: it is sorted here, once.
 *
 * @param tasks at most one for each subject
 * @param hard what the chain decided about possession proofs, for each Store at most once
 * @param slashed roles the chain threw out
 * @param ignored verdicts that are in none of {@code tasks}, see {@link Reveals}; they are told, and have no effect
 */
public record Evidence(
        int epoch,
        SortedMap<Bytes, NewSubject> joinedSubjects,
        SortedSet<Bytes> leftSubjects,
        SortedMap<Bytes, NewInspector> joinedInspectors,
        SortedSet<Bytes> leftInspectors,
        SortedMap<Bytes, Task> tasks,
        SortedMap<Bytes, HardEvidence> hard,
        SortedSet<Bytes> slashed,
        IgnoredVerdicts ignored) {

    /** A Store or Fetch that registered; Probation unless genesis or governance says otherwise. */
    public record NewSubject(SubjectKind kind, Standing standing) {}

    /** An Inspector that registered. */
    public record NewInspector(boolean anchor, Standing standing) {}

    public Evidence {
        Range.check("epoch", epoch, 0, Integer.MAX_VALUE);
        joinedSubjects = Collections.unmodifiableSortedMap(new TreeMap<>(joinedSubjects));
        leftSubjects = Collections.unmodifiableSortedSet(new TreeSet<>(leftSubjects));
        joinedInspectors = Collections.unmodifiableSortedMap(new TreeMap<>(joinedInspectors));
        leftInspectors = Collections.unmodifiableSortedSet(new TreeSet<>(leftInspectors));
        tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
        hard = Collections.unmodifiableSortedMap(new TreeMap<>(hard));
        slashed = Collections.unmodifiableSortedSet(new TreeSet<>(slashed));
    }

    public static Builder of(int epoch) {
        return new Builder(epoch);
    }

    /** Collects the evidence of one epoch in any order. */
    public static final class Builder {
        private final int epoch;
        private final TreeMap<Bytes, NewSubject> joinedSubjects = new TreeMap<>();
        private final TreeSet<Bytes> leftSubjects = new TreeSet<>();
        private final TreeMap<Bytes, NewInspector> joinedInspectors = new TreeMap<>();
        private final TreeSet<Bytes> leftInspectors = new TreeSet<>();
        private final TreeMap<Bytes, Task> tasks = new TreeMap<>();
        private final TreeMap<Bytes, HardEvidence> hard = new TreeMap<>();
        private final TreeSet<Bytes> slashed = new TreeSet<>();
        private IgnoredVerdicts ignored = IgnoredVerdicts.NONE;

        private Builder(int epoch) {
            this.epoch = epoch;
        }

        public Builder subjectJoins(Bytes id, SubjectKind kind, Standing standing) {
            once(joinedSubjects, id, new NewSubject(kind, standing));
            return this;
        }

        public Builder subjectLeaves(Bytes id) {
            leftSubjects.add(id);
            return this;
        }

        public Builder inspectorJoins(Bytes id, boolean anchor, Standing standing) {
            once(joinedInspectors, id, new NewInspector(anchor, standing));
            return this;
        }

        public Builder inspectorLeaves(Bytes id) {
            leftInspectors.add(id);
            return this;
        }

        public Builder task(Task task) {
            once(tasks, task.subject(), task);
            return this;
        }

        public Builder tasks(List<Task> all) {
            all.forEach(this::task);
            return this;
        }

        /** All tasks of the epoch with what was revealed about them. */
        public Builder reveals(Reveals reveals) {
            ignored = reveals.ignored();
            return tasks(reveals.tasks());
        }

        public Builder hard(Bytes store, HardEvidence evidence) {
            once(hard, store, evidence);
            return this;
        }

        public Builder slashed(Bytes id) {
            slashed.add(id);
            return this;
        }

        public Evidence build() {
            return new Evidence(
                    epoch,
                    joinedSubjects,
                    leftSubjects,
                    joinedInspectors,
                    leftInspectors,
                    tasks,
                    hard,
                    slashed,
                    ignored);
        }

        private static <V> void once(SortedMap<Bytes, V> map, Bytes id, V value) {
            if (map.putIfAbsent(id, value) != null)
                throw new IllegalArgumentException(id + " is named twice in the evidence of one epoch");
        }
    }
}
