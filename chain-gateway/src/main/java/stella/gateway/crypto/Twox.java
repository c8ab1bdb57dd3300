package stella.gateway.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Substrate's fast, not collision-resistant hash: xxHash64 with the seeds 0, 1, 2…, one after another. */
public final class Twox {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private Twox() {}

    public static byte[] twox64(byte[] data) {
        return twox(data, 1);
    }

    public static byte[] twox128(byte[] data) {
        return twox(data, 2);
    }

    public static byte[] twox256(byte[] data) {
        return twox(data, 4);
    }

    private static byte[] twox(byte[] data, int words) {
        byte[] out = new byte[8 * words];
        for (int seed = 0; seed < words; seed++) LONG.set(out, 8 * seed, xxHash64(data, seed));
        return out;
    }

    /** xxHash64 as its specification 0.1.1 defines it. */
    static long xxHash64(byte[] data, long seed) {
        int at = 0;
        long hash = seed + PRIME_5;
        if (data.length >= 32) {
            long a = seed + PRIME_1 + PRIME_2;
            long b = seed + PRIME_2;
            long c = seed;
            long d = seed - PRIME_1;
            for (; at <= data.length - 32; at += 32) {
                a = round(a, word(data, at));
                b = round(b, word(data, at + 8));
                c = round(c, word(data, at + 16));
                d = round(d, word(data, at + 24));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        }
        hash += data.length;
        for (; at <= data.length - 8; at += 8)
            hash = Long.rotateLeft(hash ^ round(0, word(data, at)), 27) * PRIME_1 + PRIME_4;
        if (at <= data.length - 4) {
            hash = Long.rotateLeft(hash ^ ((int) INT.get(data, at) & 0xffff_ffffL) * PRIME_1, 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < data.length; at++) hash = Long.rotateLeft(hash ^ (data[at] & 0xff) * PRIME_5, 11) * PRIME_1;
        hash = (hash ^ (hash >>> 33)) * PRIME_2;
        hash = (hash ^ (hash >>> 29)) * PRIME_3;
        return hash ^ (hash >>> 32);
    }

    private static long word(byte[] data, int at) {
        return (long) LONG.get(data, at);
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
    }
}
