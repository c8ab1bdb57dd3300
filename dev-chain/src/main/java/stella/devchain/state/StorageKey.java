package stella.devchain.state;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;

/** A key of the top trie ({@code child} is null) or of the child trie with that name. The top trie comes first in order. */
public record StorageKey(@Nullable Bytes child, Bytes key) implements Comparable<StorageKey> {
    private static final Comparator<StorageKey> ORDER = Comparator.comparing(
                    StorageKey::child, Comparator.nullsFirst(Comparator.<Bytes>naturalOrder()))
            .thenComparing(StorageKey::key);

    public static StorageKey top(Bytes key) {
        return new StorageKey(null, key);
    }

    @Override
    public int compareTo(StorageKey other) {
        return ORDER.compare(this, other);
    }
}
