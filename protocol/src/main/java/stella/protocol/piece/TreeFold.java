package stella.protocol.piece;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import stella.protocol.Digests;
import stella.protocol.Hash;

/** Folds segment roots, in order, to the root of the piece: one waiting node per level, as in a binary counter. */
public final class TreeFold {
    private final MessageDigest sha = Digests.sha256();
    private final List<Hash> waiting = new ArrayList<>();
    private long count;

    public void add(Hash segmentRoot) {
        Hash node = segmentRoot;
        for (int level = 0; ((count >> level) & 1) == 1; level++) {
            node = TreeHash.node(sha, waiting.get(level), node);
        }
        int level = Long.numberOfTrailingZeros(count + 1);
        if (level == waiting.size()) waiting.add(node);
        else waiting.set(level, node);
        count++;
    }

    public long count() {
        return count;
    }

    /** The root at {@code height}, with zeros where no segment came. At least one segment was added. */
    public Hash root(int height) {
        int levels = height - Segment.HEIGHT;
        if (count == 0 || levels < 0 || (levels < 62 && count > 1L << levels))
            throw new IllegalArgumentException(count + " segments do not make a tree of height " + height);
        if (count == 1L << levels) return waiting.get(levels);
        int lowest = Long.numberOfTrailingZeros(count);
        Hash node = ZeroTree.root(Segment.HEIGHT + lowest);
        for (int level = lowest; level < levels; level++) {
            boolean left = ((count >> level) & 1) == 1;
            node = left
                    ? TreeHash.node(sha, waiting.get(level), node)
                    : TreeHash.node(sha, node, ZeroTree.root(Segment.HEIGHT + level));
        }
        return node;
    }
}
