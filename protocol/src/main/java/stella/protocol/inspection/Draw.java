package stella.protocol.inspection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;

/** How a public seed becomes a number that everybody draws alike: the first 8 bytes of BLAKE2b-256, little-endian, unsigned. */
final class Draw {
    private Draw() {}

    /** A number from 0 to {@code count - 1}; {@code count} is positive. The bias is below 2^-20 for any count below 2^44. */
    static long below(long count, Bytes... preimage) {
        return below(count, Digests.blake2b256(preimage));
    }

    static long below(long count, Hash hash) {
        if (count <= 0) throw new IllegalArgumentException("nothing can be drawn from " + count);
        return Long.remainderUnsigned(word(hash), count);
    }

    /** The first 8 bytes as a little-endian word. */
    static long word(Hash hash) {
        return ByteBuffer.wrap(hash.toArray()).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    static Bytes u8(int value) {
        if (value < 0 || value > 0xff) throw new IllegalArgumentException(value + " is no u8");
        return Bytes.of((byte) value);
    }

    static Bytes u32(long value) {
        if (value < 0 || value > 0xffff_ffffL) throw new IllegalArgumentException(value + " is no u32");
        return Bytes.owning(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) value)
                .array());
    }
}
