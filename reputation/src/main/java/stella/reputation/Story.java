package stella.reputation;

import static stella.reputation.Constants.*;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;

/** Reads reputation aloud (section 11): what stands, why, and what would restore it. One sentence per line. */
public final class Story {
    private Story() {}

    /** How a subject or inspector stands, and its way back if it has lost something. */
    public static List<String> now(State state, Bytes id) {
        SubjectState subject = state.subjects().get(id);
        if (subject != null) return now(state.epoch(), subject);
        InspectorState inspector = state.inspectors().get(id);
        if (inspector != null) return now(state.epoch(), inspector);
        return List.of("Nothing is known of it up to epoch " + state.epoch() + ".");
    }

    private static List<String> now(int epoch, SubjectState subject) {
        List<String> lines = new ArrayList<>();
        lines.add(subject.standing().word() + " in epoch " + epoch + " with a score of " + percent(subject.score())
                + ": with 95 % confidence it delivers at least that share of what is asked.");
        lines.add("The evidence against it stands at " + nats(subject.suspicion()) + " of " + nats(SUSPEND_AT)
                + " from inspections and at " + nats(subject.hardSuspicion()) + " of " + nats(SUSPEND_AT)
                + " from possession proofs; it was seen in " + percent(subject.online())
                + " of recent epochs, at least " + percent(ONLINE_MIN) + " are needed.");
        if (!subject.open().isEmpty())
            lines.add(
                    "The evidence from inspections comes from " + subject.open().size() + " items in epochs "
                            + subject.open().getFirst().epoch() + " to "
                            + subject.open().getLast().epoch() + ".");
        if (subject.away()) lines.add("It was not reached last time, so it gets no new placements until it is seen.");
        if (subject.close()) lines.add("A larger committee looks at it next.");
        if (subject.standing() == Standing.SUSPENDED)
            lines.add("It is back on probation after " + subject.cleanItemsMissing()
                    + " more items without a failure, while seen in " + percent(ONLINE_BACK)
                    + " of recent epochs and with possession proofs in order.");
        if (subject.standing() == Standing.PROBATION)
            lines.add("It becomes Trusted with " + VET_ITEMS + " settled items (it has " + subject.settled()
                    + ") and a score of " + percent(VET_SCORE) + ".");
        return lines;
    }

    private static List<String> now(int epoch, InspectorState inspector) {
        List<String> lines = new ArrayList<>();
        lines.add(inspector.standing().word() + " in epoch " + epoch + " with a trust of "
                + percent(inspector.derived()) + " and a weight of " + percent(inspector.weight()) + ".");
        lines.add("It revealed its verdicts and was not deaf in " + percent(inspector.online())
                + " of recent epochs, at least " + percent(ONLINE_MIN) + " are needed.");
        if (inspector.low() > 0)
            lines.add("For " + inspector.low() + " epochs in a row the others' verdicts give it almost no trust; at "
                    + TRUST_LOW_EPOCHS + " it is suspended.");
        if (inspector.standing() == Standing.SUSPENDED)
            lines.add("It is drawn again from epoch " + inspector.until() + ".");
        return lines;
    }

    /** One change and the evidence for it. */
    public static List<String> of(ChangeRecord record) {
        return switch (record) {
            case ChangeRecord.OfSubject subject -> of(subject);
            case ChangeRecord.OfInspector inspector -> of(inspector);
        };
    }

    private static List<String> of(ChangeRecord.OfSubject change) {
        List<String> lines = new ArrayList<>();
        String because = change.why().map(cause -> " (" + cause.text() + ")").orElse("");
        lines.add("Epoch " + change.epoch() + because + ": " + moved(change.before(), change.after()));
        for (ChangeRecord.ItemFinding item : change.items())
            lines.add("  item " + item.item().toHex() + (item.closeLook() ? ", close look" : "") + ": "
                    + percent(item.fraction()) + " of the weight saw a failure, it counts as " + percent(item.value())
                    + (item.settled() ? "" : " and is looked at again") + "; "
                    + item.committee().stream().map(Story::witness).collect(Collectors.joining(", ")));
        return lines;
    }

    private static String moved(ChangeRecord.Measures before, ChangeRecord.Measures after) {
        return before.standing().word() + " to " + after.standing().word()
                + ", evidence " + nats(before.suspicion()) + " to " + nats(after.suspicion())
                + ", from proofs " + nats(before.hardSuspicion()) + " to " + nats(after.hardSuspicion())
                + ", score " + percent(before.score()) + " to " + percent(after.score())
                + (after.away() ? ", not reached" : "")
                + (after.close() ? ", to be looked at closely" : "") + ".";
    }

    private static String witness(ChangeRecord.Witnessed one) {
        return one.inspector().toHex() + " (weight " + percent(one.weight()) + ") " + (one.failed() ? "FAIL" : "OK");
    }

    private static List<String> of(ChangeRecord.OfInspector change) {
        List<String> lines = new ArrayList<>();
        lines.add("Epoch " + change.epoch() + " (" + change.cause().text() + "): "
                + change.before().word() + " to " + change.after().word() + ", trust " + percent(change.derived())
                + ", online " + percent(change.online()) + ".");
        for (ChangeRecord.PeerConflict peer : change.worst())
            lines.add("  with " + peer.peer().toHex() + ": " + items(peer.conflicts()) + " conflicts in "
                    + items(peer.checks()) + " joint checks, chance explains " + items(peer.expected()) + ".");
        return lines;
    }

    private static String percent(long ppm) {
        return BigDecimal.valueOf(ppm, 4).setScale(1, RoundingMode.HALF_EVEN) + " %";
    }

    private static String nats(long microNats) {
        return BigDecimal.valueOf(microNats, 6)
                .setScale(1, RoundingMode.HALF_EVEN)
                .toString();
    }

    private static String items(long milliItems) {
        return BigDecimal.valueOf(milliItems, 3)
                .setScale(1, RoundingMode.HALF_EVEN)
                .toString();
    }
}
