package stella.devchain.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;
import stella.devchain.state.State;
import stella.devchain.state.StorageChanges;
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
    /** How long space is not reused after it became free, so that the disk has surely written what replaced it. */
    private static final int RETENTION_MILLIS = 5_000;

    private static final int PAGE_BYTES = 4096;
    private static final int COMPACTION_PERIOD = 64;
    private static final int FILL_PERCENT = 50;
    private static final int COMPACTED_BYTES = 4 << 20;

    private final @Nullable Path file;
    private final MVStore store;
    private final MVMap<Bytes, Bytes> meta;
    private final MVMap<Bytes, Long> numbers;
    private final MVMap<Long, Bytes> canonical;
    private final MVMap<Bytes, Bytes> blocks;
    private final MVMap<Bytes, Bytes> back;
    private final StoredState state;

    private Archive(@Nullable Path file, MVStore store) {
        this.file = file;
        this.store = store;
        meta = open("meta", BytesType.INSTANCE, BytesType.INSTANCE);
        numbers = open("numbers", BytesType.INSTANCE, LongDataType.INSTANCE);
        canonical = open("canonical", LongDataType.INSTANCE, BytesType.INSTANCE);
        blocks = open("blocks", BytesType.INSTANCE, BytesType.INSTANCE);
        back = open("back", BytesType.INSTANCE, BytesType.INSTANCE);
        state = new StoredState(
                open("state", BytesType.INSTANCE, BytesType.INSTANCE),
                open("chunks", BytesType.INSTANCE, BytesType.INSTANCE));
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
                    .pageSplitSize(PAGE_BYTES)
                    .compress()
                    .open();
        } catch (MVStoreException e) {
            throw e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                    ? ChainDataException.inUse(folder, e)
                    : ChainDataException.damaged(file, String.valueOf(e.getMessage()), e);
        }
        store.setRetentionTime(RETENTION_MILLIS);
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
        return place(hash).map(blocks::get).map(BlockRecord::decode);
    }

    /** The hash of the chain's block with this number. */
    Optional<Hash> hashAt(long number) {
        return Optional.ofNullable(canonical.get(number)).map(Hash::new);
    }

    /** The changes that lead from the storage after the block back to the storage before it; empty for genesis and when forgotten. */
    Optional<StorageChanges> backFrom(Hash hash) {
        return place(hash).map(back::get).map(BlockRecord::decodeChanges);
    }

    /** The storage of the best block, read whole. */
    State bestState(StateVersion version) {
        return state.read(version);
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
        back.put(place(block.number(), block.hash().bytes()), BlockRecord.encode(backward));
        forgotten.flatMap(this::place).ifPresent(back::remove);
        write(block, forward);
        store.commit();
        // Every block rewrites a few pages; what they leave behind is gathered now and then, a little at a time.
        if (file != null && block.number() % COMPACTION_PERIOD == 0) store.compact(FILL_PERCENT, COMPACTED_BYTES);
    }

    private void write(BlockRecord block, StorageChanges changes) {
        Bytes hash = block.hash().bytes();
        numbers.put(hash, block.number());
        canonical.put(block.number(), hash);
        blocks.put(place(block.number(), hash), block.encode());
        state.write(changes);
        meta.put(BEST, hash);
    }

    private Optional<Bytes> place(Hash hash) {
        return Optional.ofNullable(numbers.get(hash.bytes())).map(number -> place(number, hash.bytes()));
    }

    /** Blocks lie in the order of their numbers, so that a new one is written beside the last one. */
    private static Bytes place(long number, Bytes hash) {
        return Bytes.concat(Bytes.owning(ByteBuffer.allocate(8).putLong(number).array()), hash);
    }

    /** What a reader found wrong, as the exception to throw. */
    ChainDataException damaged(String what) {
        return ChainDataException.damaged(file, what, null);
    }

    ChainDataException otherGenesis(Hash stored, Hash wanted) {
        return ChainDataException.otherGenesis(file, stored, wanted);
    }

    @Override
    public void close() {
        // No compaction here: H2 2.4.240's moving of chunks trips over its own assertion in a file that a kill left
        // behind.
        store.close();
    }

    private <K, V> MVMap<K, V> open(String name, DataType<K> keys, DataType<V> values) {
        return store.openMap(name, new MVMap.Builder<K, V>().keyType(keys).valueType(values));
    }
}
