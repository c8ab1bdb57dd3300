package stella.reputation;

import static stella.reputation.Constants.*;

/**
 * The cumulative sum test (Page 1954): it adds up the log-likelihood ratio of 6 % loss against 2 % and never falls below zero,
 * so a subject is judged by its present run of evidence, not by one bad day nor by merits of long ago.
 */
public final class Cusum {
    /** Evidence at which a subject is suspended, micro-nats. */
    public static final long LIMIT = SUSPEND_AT;

    private Cusum() {}

    /** Evidence of one settled item, micro-nats: positive when it failed. {@code value} in ppm. */
    static long step(long value) {
        return Rounding.rdiv(value * STEP_FAIL - (PPM - value) * STEP_OK, PPM);
    }

    /** The suspicion after one settled item. */
    public static long suspicion(long before, long value) {
        return Math.max(0, before + step(value));
    }

    /** The mirror image that leads out of a suspension: rises with served items, falls with failed ones. */
    static long clean(long before, long value) {
        return Math.max(0, before - step(value));
    }
}
