package stella.devchain.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;
import stella.devchain.state.State;
import stella.devchain.state.StorageChanges;
import stella.devchain.state.StorageKey;
import stella.devchain.trie.StateVersion;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * The chain on disk, or in memory when it has no folder: all blocks, the storage of the best block, and for the last blocks the changes that lead back to
 * their parents' storage.
 *
 * <p>A block with all it changes becomes one commit of the store, which writes it to the end of the file and takes it over as a whole or not at all. So
 * whenever the process dies, the file holds the chain up to some block, complete. One thread writes; any thread may read.
 */
public final class Archive implements AutoCloseable {
    private static final String FILE = "chain.mv";
    private static final Bytes BEST = Bytes.utf8("best");
    private static final Bytes FORMAT = Bytes.utf8("format");
    private static final Bytes FORMAT_NOW = Bytes.utf8("1");
    private static final int CLOSE_MILLIS = 200;

    private final @Nullable Path file;
    private final MVStore store;
    private final MVMap<Bytes, Bytes> meta;
    private final MVMap<Bytes, Bytes> blocks;
    private final MVMap<Long, Bytes> canonical;
    private final MVMap<Bytes, Bytes> back;
    private final MVMap<Bytes, Bytes> state;

    private Archive(@Nullable Path file, MVStore store) {
        this.file = file;
        this.store = store;
        meta = open("meta");
        blocks = open("blocks");
        canonical = store.openMap(
                "canonical",
                new MVMap.Builder<Long, Bytes>().keyType(LongDataType.INSTANCE).valueType(BytesType.INSTANCE));
        back = open("back");
        state = open("state");
    }

    public static Archive inMemory() {
        return new Archive(null, new MVStore.Builder().autoCommitDisabled().open());
    }

    /**
     * Opens the chain in {@code folder}, which is made when it does not exist.
     *
     * @throws ChainDataException when another process uses it, or it is damaged or of another format
     */
    public static Archive in(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + folder + " for the chain", e);
        }
        MVStore store;
        try {
            store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .open();
        } catch (MVStoreException e) {
            throw e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                    ? ChainDataException.inUse(folder, e)
                    : ChainDataException.damaged(file, String.valueOf(e.getMessage()), e);
        }
        Archive archive = new Archive(file, store);
        Bytes format = archive.meta.get(FORMAT);
        if (format != null && !format.equals(FORMAT_NOW)) {
            store.closeImmediately();
            throw ChainDataException.damaged(file, "its format is " + format.toUtf8() + ", this program reads 1", null);
        }
        return archive;
    }

    /** The hash of the best block; empty before {@link #begin}. */
    Optional<Hash> best() {
        return Optional.ofNullable(meta.get(BEST)).map(Hash::new);
    }

    Optional<BlockRecord> block(Hash hash) {
        return Optional.ofNullable(blocks.get(hash.bytes())).map(BlockRecord::decode);
    }

    /** The hash of the chain's block with this number. */
    Optional<Hash> hashAt(long number) {
        return Optional.ofNullable(canonical.get(number)).map(Hash::new);
    }

    /** The changes that lead from the storage after the block back to the storage before it; empty for genesis and when forgotten. */
    Optional<StorageChanges> backFrom(Hash hash) {
        return Optional.ofNullable(back.get(hash.bytes())).map(BlockRecord::decodeChanges);
    }

    /** The storage of the best block, read whole. */
    State bestState(StateVersion version) {
        TreeMap<StorageKey, Optional<Bytes>> content = new TreeMap<>();
        Cursor<Bytes, Bytes> cursor = state.cursor(null);
        while (cursor.hasNext()) {
            Bytes key = cursor.next();
            content.put(BlockRecord.parseKey(key), Optional.of(cursor.getValue()));
        }
        return State.EMPTY.apply(new StorageChanges(content), version);
    }

    /** Writes block 0 into an empty archive. */
    void begin(BlockRecord genesis, StorageChanges content) {
        meta.put(FORMAT, FORMAT_NOW);
        write(genesis, content);
        store.commit();
    }

    /**
     * Writes the block after the best one.
     *
     * @param forgotten the block whose way back is no longer kept, if any
     */
    void append(BlockRecord block, StorageChanges forward, StorageChanges backward, Optional<Hash> forgotten) {
        back.put(block.hash().bytes(), BlockRecord.encode(backward));
        forgotten.ifPresent(hash -> back.remove(hash.bytes()));
        write(block, forward);
        store.commit();
    }

    private void write(BlockRecord block, StorageChanges changes) {
        Bytes hash = block.hash().bytes();
        blocks.put(hash, block.encode());
        canonical.put(block.number(), hash);
        meta.put(BEST, hash);
        changes.entries().forEach((key, value) -> {
            Bytes stored = BlockRecord.storedKey(key);
            value.ifPresentOrElse(bytes -> state.put(stored, bytes), () -> state.remove(stored));
        });
    }

    /** What a reader found wrong, as the exception to throw. */
    ChainDataException damaged(String what) {
        return ChainDataException.damaged(file, what, null);
    }

    @Override
    public void close() {
        store.close(CLOSE_MILLIS);
    }

    private MVMap<Bytes, Bytes> open(String name) {
        return store.openMap(
                name,
                new MVMap.Builder<Bytes, Bytes>().keyType(BytesType.INSTANCE).valueType(BytesType.INSTANCE));
    }
}
