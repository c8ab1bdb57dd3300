package stella.protocol.piece;

import java.security.MessageDigest;
import java.util.Arrays;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;

/**
 * The subtrees into which a piece is cut for work: 2^{@value #HEIGHT} leaves, 64 KiB padded (also the segments of clause MK-2). Their
 * roots are what a Store keeps of the tree's lower part (PP-6); any leaf and its path inside the segment come from one small read.
 *
 * <p>An object has buffers of its own and belongs to one thread at a time.
 */
public final class Segment {
    public static final int HEIGHT = 11;
    public static final int LEAVES = 1 << HEIGHT;
    public static final int PADDED_BYTES = LEAVES * Hash.LENGTH;
    public static final int PAYLOAD_BYTES = PADDED_BYTES / Fr32.GROUP_OUT * Fr32.GROUP_IN;

    private final MessageDigest sha = Digests.sha256();
    private final byte[] payload = new byte[PAYLOAD_BYTES];
    /** All levels one after the other, leaves first; only what holds data is ever written. */
    private final byte[] nodes = new byte[2 * PADDED_BYTES];

    private final int[] counts = new int[HEIGHT + 1];

    /**
     * The root of the subtree over {@code length} bytes and zeros after them.
     *
     * @param height of the subtree, at most {@link #HEIGHT}; the bytes must fit below it
     */
    public Hash root(byte[] data, int offset, int length, int height) {
        byte[] root = new byte[Hash.LENGTH];
        fill(data, offset, length, height);
        System.arraycopy(nodes, start(height), root, 0, root.length);
        return new Hash(Bytes.owning(root));
    }

    /** Reads a segment so that {@link #node} can tell its nodes. */
    public void fill(byte[] data, int offset, int length, int height) {
        int groups = Math.max(1, (length + Fr32.GROUP_IN - 1) / Fr32.GROUP_IN);
        if (height < Piece.HEIGHT_MIN || height > HEIGHT || 4 * groups > 1 << height)
            throw new IllegalArgumentException(length + " bytes do not fit a subtree of height " + height);
        System.arraycopy(data, offset, payload, 0, length);
        Arrays.fill(payload, length, groups * Fr32.GROUP_IN, (byte) 0);
        Fr32.expand(payload, 0, nodes, 0, groups);
        int count = 4 * groups;
        for (int level = 0; level < height; level++) {
            int at = start(level);
            if (count % 2 == 1)
                System.arraycopy(ZeroTree.bytes(level), 0, nodes, at + count++ * Hash.LENGTH, Hash.LENGTH);
            counts[level] = count;
            count /= 2;
            TreeHash.level(sha, nodes, at, nodes, start(level + 1), count);
        }
        counts[height] = count;
    }

    /** A node of the segment last filled, counted from 0 within its level. */
    public Hash node(int level, int index) {
        if (index >= counts[level]) return ZeroTree.root(level);
        int at = start(level) + index * Hash.LENGTH;
        return new Hash(Bytes.slice(nodes, at, at + Hash.LENGTH));
    }

    /** Where a level begins: the levels below take 2^11 + 2^10 + … nodes. */
    private static int start(int level) {
        return (2 * LEAVES - ((2 * LEAVES) >> level)) * Hash.LENGTH;
    }
}
