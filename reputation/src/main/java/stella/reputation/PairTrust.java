package stella.reputation;

import static stella.reputation.Constants.*;

/**
 * Section 6.5: how far two inspectors trust one another, from the checks they did together. What counts is agreement beyond
 * chance: who always says OK agrees with everybody on good stores, and that proves nothing.
 */
final class PairTrust {
    private PairTrust() {}

    /**
     * 4 % of the checks, under 50 subjects two subjects' worth: so much disagreement nobody is blamed for.
     *
     * @param subjects how many subjects had a task in this epoch
     */
    static long priorDivisor(int subjects) {
        return Math.min(25, Math.max(2, subjects / 2));
    }

    /** Conflicts over the conflicts chance explains, in ppm, drawn towards 1 by the prior: 1 minus Cohen's kappa. */
    static long conflictRatio(long checks, long conflicts, long expected, long priorDivisor) {
        long prior = Rounding.rdiv(checks, priorDivisor) + PAIR_UNIT;
        return Rounding.rdiv(Math.multiplyExact(conflicts + prior, PPM), expected + prior);
    }

    /** Local trust in milli-items: all joint checks while conflicts stay within chance, none from 1.3 times chance. */
    static long of(long checks, long conflicts, long expected, long priorDivisor) {
        long ratio = conflictRatio(checks, conflicts, expected, priorDivisor);
        long kept = Math.min(SLOPE, Math.max(0, MARGIN - ratio));
        return Rounding.rdiv(Math.multiplyExact(checks, kept), SLOPE);
    }
}
