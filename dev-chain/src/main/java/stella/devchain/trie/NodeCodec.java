package stella.devchain.trie;

import java.io.ByteArrayOutputStream;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;

/**
 * The byte form of nodes: header with the length of the partial key, partial key, and for a branch its bitmap of children; then the value, then the
 * references to children. Source: polkadot-sdk primitives/trie (node_header.rs, node_codec.rs).
 */
final class NodeCodec {
    static final byte[] EMPTY = {0};

    private NodeCodec() {}

    static byte[] encode(Node node) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        Node.Value value = node.value;
        writeHeader(out, node.children != null, value, node.partial.length);
        writePartial(out, node.partial);
        if (node.children != null) writeBitmap(out, node.children);
        if (value != null) writeValue(out, value);
        if (node.children != null) {
            for (Node child : node.children) {
                if (child != null) writeVector(out, child.reference());
            }
        }
        return out.toByteArray();
    }

    private static void writeHeader(
            ByteArrayOutputStream out, boolean branch, Node.@Nullable Value value, int nibbles) {
        if (value == null) writeLength(out, 0b1000_0000, 6, nibbles);
        else if (value.hashed()) writeLength(out, branch ? 0b0001_0000 : 0b0010_0000, branch ? 4 : 5, nibbles);
        else writeLength(out, branch ? 0b1100_0000 : 0b0100_0000, 6, nibbles);
    }

    /** A count that fills its {@code bits} goes on in bytes of which every one but the last is 255. */
    private static void writeLength(ByteArrayOutputStream out, int prefix, int bits, int count) {
        int max = (1 << bits) - 1;
        if (count < max) {
            out.write(prefix | count);
            return;
        }
        out.write(prefix | max);
        int rest = count - max;
        for (; rest >= 255; rest -= 255) out.write(255);
        out.write(rest);
    }

    private static void writePartial(ByteArrayOutputStream out, byte[] nibbles) {
        int i = 0;
        if (nibbles.length % 2 == 1) out.write(nibbles[i++]);
        for (; i < nibbles.length; i += 2) out.write((nibbles[i] << 4) | nibbles[i + 1]);
    }

    private static void writeBitmap(ByteArrayOutputStream out, Node[] children) {
        int bitmap = 0;
        for (int i = 0; i < children.length; i++) {
            if (children[i] != null) bitmap |= 1 << i;
        }
        out.write(bitmap);
        out.write(bitmap >> 8);
    }

    private static void writeValue(ByteArrayOutputStream out, Node.Value value) {
        if (value.hashed()) out.writeBytes(blake2b256(value.bytes().toArray()));
        else writeVector(out, value.bytes());
    }

    private static void writeVector(ByteArrayOutputStream out, Bytes bytes) {
        writeCompact(out, bytes.length());
        out.writeBytes(bytes.toArray());
    }

    static void writeCompact(ByteArrayOutputStream out, int count) {
        if (count < 1 << 6) {
            out.write(count << 2);
        } else if (count < 1 << 14) {
            out.write((count << 2) | 1);
            out.write(count >> 6);
        } else if (count < 1 << 30) {
            for (int i = 0; i < 4; i++) out.write(((count << 2) | 2) >> (8 * i));
        } else {
            out.write(3);
            for (int i = 0; i < 4; i++) out.write(count >> (8 * i));
        }
    }

    static byte[] blake2b256(byte[] data) {
        Blake2bDigest digest = new Blake2bDigest(256);
        digest.update(data, 0, data.length);
        byte[] hash = new byte[32];
        digest.doFinal(hash, 0);
        return hash;
    }
}
