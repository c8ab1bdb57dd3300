package stella.protocol.piece;

import java.security.MessageDigest;
import stella.protocol.Digests;
import stella.protocol.Hash;

/** Roots of trees whose leaves are all zero, by height: what stands where a piece has no data. */
public final class ZeroTree {
    private static final byte[][] ROOTS = roots();

    private ZeroTree() {}

    /** @param height 0 to {@link Piece#HEIGHT_MAX}; 0 is the zero leaf itself */
    public static Hash root(int height) {
        return Hash.of(ROOTS[height]);
    }

    static byte[] bytes(int height) {
        return ROOTS[height];
    }

    private static byte[][] roots() {
        byte[][] roots = new byte[Piece.HEIGHT_MAX + 1][];
        roots[0] = new byte[Hash.LENGTH];
        MessageDigest sha = Digests.sha256();
        for (int height = 1; height < roots.length; height++) {
            roots[height] = new byte[Hash.LENGTH];
            TreeHash.node(sha, roots[height - 1], roots[height - 1], roots[height]);
        }
        return roots;
    }
}
