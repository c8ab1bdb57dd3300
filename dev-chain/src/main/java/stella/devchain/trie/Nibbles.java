package stella.devchain.trie;

import java.util.Arrays;
import stella.protocol.Bytes;

/** Keys cut into half bytes, one per array element: the unit in which the trie branches. */
final class Nibbles {
    static final byte[] NONE = {};

    private Nibbles() {}

    static byte[] of(Bytes key) {
        byte[] nibbles = new byte[key.length() * 2];
        for (int i = 0; i < key.length(); i++) {
            int value = key.at(i);
            nibbles[2 * i] = (byte) (value >> 4);
            nibbles[2 * i + 1] = (byte) (value & 15);
        }
        return nibbles;
    }

    /** How many nibbles of {@code partial} equal those of {@code key} from {@code depth} on. */
    static int common(byte[] partial, byte[] key, int depth) {
        int max = Math.min(partial.length, key.length - depth);
        int mismatch = Arrays.mismatch(partial, 0, max, key, depth, depth + max);
        return mismatch < 0 ? max : mismatch;
    }

    static byte[] from(byte[] nibbles, int start) {
        return start == nibbles.length ? NONE : Arrays.copyOfRange(nibbles, start, nibbles.length);
    }

    /** {@code head}, one nibble, {@code tail}: the partial key of a branch that melts into its only child. */
    static byte[] join(byte[] head, int middle, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + 1 + tail.length);
        joined[head.length] = (byte) middle;
        System.arraycopy(tail, 0, joined, head.length + 1, tail.length);
        return joined;
    }
}
