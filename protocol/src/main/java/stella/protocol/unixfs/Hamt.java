package stella.protocol.unixfs;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import stella.protocol.Bytes;
import stella.protocol.cid.MalformedException;

/**
 * The rules of sharded directories: a name's MurmurHash3 (x64, first 64 bits, big-endian) is cut into slot numbers from the top; a
 * shard has one link per used slot, named by the slot in upper-case hexadecimal, followed by the entry's name if the slot holds an
 * entry, or by nothing if it holds a deeper shard.
 */
final class Hamt {
    static final int HASH_TYPE = 0x22;
    static final int FANOUT = 256;
    private static final int FANOUT_MAX = 1024;

    private Hamt() {}

    /** Reads the shape of a foreign shard: bits per level. */
    static int bits(UnixFs shard) {
        if (shard.hashType() != HASH_TYPE)
            throw new MalformedException("a HAMT shard uses hash function 0x" + Long.toHexString(shard.hashType())
                    + "; only murmur3-x64-64 (0x22) exists in UnixFS");
        long fanout = shard.fanout();
        if (fanout < 8 || fanout > FANOUT_MAX || Long.bitCount(fanout) != 1)
            throw new MalformedException(
                    "a HAMT shard has a fanout of " + fanout + "; allowed are powers of two from 8 to " + FANOUT_MAX);
        return Long.numberOfTrailingZeros(fanout);
    }

    /** Hexadecimal digits that name a slot. */
    static int prefixLength(int bits) {
        return (bits + 3) / 4;
    }

    static String prefix(int slot, int bits) {
        String digits = Integer.toHexString(slot).toUpperCase(Locale.ROOT);
        return "0".repeat(prefixLength(bits) - digits.length()) + digits;
    }

    /** The slot of a name's {@code hash} in a shard {@code depth} levels below the root. */
    static int slot(long hash, int depth, int bits) {
        if ((depth + 1) * bits > Long.SIZE)
            throw new MalformedException("a sharded directory is deeper than its hash has bits");
        return (int) (hash >>> (Long.SIZE - (depth + 1) * bits)) & ((1 << bits) - 1);
    }

    /** Used slots as a big-endian number without leading zero bytes. */
    static Bytes bitField(boolean[] used) {
        byte[] field = new byte[used.length / 8];
        int first = field.length;
        for (int slot = used.length - 1; slot >= 0; slot--) {
            if (!used[slot]) continue;
            int at = field.length - 1 - slot / 8;
            field[at] |= (byte) (1 << (slot % 8));
            first = Math.min(first, at);
        }
        return Bytes.slice(field, first, field.length);
    }

    static long hash(String name) {
        return Murmur3.hash64(name.getBytes(StandardCharsets.UTF_8));
    }
}
