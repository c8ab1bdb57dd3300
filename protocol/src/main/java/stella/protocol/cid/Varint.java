package stella.protocol.cid;

import stella.protocol.Bytes;

/** Unsigned LEB128 as multiformats use it: at most 9 bytes, 63 bits, always the shortest form. */
public final class Varint {
    public static final int LENGTH_MAX = 9;

    private Varint() {}

    /** Bytes that {@code value} takes; {@code value} is not negative. */
    public static int length(long value) {
        if (value < 0) throw new IllegalArgumentException("a varint is not negative: " + value);
        return Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 6) / 7);
    }

    /** Writes {@code value} at {@code at} and returns the position after it. */
    public static int write(long value, byte[] target, int at) {
        int end = at + length(value);
        long rest = value;
        for (int i = at; i < end - 1; i++) {
            target[i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[end - 1] = (byte) rest;
        return end;
    }

    public static Bytes encode(long value) {
        byte[] out = new byte[length(value)];
        write(value, out, 0);
        return Bytes.owning(out);
    }
}
