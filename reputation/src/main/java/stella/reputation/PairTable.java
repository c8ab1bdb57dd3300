package stella.reputation;

import static stella.reputation.Constants.PAIR_MEMORY;
import static stella.reputation.Constants.PAIR_UNIT;

import java.util.Arrays;

/**
 * Pair statistics while an epoch is counted: an open hash table from (low, high) to three numbers.
 *
 * <p>A cell is four numbers side by side (key, checks, conflicts, expected), so that a look-up costs one line of memory, not four;
 * with half a million pairs that is where the time goes. The table is never walked in hash order: {@link #freeze} sorts by key.
 */
final class PairTable {
    private static final long EMPTY = -1;
    private static final int CHECKS = 1;
    private static final int CONFLICTS = 2;
    private static final int EXPECTED = 3;
    private static final int CELL = 4;

    private long[] cells;
    private int count;

    /** @param capacity in pairs, a power of two */
    private PairTable(int capacity) {
        cells = empty(capacity);
    }

    private static long[] empty(int capacity) {
        long[] cells = new long[Math.multiplyExact(capacity, CELL)];
        for (int cell = 0; cell < cells.length; cell += CELL) cells[cell] = EMPTY;
        return cells;
    }

    /**
     * The pairs of the last epoch, faded; those without checks are gone, and so are those of inspectors that left.
     *
     * @param positions new position of each old one, or a negative number for an inspector that left
     */
    static PairTable faded(Pairs pairs, int[] positions) {
        PairTable table = new PairTable(Math.max(16, Integer.highestOneBit(Math.max(1, pairs.count())) * 4));
        for (int i = 0; i < pairs.count(); i++) {
            int low = positions[pairs.low(i)];
            int high = positions[pairs.high(i)];
            long checks = fade(pairs.checks(i));
            if (low < 0 || high < 0 || checks == 0) continue;
            int cell = table.cell(low, high);
            table.cells[cell + CHECKS] = checks;
            table.cells[cell + CONFLICTS] = fade(pairs.conflicts(i));
            table.cells[cell + EXPECTED] = fade(pairs.expected(i));
        }
        return table;
    }

    private static long fade(long value) {
        return Rounding.decay(value, PAIR_MEMORY, 100);
    }

    /** One item both looked at; {@code chance} is how far a conflict was to be expected, milli-items. */
    void add(int low, int high, long chance, boolean conflict) {
        int cell = cell(low, high);
        cells[cell + CHECKS] += PAIR_UNIT;
        cells[cell + EXPECTED] += chance;
        if (conflict) cells[cell + CONFLICTS] += PAIR_UNIT;
    }

    Pairs freeze() {
        long[] order = new long[count];
        int next = 0;
        for (int cell = 0; cell < cells.length; cell += CELL) if (cells[cell] != EMPTY) order[next++] = cells[cell];
        Arrays.sort(order);
        int[] low = new int[count];
        int[] high = new int[count];
        long[] checks = new long[count];
        long[] conflicts = new long[count];
        long[] expected = new long[count];
        for (int i = 0; i < count; i++) {
            low[i] = (int) (order[i] >>> 32);
            high[i] = (int) order[i];
            int cell = probe(cells, order[i]);
            checks[i] = cells[cell + CHECKS];
            conflicts[i] = cells[cell + CONFLICTS];
            expected[i] = cells[cell + EXPECTED];
        }
        return new Pairs(low, high, checks, conflicts, expected);
    }

    private int cell(int low, int high) {
        long key = ((long) low << 32) | high;
        int cell = probe(cells, key);
        if (cells[cell] == key) return cell;
        if (2L * CELL * (count + 1) > cells.length) {
            grow();
            cell = probe(cells, key);
        }
        cells[cell] = key;
        count++;
        return cell;
    }

    /** Where {@code key} is, or the empty cell where it belongs. */
    private static int probe(long[] cells, long key) {
        int mask = cells.length / CELL - 1;
        int slot = (int) ((key * 0x9e3779b97f4a7c15L) >>> 32) & mask;
        while (cells[CELL * slot] != EMPTY && cells[CELL * slot] != key) slot = (slot + 1) & mask;
        return CELL * slot;
    }

    private void grow() {
        long[] bigger = empty(Math.multiplyExact(cells.length / CELL, 2));
        for (int cell = 0; cell < cells.length; cell += CELL)
            if (cells[cell] != EMPTY) System.arraycopy(cells, cell, bigger, probe(bigger, cells[cell]), CELL);
        cells = bigger;
    }
}
