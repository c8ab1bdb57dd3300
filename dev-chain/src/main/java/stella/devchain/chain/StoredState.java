package stella.devchain.chain;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.TreeMap;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import stella.devchain.state.State;
import stella.devchain.state.StorageChanges;
import stella.devchain.state.StorageKey;
import stella.devchain.trie.StateVersion;
import stella.protocol.Bytes;

/**
 * The storage of the best block in two maps of the store.
 *
 * <p>A store writes whole pages, so a small value that lies beside the runtime's two megabytes would cost two megabytes with every block. Long values are
 * therefore cut into chunks in a map of their own, and their key keeps only their length.
 */
final class StoredState {
    private static final int CHUNK_BYTES = 2048;
    private static final byte WHOLE = 0;
    private static final byte CHUNKED = 1;

    private final MVMap<Bytes, Bytes> values;
    private final MVMap<Bytes, Bytes> chunks;

    StoredState(MVMap<Bytes, Bytes> values, MVMap<Bytes, Bytes> chunks) {
        this.values = values;
        this.chunks = chunks;
    }

    void write(StorageChanges changes) {
        changes.entries().forEach((key, value) -> {
            Bytes stored = BlockRecord.storedKey(key);
            remove(stored);
            value.ifPresent(bytes -> put(stored, bytes));
        });
    }

    /** All of it, read whole. */
    State read(StateVersion version) {
        TreeMap<StorageKey, Optional<Bytes>> content = new TreeMap<>();
        Cursor<Bytes, Bytes> cursor = values.cursor(null);
        while (cursor.hasNext()) {
            Bytes key = cursor.next();
            content.put(BlockRecord.parseKey(key), Optional.of(value(key, cursor.getValue())));
        }
        return State.EMPTY.apply(new StorageChanges(content), version);
    }

    private void put(Bytes key, Bytes value) {
        if (value.length() <= CHUNK_BYTES) {
            values.put(key, Bytes.concat(Bytes.of(WHOLE), value));
            return;
        }
        values.put(key, Bytes.concat(Bytes.of(CHUNKED), number(value.length())));
        for (int from = 0; from < value.length(); from += CHUNK_BYTES)
            chunks.put(chunkKey(key, from), value.slice(from, Math.min(from + CHUNK_BYTES, value.length())));
    }

    private void remove(Bytes key) {
        Bytes before = values.remove(key);
        if (before == null || before.at(0) != CHUNKED) return;
        for (int from = 0; from < length(before); from += CHUNK_BYTES) chunks.remove(chunkKey(key, from));
    }

    private Bytes value(Bytes key, Bytes entry) {
        if (entry.at(0) == WHOLE) return entry.slice(1, entry.length());
        byte[] value = new byte[length(entry)];
        for (int from = 0; from < value.length; from += CHUNK_BYTES) {
            Bytes chunk = chunks.get(chunkKey(key, from));
            if (chunk == null || from + chunk.length() > value.length)
                throw new IllegalStateException("a part of the value at " + key + " is missing");
            chunk.copyTo(value, from);
        }
        return Bytes.owning(value);
    }

    private static int length(Bytes entry) {
        return ByteBuffer.wrap(entry.toArray()).getInt(1);
    }

    /** In the order of keys and, within a key, of offsets: the length in front keeps keys apart. */
    private static Bytes chunkKey(Bytes key, int from) {
        return Bytes.concat(number(key.length()), key, number(from));
    }

    private static Bytes number(int number) {
        return Bytes.owning(ByteBuffer.allocate(4).putInt(number).array());
    }
}
