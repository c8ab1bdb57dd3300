package stella.devchain.trie;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;

/** Walks a trie in the order of its keys. */
final class TrieOrder {
    private byte[] path = new byte[128];
    private int length;

    private TrieOrder() {}

    static @Nullable Bytes next(@Nullable Node top, Bytes key) {
        TrieOrder walk = new TrieOrder();
        return top != null && walk.seek(top, Nibbles.of(key), 0) ? walk.key() : null;
    }

    static void forEach(@Nullable Node top, BiConsumer<Bytes, Bytes> visitor) {
        if (top != null) new TrieOrder().visit(top, visitor);
    }

    /** Moves the path to the smallest key above {@code key} below {@code node}; false, with the path as before, when there is none. */
    private boolean seek(Node node, byte[] key, int depth) {
        int common = Nibbles.common(node.partial, key, depth);
        int at = depth + common;
        if (common < node.partial.length) {
            boolean above = at == key.length || node.partial[common] > key[at];
            return above && first(node);
        }
        int before = push(node.partial);
        if (at == key.length) {
            if (firstChild(node, 0)) return true;
        } else {
            Node child = node.child(key[at]);
            if (child != null) {
                push(key[at]);
                if (seek(child, key, at + 1)) return true;
                length--;
            }
            if (firstChild(node, key[at] + 1)) return true;
        }
        length = before;
        return false;
    }

    /** Moves the path to the smallest key of the subtree, which always has one. */
    private boolean first(Node node) {
        push(node.partial);
        return node.value != null || firstChild(node, 0);
    }

    private boolean firstChild(Node node, int from) {
        for (int i = from; i < Node.CHILDREN; i++) {
            Node child = node.child(i);
            if (child != null) {
                push((byte) i);
                return first(child);
            }
        }
        return false;
    }

    private void visit(Node node, BiConsumer<Bytes, Bytes> visitor) {
        int before = push(node.partial);
        if (node.value != null) visitor.accept(key(), node.value.bytes());
        for (int i = 0; i < Node.CHILDREN; i++) {
            Node child = node.child(i);
            if (child == null) continue;
            push((byte) i);
            visit(child, visitor);
            length--;
        }
        length = before;
    }

    private int push(byte... nibbles) {
        int before = length;
        if (length + nibbles.length > path.length) path = Arrays.copyOf(path, 2 * (length + nibbles.length));
        System.arraycopy(nibbles, 0, path, length, nibbles.length);
        length += nibbles.length;
        return before;
    }

    private Bytes key() {
        byte[] key = new byte[length / 2];
        for (int i = 0; i < key.length; i++) key[i] = (byte) ((path[2 * i] << 4) | path[2 * i + 1]);
        return Bytes.owning(key);
    }
}
