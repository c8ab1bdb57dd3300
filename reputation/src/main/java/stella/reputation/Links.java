package stella.reputation;

/**
 * The directed links of a trust graph, row by row in compressed form: the links of row i are those from {@code start[i]} to
 * {@code start[i + 1]}.
 */
public final class Links {
    private final int[] start;
    private final int[] column;
    private final long[] trust;

    private Links(int[] start, int[] column, long[] trust) {
        this.start = start;
        this.column = column;
        this.trust = trust;
    }

    /** Sorts the first {@code count} links {@code from[k] -> to[k]} of {@code value[k] > 0} into {@code size} rows. */
    public static Links of(int size, int count, int[] from, int[] to, long[] value) {
        int[] start = new int[size + 1];
        for (int k = 0; k < count; k++) start[from[k] + 1]++;
        for (int i = 0; i < size; i++) start[i + 1] += start[i];
        int[] next = start.clone();
        int[] column = new int[count];
        long[] trust = new long[count];
        for (int k = 0; k < count; k++) {
            int at = next[from[k]]++;
            column[at] = to[k];
            trust[at] = value[k];
        }
        return new Links(start, column, trust);
    }

    int size() {
        return start.length - 1;
    }

    int start(int row) {
        return start[row];
    }

    int end(int row) {
        return start[row + 1];
    }

    int column(int link) {
        return column[link];
    }

    long trust(int link) {
        return trust[link];
    }
}
