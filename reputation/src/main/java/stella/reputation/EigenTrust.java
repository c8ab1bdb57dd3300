package stella.reputation;

import static stella.reputation.Constants.TRUST_SCALE;
import static stella.reputation.Rounding.rdiv;

import java.util.Arrays;

/**
 * EigenTrust (Kamvar, Schlosser, Garcia-Molina 2003) in fixed point: the standing of each inspector in the eyes of those who
 * have standing, restarted at the anchors with probability {@code restart}. Rows without links follow the pre-trust.
 *
 * <p>Integer addition is exact, so the order of links does not matter. Overflow is an error, never a wrong result: all terms are at
 * least zero and no share exceeds one, so no partial sum of a round exceeds all trust times one. That product is checked, once for
 * each round; the forty million products of a large network need no check of their own.
 */
public final class EigenTrust {
    private EigenTrust() {}

    /** The probability {@code numerator / denominator} of going back to the anchors. */
    public record Restart(long numerator, long denominator) {
        /** That of the model: 3/10. */
        public static final Restart STANDARD = new Restart(3, 10);
    }

    /**
     * @param links local trust, any non-negative unit
     * @param preTrust where walks start, in 10^-9, summing to about 10^9
     * @return the trust of each row in 10^-9
     */
    public static long[] of(Links links, long[] preTrust, Restart restart, int iterations) {
        int size = links.size();
        int[] share = shares(links);
        long one = TRUST_SCALE;
        for (long start : preTrust) one = Math.max(one, start);
        long[] trust = preTrust.clone();
        long[] sum = new long[size];
        for (int round = 0; round < iterations; round++) {
            checkRange(trust, one);
            Arrays.fill(sum, 0);
            long loose = 0;
            for (int i = 0; i < size; i++) {
                long here = trust[i];
                int end = links.end(i);
                if (links.start(i) == end) loose += here;
                for (int k = links.start(i); k < end; k++) sum[links.column(k)] += here * share[k];
            }
            for (int j = 0; j < size; j++) {
                long all = sum[j] + loose * preTrust[j];
                long walked = Math.multiplyExact(restart.denominator - restart.numerator, all);
                trust[j] = rdiv(walked, restart.denominator * TRUST_SCALE)
                        + rdiv(restart.numerator * preTrust[j], restart.denominator);
            }
        }
        return trust;
    }

    /** @throws ArithmeticException when a sum of this round could overflow */
    private static void checkRange(long[] trust, long one) {
        long all = 0;
        for (long part : trust) all = Math.addExact(all, part);
        var _ = Math.multiplyExact(all, one);
    }

    /** Each link's share of its row in 10^-9, at most all of it. */
    private static int[] shares(Links links) {
        int[] share = new int[links.end(links.size() - 1)];
        for (int i = 0; i < links.size(); i++) {
            long total = 0;
            for (int k = links.start(i); k < links.end(i); k++) total = Math.addExact(total, links.trust(k));
            for (int k = links.start(i); k < links.end(i); k++)
                share[k] = (int) rdiv(Math.multiplyExact(links.trust(k), TRUST_SCALE), total);
        }
        return share;
    }
}
