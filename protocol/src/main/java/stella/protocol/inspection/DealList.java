package stella.protocol.inspection;

import java.util.Arrays;
import java.util.Collection;

/** Numbers of deals in ascending order, each once: what items are drawn from. */
public final class DealList {
    public static final DealList NONE = new DealList(new long[0]);

    private final long[] ascending;

    private DealList(long[] ascending) {
        this.ascending = ascending;
    }

    /** Sorts {@code deals} and drops repetitions. */
    public static DealList of(Collection<Long> deals) {
        return new DealList(
                deals.stream().mapToLong(Long::longValue).sorted().distinct().toArray());
    }

    public int count() {
        return ascending.length;
    }

    public boolean isEmpty() {
        return ascending.length == 0;
    }

    public long at(int index) {
        return ascending[index];
    }

    public boolean contains(long deal) {
        return Arrays.binarySearch(ascending, deal) >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DealList list && Arrays.equals(ascending, list.ascending);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ascending);
    }

    @Override
    public String toString() {
        return ascending.length + " deals";
    }
}
