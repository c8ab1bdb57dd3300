package stella.reputation;

import static stella.reputation.Constants.BETA_MAX;
import static stella.reputation.Constants.PPM;

import java.util.List;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;

/**
 * All that is remembered of a Store or a Fetch (section 5; the letters of the specification in brackets).
 *
 * @param alpha served items, fading; micro-items
 * @param beta failed items, fading; micro-items
 * @param suspicion (g) evidence of loss from inspections, micro-nats
 * @param clean what was earned towards the way back, micro-nats
 * @param hardSuspicion (gh) evidence from possession proofs, micro-nats
 * @param streak possession proofs in a row
 * @param suspensions (k) not yet forgiven
 * @param since epoch of the last change that counts for forgiveness
 * @param settled items settled since birth or the last suspension's end
 * @param online share of recent epochs in which it was seen, ppm
 * @param away not seen in its last inspected epoch
 * @param close whether the next committee is the large one
 * @param closeLooks (nclose) close looks in a row
 * @param due items to look at again, ids in order
 * @param open the evidence that makes up the present suspicion
 * @param score section 7, ppm
 */
public record SubjectState(
        SubjectKind kind,
        Standing standing,
        long alpha,
        long beta,
        long suspicion,
        long clean,
        long hardSuspicion,
        int streak,
        int suspensions,
        int since,
        int settled,
        long online,
        boolean away,
        boolean close,
        int closeLooks,
        List<Bytes> due,
        List<OpenItem> open,
        long score) {

    public SubjectState {
        Range.check("alpha", alpha, 0, BETA_MAX);
        Range.check("beta", beta, 0, BETA_MAX);
        Range.check("suspicion", suspicion, 0, Long.MAX_VALUE);
        Range.check("clean", clean, 0, Long.MAX_VALUE);
        Range.check("hardSuspicion", hardSuspicion, 0, Long.MAX_VALUE);
        Range.check("streak", streak, 0, Integer.MAX_VALUE);
        Range.check("suspensions", suspensions, 0, Integer.MAX_VALUE);
        Range.check("since", since, 0, Integer.MAX_VALUE);
        Range.check("settled", settled, 0, Integer.MAX_VALUE);
        Range.check("online", online, 0, PPM);
        Range.check("closeLooks", closeLooks, 0, Integer.MAX_VALUE);
        Range.check("score", score, 0, PPM);
        due = List.copyOf(due);
        open = List.copyOf(open);
        Range.check("count of open items", open.size(), 0, Constants.OPEN_MAX);
    }

    /** A subject that registered in {@code epoch}: nothing is known, and it is taken to be online. */
    public static SubjectState newborn(SubjectKind kind, Standing standing, int epoch) {
        return new SubjectState(
                kind,
                standing,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                epoch,
                0,
                PPM,
                false,
                false,
                0,
                List.of(),
                List.of(),
                BetaScore.of(0, 0));
    }

    /** What {@code clean} must reach before this subject may leave its suspension; micro-nats. */
    public long cleanNeeded() {
        return cleanNeeded(suspensions);
    }

    /** The same after so many suspensions. */
    public static long cleanNeeded(int suspensions) {
        return Constants.doubled(Constants.CLEAN, suspensions);
    }

    /** Whether half of what suspends a subject stands against this one: time to warn its operator. */
    public boolean nearsSuspension() {
        return suspicion >= Constants.SUSPEND_AT / 2
                || hardSuspicion >= Constants.SUSPEND_AT / 2
                || online < (PPM + Constants.ONLINE_MIN) / 2;
    }

    /** Flawless items still missing on the way out of a suspension. */
    public long cleanItemsMissing() {
        return Math.ceilDiv(Math.max(0, cleanNeeded() - clean), Constants.STEP_OK);
    }
}
