package stella.reputation;

import static stella.reputation.Constants.TRUST_SCALE;
import static stella.reputation.Rounding.rdiv;

import java.util.Arrays;

/**
 * EigenTrust (Kamvar, Schlosser, Garcia-Molina 2003) in fixed point: the standing of each inspector in the eyes of those who
 * have standing, restarted at the anchors with probability {@code restart}. Rows without links follow the pre-trust.
 *
 * <p>Integer addition is exact, so the order of links does not matter; overflow is an error, never a wrong result.
 */
final class EigenTrust {
    private EigenTrust() {}

    /** The probability {@code numerator / denominator} of going back to the anchors. */
    record Restart(long numerator, long denominator) {
        static final Restart STANDARD = new Restart(3, 10);
    }

    /**
     * @param links local trust, any non-negative unit
     * @param preTrust where walks start, in 10^-9, summing to about 10^9
     * @return the trust of each row in 10^-9
     */
    static long[] of(Links links, long[] preTrust, Restart restart, int iterations) {
        int size = links.size();
        long[] share = shares(links);
        long[] trust = preTrust.clone();
        long[] sum = new long[size];
        for (int round = 0; round < iterations; round++) {
            Arrays.fill(sum, 0);
            long loose = 0;
            for (int i = 0; i < size; i++) {
                long here = trust[i];
                if (links.start(i) == links.end(i)) loose += here;
                for (int k = links.start(i); k < links.end(i); k++) {
                    int j = links.column(k);
                    sum[j] = Math.addExact(sum[j], Math.multiplyExact(here, share[k]));
                }
            }
            for (int j = 0; j < size; j++) {
                long all = Math.addExact(sum[j], Math.multiplyExact(loose, preTrust[j]));
                long walked = Math.multiplyExact(restart.denominator - restart.numerator, all);
                trust[j] = rdiv(walked, restart.denominator * TRUST_SCALE)
                        + rdiv(restart.numerator * preTrust[j], restart.denominator);
            }
        }
        return trust;
    }

    /** Each link's share of its row in 10^-9. */
    private static long[] shares(Links links) {
        long[] share = new long[links.end(links.size() - 1)];
        for (int i = 0; i < links.size(); i++) {
            long total = 0;
            for (int k = links.start(i); k < links.end(i); k++) total = Math.addExact(total, links.trust(k));
            for (int k = links.start(i); k < links.end(i); k++)
                share[k] = rdiv(Math.multiplyExact(links.trust(k), TRUST_SCALE), total);
        }
        return share;
    }
}
