package stella.reputation;

import java.util.Arrays;

/**
 * What pairs of inspectors saw together: a sparse triangle, ascending by (low, high). Inspectors are named by their position among
 * the inspectors of the state in ascending order of identifier.
 */
public final class Pairs {
    public static final Pairs NONE = new Pairs(new int[0], new int[0], new long[0], new long[0], new long[0]);

    private final int[] low;
    private final int[] high;
    private final long[] checks;
    private final long[] conflicts;
    private final long[] expected;

    /** Takes the arrays over; they must be ascending by (low, high), with {@code low < high} and {@code checks > 0}. */
    Pairs(int[] low, int[] high, long[] checks, long[] conflicts, long[] expected) {
        this.low = low;
        this.high = high;
        this.checks = checks;
        this.conflicts = conflicts;
        this.expected = expected;
        for (int i = 0; i < low.length; i++) {
            boolean ascends = i == 0 || low[i - 1] < low[i] || (low[i - 1] == low[i] && high[i - 1] < high[i]);
            if (!ascends || low[i] < 0 || low[i] >= high[i] || checks[i] <= 0 || conflicts[i] < 0 || expected[i] < 0)
                throw new IllegalArgumentException(
                        "pair " + i + " (" + low[i] + ", " + high[i] + ") is out of order or range");
        }
    }

    public int count() {
        return low.length;
    }

    /** Position of the lower inspector of pair {@code index}. */
    public int low(int index) {
        return low[index];
    }

    public int high(int index) {
        return high[index];
    }

    /** (N) joint checks in milli-items, fading. */
    public long checks(int index) {
        return checks[index];
    }

    /** (D) conflicts in milli-items. */
    public long conflicts(int index) {
        return conflicts[index];
    }

    /** (E) conflicts that chance explains, in milli-items. */
    public long expected(int index) {
        return expected[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pairs pairs
                && Arrays.equals(low, pairs.low)
                && Arrays.equals(high, pairs.high)
                && Arrays.equals(checks, pairs.checks)
                && Arrays.equals(conflicts, pairs.conflicts)
                && Arrays.equals(expected, pairs.expected);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(checks) + Arrays.hashCode(conflicts);
    }

    @Override
    public String toString() {
        return low.length + " pairs";
    }
}
