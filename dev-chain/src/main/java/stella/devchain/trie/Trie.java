package stella.devchain.trie;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * An immutable map of byte strings with the Merkle root that Substrate gives it.
 *
 * <p>{@link #put} and {@link #remove} answer a new trie that shares all untouched nodes with this one, and every node remembers its hash: the root of a
 * changed trie costs as much as the change is large, and an old trie stays readable for nothing but the nodes that changed since. Any thread may read.
 *
 * <p>The version of the state is chosen value by value when written and never changed by later writes to other keys; this is how a Substrate chain
 * migrates.
 */
public final class Trie {
    public static final Trie EMPTY = new Trie(null);

    private final @Nullable Node top;

    private Trie(@Nullable Node top) {
        this.top = top;
    }

    /** The root of a list whose keys are the compact encodings of 0, 1, 2, …: the root of a block's extrinsics. */
    public static Hash orderedRoot(List<Bytes> values, StateVersion version) {
        Trie trie = EMPTY;
        for (int i = 0; i < values.size(); i++) {
            ByteArrayOutputStream key = new ByteArrayOutputStream(4);
            NodeCodec.writeCompact(key, i);
            trie = trie.put(Bytes.owning(key.toByteArray()), values.get(i), version);
        }
        return trie.root();
    }

    public boolean isEmpty() {
        return top == null;
    }

    /** The value at {@code key}, or null. */
    public @Nullable Bytes get(Bytes key) {
        byte[] nibbles = Nibbles.of(key);
        int depth = 0;
        Node node = top;
        while (node != null) {
            if (Nibbles.common(node.partial, nibbles, depth) < node.partial.length) return null;
            depth += node.partial.length;
            if (depth == nibbles.length) return node.value == null ? null : node.value.bytes();
            node = node.child(nibbles[depth++]);
        }
        return null;
    }

    public Trie put(Bytes key, Bytes value, StateVersion version) {
        Node changed = TrieEdit.put(top, Nibbles.of(key), 0, Node.Value.of(value, version));
        return changed == top ? this : new Trie(changed);
    }

    public Trie remove(Bytes key) {
        Node changed = TrieEdit.remove(top, Nibbles.of(key), 0);
        if (changed == top) return this;
        return changed == null ? EMPTY : new Trie(changed);
    }

    public Hash root() {
        if (top == null) return Hash.of(NodeCodec.blake2b256(NodeCodec.EMPTY));
        Bytes reference = top.reference();
        return reference.length() < Hash.LENGTH
                ? Hash.of(NodeCodec.blake2b256(reference.toArray()))
                : new Hash(reference);
    }

    /**
     * The Merkle value of the node at {@code key}, or of the closest one below it, which stands for everything under that key: its hash, or its encoding
     * when shorter than 32 bytes and not the root. Null when nothing lies there.
     */
    public @Nullable Bytes merkleValue(Bytes key) {
        byte[] nibbles = Nibbles.of(key);
        int depth = 0;
        Node node = top;
        while (node != null) {
            int common = Nibbles.common(node.partial, nibbles, depth);
            if (depth + common == nibbles.length) return node == top ? root().bytes() : node.reference();
            if (common < node.partial.length) return null;
            depth += common;
            node = node.child(nibbles[depth++]);
        }
        return null;
    }

    /** The smallest key greater than {@code key} (which need not exist), in the order of unsigned bytes; null after the last. */
    public @Nullable Bytes nextKey(Bytes key) {
        return TrieOrder.next(top, key);
    }

    /** Visits every key and value in the order of keys. */
    public void forEach(BiConsumer<Bytes, Bytes> visitor) {
        TrieOrder.forEach(top, visitor);
    }
}
