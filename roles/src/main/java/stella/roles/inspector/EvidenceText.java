package stella.roles.inspector;

import java.util.List;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.reputation.Cause;
import stella.reputation.ChangeRecord;
import stella.reputation.ChangeRecord.ItemFinding;
import stella.reputation.ChangeRecord.Measures;
import stella.reputation.ChangeRecord.PeerConflict;
import stella.reputation.ChangeRecord.Witnessed;
import stella.reputation.OpenItem;
import stella.reputation.SubjectState;

/**
 * The evidence of one change of reputation (RE-6), as a text that is the same wherever it is written: items, committee, verdicts,
 * weights, what the formulas were fed with, before and after, and what would restore it. All Inspectors with the same state write the
 * same bytes, so the text is named by its digest and can be compared, kept and cited.
 *
 * <p>One fact a line; quantities are integers in the units of the reputation model.
 */
public record EvidenceText(RoleId id, long epoch, String text) {
    /** What the text is named by: BLAKE2b-256 of its bytes in UTF-8. */
    public Hash name() {
        return Digests.blake2b256(Bytes.utf8(text));
    }

    static EvidenceText of(ChangeRecord record) {
        RoleId id = RoleId.of(record.id());
        StringBuilder out = new StringBuilder("stella evidence 1\n");
        line(out, "epoch", record.epoch());
        line(out, "role", id.role().word());
        line(out, "account", id.account());
        line(out, "why", record.why().map(Cause::text).orElse("no change of standing"));
        switch (record) {
            case ChangeRecord.OfSubject subject -> write(out, subject);
            case ChangeRecord.OfInspector inspector -> write(out, inspector);
        }
        return new EvidenceText(id, record.epoch(), out.toString());
    }

    private static void write(StringBuilder out, ChangeRecord.OfSubject change) {
        write(out, "before", change.before());
        write(out, "after", change.after());
        line(out, "suspensions", change.suspensions());
        for (ItemFinding item : change.items()) {
            line(
                    out,
                    "item",
                    item.item() + " look " + (item.closeLook() ? "close" : "regular") + " fraction " + item.fraction()
                            + " value " + item.value() + (item.settled() ? " settled" : " contested"));
            for (Witnessed one : item.committee())
                line(
                        out,
                        "  verdict",
                        (one.failed() ? "FAIL" : "OK") + " weight " + one.weight() + " of "
                                + RoleId.of(one.inspector()).account());
        }
        for (OpenItem open : change.open())
            line(out, "open", open.item() + " epoch " + open.epoch() + " value " + open.value());
        line(
                out,
                "formula",
                "each settled item of value x: suspicion = max(0, suspicion + d), clean = max(0, clean - d), d = (x * 1098612"
                        + " - (1000000 - x) * 41673) / 1000000; suspended at 12500000 after two close looks, or with the same"
                        + " from proofs, or with online below 750000");
        restore(change.after(), change.suspensions()).ifPresent(way -> line(out, "restored by", way));
    }

    /** What leads back from a suspension, as section 8 of the reputation model says it. */
    private static Optional<String> restore(Measures after, int suspensions) {
        if (after.standing() != Standing.SUSPENDED) return Optional.empty();
        long needed = SubjectState.cleanNeeded(suspensions);
        return Optional.of("clean " + needed + " (it is " + after.clean() + "), online 900000 (it is " + after.online()
                + "), and no suspicion from proofs or ten proofs in a row; an appeal brings more items at once");
    }

    private static void write(StringBuilder out, ChangeRecord.OfInspector change) {
        line(out, "before", "standing " + change.before().word());
        line(
                out,
                "after",
                "standing " + change.after().word() + " derived " + change.derived() + " online " + change.online());
        line(out, "suspensions", change.suspensions());
        for (PeerConflict peer : change.worst())
            line(
                    out,
                    "peer",
                    RoleId.of(peer.peer()).account() + " checks " + peer.checks() + " conflicts " + peer.conflicts()
                            + " expected " + peer.expected());
        if (change.after() == Standing.SUSPENDED)
            line(out, "restored by", "rest: it is drawn again 40 epochs later, doubled for each suspension before");
    }

    private static void write(StringBuilder out, String when, Measures m) {
        List<String> words = List.of(
                "standing " + m.standing().word(),
                "suspicion " + m.suspicion(),
                "from proofs " + m.hardSuspicion(),
                "clean " + m.clean(),
                "online " + m.online(),
                "score " + m.score(),
                m.away() ? "away" : "seen",
                m.close() ? "close look next" : "regular look next");
        line(out, when, String.join(", ", words));
    }

    private static void line(StringBuilder out, String key, Object value) {
        out.append(key).append(' ').append(value).append('\n');
    }
}
