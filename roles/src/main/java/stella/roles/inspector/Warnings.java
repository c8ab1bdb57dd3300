package stella.roles.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stella.protocol.role.RoleId;
import stella.reputation.InspectorState;
import stella.reputation.OpenItem;
import stella.reputation.State;
import stella.reputation.Story;
import stella.reputation.SubjectState;

/** Tells an operator before a suspension: when half of what suspends stands against a node (RE-6). Pure. */
final class Warnings {
    private static final int ITEMS_SHOWN_MAX = 16;

    private Warnings() {}

    /** What to tell; empty while less than half stands against it, and when it is too late. */
    static Optional<List<String>> about(State state, RoleId id) {
        @Nullable SubjectState subject = state.subjects().get(id.bytes());
        @Nullable InspectorState inspector = state.inspectors().get(id.bytes());
        boolean near = subject != null
                ? subject.standing().isActive() && subject.nearsSuspension()
                : inspector != null && inspector.standing().isActive() && inspector.nearsSuspension();
        if (!near) return Optional.empty();
        List<String> lines = new ArrayList<>();
        lines.add("Half of what suspends " + id + " stands against it.");
        lines.addAll(Story.now(state, id.bytes()));
        if (subject != null) lines.addAll(items(subject.open()));
        lines.add(
                subject != null
                        ? "The way back: serve what is asked for and prove in time; each served item takes the evidence down again."
                        : "The way back: reveal every epoch's verdicts, and look for what makes them differ from the others'.");
        return Optional.of(lines);
    }

    private static List<String> items(List<OpenItem> open) {
        List<OpenItem> newest = open.subList(Math.max(0, open.size() - ITEMS_SHOWN_MAX), open.size());
        return newest.reversed().stream()
                .map(item -> "  epoch " + item.epoch() + ": item " + item.item().toHex() + " counts as "
                        + item.value() / 10_000 + " % failed")
                .toList();
    }
}
