package stella.protocol.unixfs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** MurmurHash3 x64 with seed 0, first half of its 128 bits (multicodec murmur3-x64-64). No cryptographic hash. */
final class Murmur3 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private Murmur3() {}

    static long hash64(byte[] data) {
        long h1 = 0;
        long h2 = 0;
        int at = 0;
        for (; at + 16 <= data.length; at += 16) {
            h1 ^= mixK1((long) LONG.get(data, at));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mixK2((long) LONG.get(data, at + 8));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        long k1 = 0;
        long k2 = 0;
        for (int i = data.length - 1; i >= at; i--) {
            if (i - at >= 8) k2 = (k2 << 8) | (data[i] & 0xff);
            else k1 = (k1 << 8) | (data[i] & 0xff);
        }
        h1 ^= mixK1(k1) ^ data.length;
        h2 ^= mixK2(k2) ^ data.length;
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    private static long mixK1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mixK2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long h) {
        long mixed = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
