package stella.devchain.state;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.Bytes;

/** What one block (or one call) wrote: the new value of each key, empty where the key was removed. Immutable. */
public record StorageChanges(SortedMap<StorageKey, Optional<Bytes>> entries) {
    public static final StorageChanges NONE = new StorageChanges(new TreeMap<>());

    public StorageChanges {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /** The changes that lead from {@code state} with these changes back to {@code state}. */
    public StorageChanges inverse(State state) {
        TreeMap<StorageKey, Optional<Bytes>> back = new TreeMap<>();
        for (StorageKey key : entries.keySet()) back.put(key, Optional.ofNullable(state.get(key)));
        return new StorageChanges(back);
    }
}
