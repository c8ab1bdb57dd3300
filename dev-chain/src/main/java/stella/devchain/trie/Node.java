package stella.devchain.trie;

import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;

/**
 * One node: a partial key, perhaps a value, and, for a branch, 16 children.
 *
 * <p>Immutable but for the memo of its encoding, which any thread may compute: {@link Bytes} is safely published by its final field, and two
 * threads that race compute the same.
 */
final class Node {
    static final int CHILDREN = 16;

    final byte[] partial;
    final @Nullable Value value;
    final Node @Nullable [] children;
    private @Nullable Bytes reference;

    /** A value and whether the node holds its hash in its stead (decided when it was written, as Substrate does). */
    record Value(Bytes bytes, boolean hashed) {
        static Value of(Bytes bytes, StateVersion version) {
            return new Value(bytes, version.hashes(bytes.length()));
        }
    }

    Node(byte[] partial, @Nullable Value value, Node @Nullable [] children) {
        this.partial = partial;
        this.value = value;
        this.children = children;
    }

    static Node leaf(byte[] partial, Value value) {
        return new Node(partial, value, null);
    }

    @Nullable
    Node child(int nibble) {
        return children == null ? null : children[nibble];
    }

    Node withPartial(byte[] other) {
        return new Node(other, value, children);
    }

    Node withValue(@Nullable Value other) {
        return new Node(partial, other, children);
    }

    Node withChild(int nibble, @Nullable Node child) {
        Node[] copy = children == null ? new Node[CHILDREN] : children.clone();
        copy[nibble] = child;
        return new Node(partial, value, copy);
    }

    /** What a parent holds of this node: its encoding when shorter than 32 bytes, else the hash of it. */
    Bytes reference() {
        Bytes known = reference;
        if (known == null) {
            byte[] encoded = NodeCodec.encode(this);
            known = Bytes.owning(encoded.length < 32 ? encoded : NodeCodec.blake2b256(encoded));
            reference = known;
        }
        return known;
    }
}
