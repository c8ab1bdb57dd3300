package stella.devchain.trie;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes by copying the path from the top to the place of change. Answers the same node object when nothing changed, so that callers notice.
 *
 * <p>The shape is canonical: no branch without value has fewer than two children, hence equal contents have equal roots whatever the order of writes.
 */
final class TrieEdit {
    private TrieEdit() {}

    static Node put(@Nullable Node node, byte[] key, int depth, Node.Value value) {
        if (node == null) return Node.leaf(Nibbles.from(key, depth), value);
        int common = Nibbles.common(node.partial, key, depth);
        if (common < node.partial.length) return split(node, key, depth, common, value);
        int at = depth + common;
        if (at == key.length) return value.equals(node.value) ? node : node.withValue(value);
        Node child = node.child(key[at]);
        Node changed = put(child, key, at + 1, value);
        return changed == child ? node : node.withChild(key[at], changed);
    }

    /** The key leaves the node's partial key after {@code common} nibbles: a new branch stands there, the old node below it. */
    private static Node split(Node node, byte[] key, int depth, int common, Node.Value value) {
        Node[] children = new Node[Node.CHILDREN];
        children[node.partial[common]] = node.withPartial(Nibbles.from(node.partial, common + 1));
        int at = depth + common;
        boolean ends = at == key.length;
        if (!ends) children[key[at]] = Node.leaf(Nibbles.from(key, at + 1), value);
        return new Node(Arrays.copyOf(node.partial, common), ends ? value : null, children);
    }

    static @Nullable Node remove(@Nullable Node node, byte[] key, int depth) {
        if (node == null) return null;
        int common = Nibbles.common(node.partial, key, depth);
        if (common < node.partial.length) return node;
        int at = depth + common;
        if (at == key.length) return node.value == null ? node : shrink(node.withValue(null));
        Node child = node.child(key[at]);
        Node changed = remove(child, key, at + 1);
        return changed == child ? node : shrink(node.withChild(key[at], changed));
    }

    /** Restores the canonical shape of a node that lost its value or a child. */
    private static @Nullable Node shrink(Node node) {
        if (node.children == null) return node.value == null ? null : node;
        int only = -1;
        int count = 0;
        for (int i = 0; i < Node.CHILDREN; i++) {
            if (node.children[i] != null) {
                only = i;
                count++;
            }
        }
        if (node.value != null) return count == 0 ? Node.leaf(node.partial, node.value) : node;
        if (count == 0) return null;
        if (count > 1) return node;
        Node child = node.children[only];
        return child.withPartial(Nibbles.join(node.partial, only, child.partial));
    }
}
