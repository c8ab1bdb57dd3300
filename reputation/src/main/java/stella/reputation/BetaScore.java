package stella.reputation;

import static stella.reputation.Constants.ITEM_MEMORY;
import static stella.reputation.Constants.PPM;

/**
 * Section 7: the score is the fifth percentile of Beta(1 + alpha, 1 + beta) in ppm: what a subject delivers at least, with
 * 95 % confidence; 0 when that is under one per cent.
 *
 * <p>The only doubles of the model live here. The test {@code I_x(a, b) <= 1/20} uses the ratio {@code I / (1 - I)}, in which the
 * gamma functions cancel: the numerator is the continued fraction of the incomplete beta function (modified Lentz method), the
 * denominator a sum of positive terms that stops as soon as the answer is known. Only {@code + - * /} and comparisons of IEEE 754
 * binary64 are used, evaluated left to right as the reference writes them: do not rearrange these expressions.
 */
public final class BetaScore {
    /** Below one per cent the score is 0. */
    private static final long LOWEST = 10_000;

    private static final double TINY = 1e-300;
    private static final int STEPS_MAX = 500;

    private BetaScore() {}

    /** alpha after an item of {@code value} ppm; micro-items. */
    public static long alphaAfter(long alpha, long value) {
        return Rounding.decay(alpha, ITEM_MEMORY, 1000) + PPM - value;
    }

    /** beta after an item of {@code value} ppm; micro-items. */
    public static long betaAfter(long beta, long value) {
        return Rounding.decay(beta, ITEM_MEMORY, 1000) + value;
    }

    /** The largest n with {@code I_{n ppm}(1 + alpha, 1 + beta) <= .05}; counters in micro-items. */
    public static long of(long alpha, long beta) {
        double a = (PPM + alpha) / 1e6;
        double b = (PPM + beta) / 1e6;
        long low = LOWEST;
        long high =
                Math.multiplyExact(PPM + alpha, PPM) / (2 * PPM + alpha + beta); // the mean, where I is well over .05
        if (high <= low || !atMost(a, b, low)) return 0;
        while (high - low > 1) {
            long middle = (low + high) >> 1;
            if (atMost(a, b, middle)) low = middle;
            else high = middle;
        }
        return low;
    }

    private static boolean atMost(double a, double b, long n) {
        double x = n / 1e6;
        double y = (1_000_000 - n) / 1e6;
        double limit = 19.0 * b * continuedFraction(a, b, x) / a * (1.0 - 1e-12);
        double sum = 1.0;
        double term = 1.0;
        int m = 0;
        while (sum < limit) {
            term = term * (a + b + m) * y / (b + 1.0 + m);
            sum = sum + term;
            m = m + 1;
            if (term < sum * 1e-17) return sum >= limit;
        }
        return true;
    }

    private static double continuedFraction(double a, double b, double x) {
        double c = 1.0;
        double d = 1.0 / awayFromZero(1.0 - (a + b) * x / (a + 1.0));
        double h = d;
        for (int m = 1; m <= STEPS_MAX; m++) {
            int m2 = m + m;
            double even = m * (b - m) * x / ((a + m2 - 1.0) * (a + m2));
            d = 1.0 / awayFromZero(1.0 + even * d);
            c = awayFromZero(1.0 + even / c);
            h = h * (d * c);
            double odd = -((a + m) * (a + b + m) * x / ((a + m2) * (a + m2 + 1.0)));
            d = 1.0 / awayFromZero(1.0 + odd * d);
            c = awayFromZero(1.0 + odd / c);
            double factor = d * c;
            h = h * factor;
            if (Math.abs(factor - 1.0) < 1e-15) break;
        }
        return h;
    }

    private static double awayFromZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
