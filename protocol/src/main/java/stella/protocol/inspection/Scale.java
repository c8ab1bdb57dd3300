package stella.protocol.inspection;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import stella.protocol.Bytes;

/** The few forms of SCALE that commitments and attestations hash. The general codec is the chain gateway's; its tests compare. */
final class Scale {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Scale u8(int value) {
        out.write(value);
        return this;
    }

    Scale u32(int value) {
        return bytes(Draw.u32(Integer.toUnsignedLong(value)));
    }

    /** Bytes of a fixed length, without a prefix. */
    Scale bytes(Bytes value) {
        out.writeBytes(value.toArray());
        return this;
    }

    /** The length of a list, in compact form; up to 2^30 - 1. */
    Scale length(int count) {
        if (count < 0 || count >= 1 << 30) throw new IllegalArgumentException("no list has " + count + " entries");
        if (count < 1 << 6) return u8(count << 2);
        int width = count < 1 << 14 ? 2 : 4;
        int mode = width == 2 ? 1 : 2;
        byte[] word = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((count << 2) | mode)
                .array();
        out.write(word, 0, width);
        return this;
    }

    Bytes toBytes() {
        return Bytes.owning(out.toByteArray());
    }
}
