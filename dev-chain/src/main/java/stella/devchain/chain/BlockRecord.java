package stella.devchain.chain;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.devchain.state.StorageChanges;
import stella.devchain.state.StorageKey;
import stella.devchain.trie.StateVersion;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * A block of the chain with its hash.
 *
 * @param version how the runtime of this block writes values
 */
public record BlockRecord(Hash hash, Block block, StateVersion version) {
    private static final int EXTRINSICS_MAX = 1 << 20;
    private static final int BYTES_MAX = 1 << 30;

    public Header header() {
        return block.header();
    }

    public long number() {
        return block.number();
    }

    Bytes encode() {
        return new ScaleWriter(256)
                .u8(version == StateVersion.V0 ? 0 : 1)
                .bytes(block.header().encode())
                .sequence(block.extrinsics(), ScaleWriter::bytes)
                .toBytes();
    }

    static BlockRecord decode(Bytes encoded) {
        ScaleReader in = new ScaleReader(encoded);
        StateVersion version = StateVersion.of(in.u8());
        Header header = Header.decode(in.bytes(BYTES_MAX));
        List<Bytes> extrinsics = in.sequence(EXTRINSICS_MAX, item -> item.bytes(BYTES_MAX));
        in.end();
        return new BlockRecord(header.hash(), new Block(header, extrinsics), version);
    }

    /** Changes of storage as bytes: each key in its stored form, then its value if it has one. */
    static Bytes encode(StorageChanges changes) {
        ScaleWriter out = new ScaleWriter(1024).compact(changes.entries().size());
        changes.entries().forEach((key, value) -> out.bytes(storedKey(key)).option(value, ScaleWriter::bytes));
        return out.toBytes();
    }

    static StorageChanges decodeChanges(Bytes encoded) {
        ScaleReader in = new ScaleReader(encoded);
        SortedMap<StorageKey, Optional<Bytes>> entries = new TreeMap<>();
        for (int left = in.length(BYTES_MAX, 2); left > 0; left--)
            entries.put(parseKey(in.bytes(BYTES_MAX)), in.option(value -> value.bytes(BYTES_MAX)));
        in.end();
        return new StorageChanges(entries);
    }

    /** 0 and the key for the top trie; 1, the length and the name of the child trie, and the key for a child trie. */
    static Bytes storedKey(StorageKey key) {
        ScaleWriter out = new ScaleWriter(key.key().length() + 8);
        Bytes child = key.child();
        if (child == null) out.u8(0);
        else out.u8(1).bytes(child);
        return out.raw(key.key()).toBytes();
    }

    static StorageKey parseKey(Bytes stored) {
        ScaleReader in = new ScaleReader(stored);
        Bytes child = in.u8() == 0 ? null : in.bytes(BYTES_MAX);
        return new StorageKey(child, in.raw(in.remaining()));
    }
}
