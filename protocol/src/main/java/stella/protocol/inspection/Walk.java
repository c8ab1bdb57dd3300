package stella.protocol.inspection;

import java.util.List;
import stella.protocol.Hash;

/**
 * The way of an item through its content (clause IN-2): at each block the walk picks the link that covers a drawn byte, as a reader
 * would come by. CIDs fix the DAG, so every Inspector arrives at the same block without an index.
 *
 * <p>Sizes of links are claims of whoever made the content. To be the same for all, a size above 2^46 counts as 2^46, and when all
 * are 0 each counts as 1. The walk ends at a block without links, or at depth {@value #DEPTH_MAX}: nobody must be kept walking.
 */
public final class Walk {
    /** The root has depth 0. A balanced tree of 1024 links a node is four deep at an exbibyte. */
    public static final int DEPTH_MAX = 64;

    private static final long SIZE_MAX = 1L << 46;

    private Walk() {}

    /**
     * Which link to follow.
     *
     * @param depth of the block that has the links, from 0 for the root
     * @param sizes of the links in the order of the block: bytes below each; not empty
     * @return index into {@code sizes}
     */
    public static int next(Hash walk, int depth, List<Long> sizes) {
        if (sizes.isEmpty()) throw new IllegalArgumentException("a block without links ends the walk");
        long total = 0;
        for (long size : sizes) total = Math.addExact(total, counted(size));
        if (total == 0) return (int) Draw.below(sizes.size(), walk.bytes(), Draw.u32(depth));
        long at = Draw.below(total, walk.bytes(), Draw.u32(depth));
        int index = 0;
        for (long end = counted(sizes.get(0)); at >= end; end += counted(sizes.get(index))) index++;
        return index;
    }

    /** Whether a walk goes on from a block of this depth and number of links. */
    public static boolean goesOn(int depth, int links) {
        return links > 0 && depth < DEPTH_MAX;
    }

    private static long counted(long size) {
        return Math.clamp(size, 0, SIZE_MAX);
    }
}
