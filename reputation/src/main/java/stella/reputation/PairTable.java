package stella.reputation;

import static stella.reputation.Constants.PAIR_MEMORY;
import static stella.reputation.Constants.PAIR_UNIT;

import java.util.Arrays;

/**
 * Pair statistics while an epoch is counted: an open hash table from (low, high) to three numbers, a few million updates a second.
 * It is never walked in hash order: {@link #freeze} sorts by key.
 */
final class PairTable {
    private static final long EMPTY = -1;

    private long[] keys;
    private long[] checks;
    private long[] conflicts;
    private long[] expected;
    private int count;

    private PairTable(int capacity) {
        keys = new long[capacity];
        Arrays.fill(keys, EMPTY);
        checks = new long[capacity];
        conflicts = new long[capacity];
        expected = new long[capacity];
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
            int slot = table.slot(low, high);
            table.checks[slot] = checks;
            table.conflicts[slot] = fade(pairs.conflicts(i));
            table.expected[slot] = fade(pairs.expected(i));
        }
        return table;
    }

    private static long fade(long value) {
        return Rounding.decay(value, PAIR_MEMORY, 100);
    }

    /** One item both looked at; {@code chance} is how far a conflict was to be expected, milli-items. */
    void add(int low, int high, long chance, boolean conflict) {
        int slot = slot(low, high);
        checks[slot] += PAIR_UNIT;
        expected[slot] += chance;
        if (conflict) conflicts[slot] += PAIR_UNIT;
    }

    Pairs freeze() {
        long[] order = Arrays.stream(keys).filter(key -> key != EMPTY).sorted().toArray();
        int[] low = new int[count];
        int[] high = new int[count];
        long[] n = new long[count];
        long[] d = new long[count];
        long[] e = new long[count];
        for (int i = 0; i < count; i++) {
            low[i] = (int) (order[i] >>> 32);
            high[i] = (int) order[i];
            int slot = slot(low[i], high[i]);
            n[i] = checks[slot];
            d[i] = conflicts[slot];
            e[i] = expected[slot];
        }
        return new Pairs(low, high, n, d, e);
    }

    private int slot(int low, int high) {
        long key = ((long) low << 32) | high;
        int slot = probe(keys, key);
        if (keys[slot] == key) return slot;
        if (2 * (count + 1) > keys.length) {
            grow();
            slot = probe(keys, key);
        }
        keys[slot] = key;
        count++;
        return slot;
    }

    private static int probe(long[] keys, long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9e3779b97f4a7c15L) >>> 32) & mask;
        while (keys[slot] != EMPTY && keys[slot] != key) slot = (slot + 1) & mask;
        return slot;
    }

    private void grow() {
        PairTable bigger = new PairTable(Math.multiplyExact(keys.length, 2));
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == EMPTY) continue;
            int slot = probe(bigger.keys, keys[i]);
            bigger.keys[slot] = keys[i];
            bigger.checks[slot] = checks[i];
            bigger.conflicts[slot] = conflicts[i];
            bigger.expected[slot] = expected[i];
        }
        keys = bigger.keys;
        checks = bigger.checks;
        conflicts = bigger.conflicts;
        expected = bigger.expected;
    }
}
