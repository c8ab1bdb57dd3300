package stella.protocol.piece;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Fr32: of 32 bytes only 254 bits may be used, so that each is an element of the field Filecoin proves in. 127 bytes become four
 * elements of 32 bytes; as one little-endian number, the bits of element {@code i} are moved up by {@code 2 i}.
 */
final class Fr32 {
    /** Payload bytes of one group. */
    static final int GROUP_IN = 127;
    /** Padded bytes of one group. */
    static final int GROUP_OUT = 128;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long TOP_BITS_CLEAR = 0x3fffffffffffffffL;

    private Fr32() {}

    /** Expands {@code groups} groups. */
    static void expand(byte[] in, int inAt, byte[] out, int outAt, int groups) {
        int from = inAt;
        int to = outAt;
        for (int group = 0; group < groups; group++, from += GROUP_IN, to += GROUP_OUT) {
            long carry = 0;
            for (int element = 0; element < 4; element++) {
                int shift = 2 * element;
                for (int word = 0; word < 4; word++) {
                    int at = 32 * element + 8 * word;
                    long value = at == 120 ? (long) LONG.get(in, from + 119) >>> 8 : (long) LONG.get(in, from + at);
                    long moved = shift == 0 ? value : (value << shift) | carry;
                    if (word == 3) moved &= TOP_BITS_CLEAR;
                    LONG.set(out, to + at, moved);
                    carry = word == 3 ? value >>> (62 - shift) : shift == 0 ? 0 : value >>> (64 - shift);
                }
            }
        }
    }
}
