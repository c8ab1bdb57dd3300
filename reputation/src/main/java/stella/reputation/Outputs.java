package stella.reputation;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;

/** What the quorum attests of a state (section 11): the part of it that others act upon. */
public record Outputs(int epoch, SortedMap<Bytes, OfSubject> subjects, SortedMap<Bytes, OfInspector> inspectors) {

    /** Units as in {@link SubjectState}. */
    public record OfSubject(
            long score,
            Standing standing,
            long suspicion,
            long hardSuspicion,
            long clean,
            long online,
            boolean away,
            boolean close,
            List<Bytes> due) {
        public OfSubject {
            due = List.copyOf(due);
        }
    }

    /** Units as in {@link InspectorState}. */
    public record OfInspector(long derived, long weight, Standing standing, long online) {}

    public static Outputs of(State state) {
        TreeMap<Bytes, OfSubject> subjects = new TreeMap<>();
        state.subjects()
                .forEach((id, s) -> subjects.put(
                        id,
                        new OfSubject(
                                s.score(),
                                s.standing(),
                                s.suspicion(),
                                s.hardSuspicion(),
                                s.clean(),
                                s.online(),
                                s.away(),
                                s.close(),
                                s.due())));
        TreeMap<Bytes, OfInspector> inspectors = new TreeMap<>();
        state.inspectors()
                .forEach((id, i) ->
                        inspectors.put(id, new OfInspector(i.derived(), i.weight(), i.standing(), i.online())));
        return new Outputs(
                state.epoch(),
                Collections.unmodifiableSortedMap(subjects),
                Collections.unmodifiableSortedMap(inspectors));
    }
}
