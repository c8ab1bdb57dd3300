package stella.roles.inspector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.AccountId;
import stella.protocol.inspection.Committee;
import stella.protocol.inspection.Item;
import stella.protocol.role.RoleId;

/**
 * Who looks at what in an epoch; every Inspector draws the same one.
 *
 * @param assignments of the subjects that have items, ascending
 */
public record Plan(SortedMap<RoleId, Assignment> assignments) {
    public static final Plan NONE = new Plan(new TreeMap<>());

    public Plan {
        assignments = Collections.unmodifiableSortedMap(new TreeMap<>(assignments));
    }

    /**
     * @param items in order: the index is what verdicts name
     * @param closeLook whether the large committee looks
     */
    public record Assignment(RoleId subject, List<Item> items, Committee committee, boolean closeLook) {
        public Assignment {
            items = List.copyOf(items);
        }
    }

    /**
     * One look an Inspector owes.
     *
     * @param index of the item in the subject's list
     */
    public record Duty(RoleId subject, int index) implements Comparable<Duty> {
        @Override
        public int compareTo(Duty other) {
            int bySubject = subject.compareTo(other.subject);
            return bySubject != 0 ? bySubject : Integer.compare(index, other.index);
        }
    }

    /** What {@code inspector} has to look at, ascending. */
    public List<Duty> dutiesOf(AccountId inspector) {
        List<Duty> duties = new ArrayList<>();
        for (Assignment assignment : assignments.values()) {
            if (!assignment.committee().members().contains(inspector)) continue;
            for (int i = 0; i < assignment.items().size(); i++) duties.add(new Duty(assignment.subject(), i));
        }
        return duties;
    }

    /** The item of a duty of this plan. */
    public Item item(Duty duty) {
        Assignment assignment = assignments.get(duty.subject());
        if (assignment == null) throw new IllegalArgumentException("nobody looks at " + duty.subject());
        return assignment.items().get(duty.index());
    }
}
