package stella.devchain.state;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import stella.devchain.trie.StateVersion;
import stella.devchain.trie.Trie;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * The storage of one block: the top trie and the child tries, whose roots are values of the top trie. Immutable and safe for all threads; {@link #apply}
 * answers the storage after a block and shares everything untouched.
 */
public final class State {
    /** Under this prefix of the top trie lie the roots of child tries; the runtime never writes there itself. */
    static final Bytes CHILD_ROOTS = Bytes.utf8(":child_storage:");

    private static final Bytes CHILD_ROOT = Bytes.utf8(":child_storage:default:");
    public static final Bytes CODE = Bytes.utf8(":code");
    public static final State EMPTY = new State(Trie.EMPTY, Map.of());

    private final Trie top;
    private final Map<Bytes, Trie> children;

    private State(Trie top, Map<Bytes, Trie> children) {
        this.top = top;
        this.children = children;
    }

    /** Whether {@code key} of the top trie is where roots of child tries lie, which follow from their content. */
    public static boolean isChildRoot(Bytes key) {
        return key.startsWith(CHILD_ROOTS);
    }

    public @Nullable Bytes get(Bytes key) {
        return top.get(key);
    }

    public @Nullable Bytes get(StorageKey key) {
        return trie(key.child()).get(key.key());
    }

    /** The top trie, or the child trie with this name, which is empty when it does not exist. */
    public Trie trie(@Nullable Bytes child) {
        return child == null ? top : children.getOrDefault(child, Trie.EMPTY);
    }

    public Hash root() {
        return top.root();
    }

    /** The runtime's wasm in this state; the empty state has none. */
    public @Nullable Bytes code() {
        return get(CODE);
    }

    /** Writes {@code changes}; {@code version} decides how the values written now are hashed. */
    public State apply(StorageChanges changes, StateVersion version) {
        Trie newTop = top;
        Map<Bytes, Trie> newChildren = new HashMap<>(children);
        Set<Bytes> touched = new HashSet<>();
        for (Map.Entry<StorageKey, Optional<Bytes>> change : changes.entries().entrySet()) {
            Bytes child = change.getKey().child();
            Bytes key = change.getKey().key();
            Bytes value = change.getValue().orElse(null);
            if (child == null) {
                newTop = write(newTop, key, value, version);
            } else {
                newChildren.put(child, write(newChildren.getOrDefault(child, Trie.EMPTY), key, value, version));
                touched.add(child);
            }
        }
        for (Bytes child : touched) {
            Trie trie = newChildren.getOrDefault(child, Trie.EMPTY);
            if (trie.isEmpty()) newChildren.remove(child);
            Bytes rootKey = Bytes.concat(CHILD_ROOT, child);
            newTop = write(newTop, rootKey, trie.isEmpty() ? null : trie.root().bytes(), version);
        }
        return new State(newTop, Map.copyOf(newChildren));
    }

    /** Visits every key the runtime wrote, in order: the top trie without the roots of child tries, then each child trie. */
    public void forEach(BiConsumer<StorageKey, Bytes> visitor) {
        top.forEach((key, value) -> {
            if (!key.startsWith(CHILD_ROOTS)) visitor.accept(StorageKey.top(key), value);
        });
        children.keySet().stream()
                .sorted()
                .forEach(child ->
                        trie(child).forEach((key, value) -> visitor.accept(new StorageKey(child, key), value)));
    }

    private static Trie write(Trie trie, Bytes key, @Nullable Bytes value, StateVersion version) {
        return value == null ? trie.remove(key) : trie.put(key, value, version);
    }
}
