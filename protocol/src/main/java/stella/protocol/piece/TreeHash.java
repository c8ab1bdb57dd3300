package stella.protocol.piece;

import java.security.DigestException;
import java.security.MessageDigest;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** The inner node of a piece's tree: SHA-256 of both children, cut to 254 bits. */
public final class TreeHash {
    private TreeHash() {}

    public static Hash node(MessageDigest sha256, Hash left, Hash right) {
        byte[] out = new byte[Hash.LENGTH];
        node(sha256, left.toArray(), right.toArray(), out);
        return new Hash(Bytes.owning(out));
    }

    static void node(MessageDigest sha256, byte[] left, byte[] right, byte[] out) {
        sha256.update(left, 0, Hash.LENGTH);
        sha256.update(right, 0, Hash.LENGTH);
        finish(sha256, out, 0);
    }

    /** Turns {@code pairs} pairs of nodes at {@code in} into their parents at {@code out}, which may be the same place. */
    static void level(MessageDigest sha256, byte[] in, int inAt, byte[] out, int outAt, int pairs) {
        for (int pair = 0; pair < pairs; pair++) {
            sha256.update(in, inAt + 64 * pair, 64);
            finish(sha256, out, outAt + Hash.LENGTH * pair);
        }
    }

    private static void finish(MessageDigest sha256, byte[] out, int at) {
        try {
            sha256.digest(out, at, Hash.LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes hold a SHA-256", e);
        }
        out[at + Hash.LENGTH - 1] &= 0x3f;
    }
}
