package stella.devchain.trie;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** Builds the root from a sorted list by dividing it, without any trie object: the independent judge of {@link Trie}. */
final class NaiveRoot {
    private final StateVersion version;

    private NaiveRoot(StateVersion version) {
        this.version = version;
    }

    static Hash of(SortedMap<Bytes, Bytes> content, StateVersion version) {
        if (content.isEmpty()) return Hash.of(hash(new byte[] {0}));
        List<String> keys = new ArrayList<>();
        content.keySet().forEach(key -> keys.add(key.toHex()));
        return Hash.of(hash(new NaiveRoot(version).node(keys, List.copyOf(content.values()), 0)));
    }

    private byte[] node(List<String> keys, List<Bytes> values, int depth) {
        String first = keys.getFirst();
        String last = keys.getLast();
        int end = depth;
        while (end < first.length() && end < last.length() && first.charAt(end) == last.charAt(end)) end++;
        boolean hasValue = first.length() == end;
        boolean branch = keys.size() > 1;
        boolean hashed =
                hasValue && version == StateVersion.V1 && values.getFirst().length() > 32;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        header(out, branch, hasValue, hashed, end - depth);
        String partial = first.substring(depth, end);
        out.writeBytes(
                Bytes.hex(partial.length() % 2 == 0 ? partial : "0" + partial).toArray());
        ByteArrayOutputStream children = new ByteArrayOutputStream();
        int bitmap = 0;
        for (int from = hasValue ? 1 : 0; from < keys.size(); ) {
            int to = from;
            char nibble = keys.get(from).charAt(end);
            while (to < keys.size() && keys.get(to).charAt(end) == nibble) to++;
            byte[] child = node(keys.subList(from, to), values.subList(from, to), end + 1);
            vector(children, child.length < 32 ? child : hash(child));
            bitmap |= 1 << Character.digit(nibble, 16);
            from = to;
        }
        if (branch) {
            out.write(bitmap & 0xff);
            out.write(bitmap >> 8);
        }
        if (hashed) out.writeBytes(hash(values.getFirst().toArray()));
        else if (hasValue) vector(out, values.getFirst().toArray());
        out.writeBytes(children.toByteArray());
        return out.toByteArray();
    }

    private static void header(
            ByteArrayOutputStream out, boolean branch, boolean hasValue, boolean hashed, int nibbles) {
        int prefix = hashed ? (branch ? 0x10 : 0x20) : hasValue ? (branch ? 0xc0 : 0x40) : 0x80;
        int max = hashed ? (branch ? 15 : 31) : 63;
        if (nibbles < max) {
            out.write(prefix + nibbles);
            return;
        }
        out.write(prefix + max);
        int rest = nibbles - max;
        while (rest > 254) {
            out.write(255);
            rest -= 255;
        }
        out.write(rest);
    }

    private static void vector(ByteArrayOutputStream out, byte[] bytes) {
        int length = bytes.length;
        if (length < 64) out.write(length * 4);
        else if (length < 16384) out.writeBytes(new byte[] {(byte) (length * 4 + 1), (byte) (length / 64)});
        else throw new IllegalArgumentException("test values are shorter");
        out.writeBytes(bytes);
    }

    private static byte[] hash(byte[] data) {
        Blake2bDigest digest = new Blake2bDigest(256);
        digest.update(data, 0, data.length);
        byte[] out = new byte[32];
        digest.doFinal(out, 0);
        return out;
    }
}
