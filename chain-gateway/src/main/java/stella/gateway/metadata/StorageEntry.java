package stella.gateway.metadata;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import stella.gateway.crypto.Blake2;
import stella.gateway.crypto.Twox;
import stella.gateway.scale.ScaleException;
import stella.protocol.Bytes;

/**
 * A storage entry: one value, or a map with one key or several.
 *
 * @param keys hasher and type of each key, in order; none for a single value
 * @param value type of the values
 * @param fallback what stands for a missing value; empty when missing means none
 */
public record StorageEntry(String pallet, String name, List<Key> keys, int value, Optional<Bytes> fallback) {
    /** The two hashes that every key of an entry begins with. */
    public static final int PREFIX_LENGTH = 32;

    public StorageEntry {
        keys = List.copyOf(keys);
    }

    public record Key(Hasher hasher, int type) {}

    /** Hashers in the order of their index in metadata. */
    public enum Hasher {
        BLAKE2_128(16, false),
        BLAKE2_256(32, false),
        BLAKE2_128_CONCAT(16, true),
        TWOX_128(16, false),
        TWOX_256(32, false),
        TWOX_64_CONCAT(8, true),
        IDENTITY(0, true);

        /** Bytes of hash before the key itself, where that follows. */
        final int hashLength;

        /** Whether the key itself stands behind its hash, so that it can be read back. */
        final boolean readable;

        Hasher(int hashLength, boolean readable) {
            this.hashLength = hashLength;
            this.readable = readable;
        }

        Bytes hash(Bytes key) {
            byte[] bytes = key.toArray();
            return switch (this) {
                case BLAKE2_128 -> Bytes.owning(Blake2.blake2b128(bytes));
                case BLAKE2_256 -> Bytes.owning(Blake2.blake2b256(bytes));
                case BLAKE2_128_CONCAT -> Bytes.concat(Bytes.owning(Blake2.blake2b128(bytes)), key);
                case TWOX_128 -> Bytes.owning(Twox.twox128(bytes));
                case TWOX_256 -> Bytes.owning(Twox.twox256(bytes));
                case TWOX_64_CONCAT -> Bytes.concat(Bytes.owning(Twox.twox64(bytes)), key);
                case IDENTITY -> key;
            };
        }
    }

    /** The beginning of all keys of this entry. */
    public Bytes prefix() {
        return Bytes.concat(twox128(pallet), twox128(name));
    }

    /**
     * The storage key for {@code encodedKeys}, or the prefix of all keys that begin with them when there are fewer than the entry
     * has.
     */
    public Bytes key(Bytes... encodedKeys) {
        if (encodedKeys.length > keys.size())
            throw new MetadataException(this + " has " + keys.size() + " keys, not " + encodedKeys.length);
        Bytes[] parts = new Bytes[encodedKeys.length + 1];
        parts[0] = prefix();
        for (int i = 0; i < encodedKeys.length; i++)
            parts[i + 1] = keys.get(i).hasher().hash(encodedKeys[i]);
        return Bytes.concat(parts);
    }

    /**
     * The last key of {@code storageKey}, encoded, given how many bytes the keys before it take. Only keys behind a hasher that
     * keeps them can be read.
     */
    public Bytes lastKey(Bytes storageKey, int bytesOfEarlierKeys) {
        int at = PREFIX_LENGTH + bytesOfEarlierKeys;
        for (Key key : keys) {
            if (!key.hasher().readable)
                throw new MetadataException(this + " does not keep its keys, only hashes of them");
            at += key.hasher().hashLength;
        }
        if (keys.isEmpty() || storageKey.length() < at || !storageKey.startsWith(prefix()))
            throw new ScaleException("a storage key that is none of " + this, 0);
        return storageKey.slice(at, storageKey.length());
    }

    @Override
    public String toString() {
        return pallet + "." + name;
    }

    private static Bytes twox128(String text) {
        return Bytes.owning(Twox.twox128(text.getBytes(StandardCharsets.UTF_8)));
    }
}
