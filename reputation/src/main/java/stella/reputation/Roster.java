package stella.reputation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;

/** Section 6.0: who takes part in this epoch, after joins and leaves. */
final class Roster {
    /** Ascending by identifier. */
    final List<Subject> subjects;

    final List<Inspector> inspectors;

    /** The faded statistics of the pairs that are still here. */
    final PairTable pairs;

    private final Map<Bytes, Subject> subjectById; // looked up, never walked
    private final Map<Bytes, Inspector> inspectorById;

    private Roster(List<Subject> subjects, List<Inspector> inspectors, PairTable pairs) {
        this.subjects = subjects;
        this.inspectors = inspectors;
        this.pairs = pairs;
        subjectById = HashMap.newHashMap(subjects.size());
        subjects.forEach(subject -> subjectById.put(subject.id, subject));
        inspectorById = HashMap.newHashMap(inspectors.size());
        inspectors.forEach(inspector -> inspectorById.put(inspector.id, inspector));
    }

    static Roster of(State state, Evidence evidence) {
        TreeMap<Bytes, SubjectState> subjects = new TreeMap<>(state.subjects());
        evidence.joinedSubjects()
                .forEach((id, join) ->
                        subjects.put(id, SubjectState.newborn(join.kind(), join.standing(), evidence.epoch())));
        evidence.leftSubjects().forEach(subjects::remove);

        TreeMap<Bytes, InspectorState> inspectors = new TreeMap<>(state.inspectors());
        evidence.joinedInspectors()
                .forEach((id, join) -> inspectors.put(id, InspectorState.newborn(join.anchor(), join.standing())));
        evidence.leftInspectors().forEach(inspectors::remove);

        List<Subject> subjectList = new ArrayList<>(subjects.size());
        subjects.forEach((id, subject) -> subjectList.add(new Subject(id, subject)));
        List<Inspector> inspectorList = new ArrayList<>(inspectors.size());
        inspectors.forEach((id, inspector) -> inspectorList.add(new Inspector(id, inspectorList.size(), inspector)));
        return new Roster(subjectList, inspectorList, PairTable.faded(state.pairs(), positions(state, inspectors)));
    }

    /** For each inspector of the old state its position in the new one, -1 when it left. */
    private static int[] positions(State state, SortedMap<Bytes, InspectorState> now) {
        Map<Bytes, Integer> position = HashMap.newHashMap(now.size());
        now.keySet().forEach(id -> position.put(id, position.size()));
        return state.inspectors().keySet().stream()
                .mapToInt(id -> position.getOrDefault(id, -1))
                .toArray();
    }

    @Nullable
    Subject subject(Bytes id) {
        return subjectById.get(id);
    }

    @Nullable
    Inspector inspector(Bytes id) {
        return inspectorById.get(id);
    }
}
