package stella.devchain.host;

import java.util.Arrays;
import run.endive.runtime.Memory;

/**
 * Substrate's freeing-bump allocator for the heap of one wasm instance (client/allocator/src/freeing_bump.rs).
 *
 * <p>Blocks have the sizes 8 bytes to 32 MiB in powers of two, each after a header of 8 bytes: the block's order with bit 32 set while it is in use, the
 * link to the next free block of that order while it is not. After one error nothing is allocated any more, since the heap may be corrupt.
 */
final class HeapAllocator {
    static final int ALLOCATION_MAX = 32 << 20;

    private static final int HEADER = 8;
    private static final int ORDERS = 23;
    private static final int BLOCK_MIN = 8;
    private static final long OCCUPIED = 1L << 32;
    private static final long NIL = 0xffff_ffffL;

    private final Memory memory;
    private final long[] free = new long[ORDERS];
    private long heapBase;
    private long bump;
    private boolean poisoned = true;

    /** A heap without any memory until it is told where it begins. */
    HeapAllocator(Memory memory) {
        this.memory = memory;
    }

    /** Lets the heap begin at the first multiple of 8 from {@code base} on. */
    void begin(int base) {
        heapBase = (Integer.toUnsignedLong(base) + 7) / 8 * 8;
        reset();
    }

    /** Forgets all blocks; the bytes of the heap are the caller's to clear. */
    void reset() {
        bump = heapBase;
        poisoned = false;
        Arrays.fill(free, NIL);
    }

    /** Above this address the heap has never been used since the last reset. */
    long used() {
        return bump;
    }

    int allocate(int size) {
        if (poisoned) throw new IllegalStateException("the heap had an error before");
        poisoned = true;
        if (size < 0 || size > ALLOCATION_MAX)
            throw new IllegalStateException("the runtime asked for " + Integer.toUnsignedLong(size)
                    + " bytes of memory at once; " + ALLOCATION_MAX + " are the most");
        int order = order(size);
        long header = free[order];
        if (header != NIL) {
            long next = read(header);
            if ((next & OCCUPIED) != 0) throw new IllegalStateException("a free block of the heap is marked as used");
            free[order] = next & NIL;
        } else {
            header = takeNew(order);
        }
        memory.writeLong((int) header, OCCUPIED | order);
        poisoned = false;
        return (int) (header + HEADER);
    }

    void free(int pointer) {
        if (poisoned) throw new IllegalStateException("the heap had an error before");
        poisoned = true;
        long header = Integer.toUnsignedLong(pointer) - HEADER;
        if (header < heapBase || header >= bump)
            throw new IllegalStateException("the runtime freed memory outside of its heap");
        long content = read(header);
        int order = (int) content;
        if ((content & OCCUPIED) == 0 || order < 0 || order >= ORDERS)
            throw new IllegalStateException("the runtime freed memory that is not in use");
        memory.writeLong((int) header, free[order]);
        free[order] = header;
        poisoned = false;
    }

    private long takeNew(int order) {
        long header = bump;
        long end = header + HEADER + ((long) BLOCK_MIN << order);
        long pages = (end + Memory.PAGE_SIZE - 1) / Memory.PAGE_SIZE;
        int present = memory.pages();
        if (pages > present) grow(present, pages);
        bump = end;
        return header;
    }

    /** Doubles the memory, like Substrate, so that growing is rare. */
    private void grow(int present, long needed) {
        long target = Math.min(Math.max(2L * present, needed), memory.maximumPages());
        if (target < needed || memory.grow((int) (target - present)) < 0)
            throw new IllegalStateException(
                    "the runtime needs more than " + memory.maximumPages() + " pages of memory");
    }

    private long read(long header) {
        if (header < heapBase || header >= bump)
            throw new IllegalStateException("the heap's list of free blocks is broken");
        return memory.readLong((int) header);
    }

    private static int order(int size) {
        int order = 0;
        while (BLOCK_MIN << order < size) order++;
        return order;
    }
}
