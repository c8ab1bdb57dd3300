package stella.devchain.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.Cursor;
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
 * The chain on disk, or in memory when it has no folder: every block, the storage of the finalized block, for the blocks after it the changes that lead
 * there, and for the blocks before it the changes that lead back.
 *
 * <p>What belongs together becomes one commit of the store, which writes it with a checksum to the end of the file and takes it over as a whole or not at
 * all. A block is committed when it is made, which outlives the process; it is forced to disk before anybody hears that it is final, which outlives the
 * machine. One thread writes; any thread may read.
 */
public final class Archive implements AutoCloseable {
    private static final String FILE = "chain.mv";
    private static final Bytes BEST = Bytes.utf8("best");
    private static final Bytes FINALIZED = Bytes.utf8("finalized");
    private static final Bytes FORMAT = Bytes.utf8("format");
    private static final Bytes FORMAT_NOW = Bytes.utf8("2");
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
    private final MVMap<Bytes, Bytes> ahead;
    private final MVMap<Bytes, Bytes> back;
    private final MVMap<Bytes, Bytes> altered;
    private final StoredState state;

    private Archive(@Nullable Path file, MVStore store) {
        this.file = file;
        this.store = store;
        meta = open("meta", BytesType.INSTANCE, BytesType.INSTANCE);
        numbers = open("numbers", BytesType.INSTANCE, LongDataType.INSTANCE);
        canonical = open("canonical", LongDataType.INSTANCE, BytesType.INSTANCE);
        blocks = open("blocks", BytesType.INSTANCE, BytesType.INSTANCE);
        ahead = open("ahead", BytesType.INSTANCE, BytesType.INSTANCE);
        back = open("back", BytesType.INSTANCE, BytesType.INSTANCE);
        altered = open("altered", BytesType.INSTANCE, BytesType.INSTANCE);
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
            if (Files.notExists(file)) create(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the file " + file + " for the chain", e);
        }
        return in(file, file.toString());
    }

    /** An empty store is made beside and renamed, since a store whose first header is cut off cannot be opened. */
    private static void create(Path file) throws IOException {
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(fresh);
        MVStore store = open(fresh, fresh.toString());
        store.commit();
        store.sync();
        store.close();
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @param fileName as H2's file layer names {@code file}; tests put a file of their own under it */
    static Archive in(Path file, String fileName) {
        MVStore store = open(file, fileName);
        store.setRetentionTime(RETENTION_MILLIS);
        Archive archive = new Archive(file, store);
        Bytes format = archive.meta.get(FORMAT);
        if (format != null && !format.equals(FORMAT_NOW)) {
            store.closeImmediately();
            throw ChainDataException.damaged(
                    file, "its format is " + format.toUtf8() + ", this program reads " + FORMAT_NOW.toUtf8(), null);
        }
        return archive;
    }

    private static MVStore open(Path file, String fileName) {
        try {
            return new MVStore.Builder()
                    .fileName(fileName)
                    .autoCommitDisabled()
                    .pageSplitSize(PAGE_BYTES)
                    .compress()
                    .open();
        } catch (MVStoreException e) {
            throw e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                    ? ChainDataException.inUse(file, e)
                    : ChainDataException.damaged(file, String.valueOf(e.getMessage()), e);
        }
    }

    /** The hash of the best block; empty before {@link #begin}. */
    Optional<Hash> best() {
        return Optional.ofNullable(meta.get(BEST)).map(Hash::new);
    }

    /** The hash of the last final block. */
    Hash finalized() {
        return Optional.ofNullable(meta.get(FINALIZED))
                .map(Hash::new)
                .orElseThrow(() -> damaged("nothing says which block is final"));
    }

    Optional<BlockRecord> block(Hash hash) {
        return place(hash).map(blocks::get).map(BlockRecord::decode);
    }

    /** The hash of the final block with this number. */
    Optional<Hash> hashAt(long number) {
        return Optional.ofNullable(canonical.get(number)).map(Hash::new);
    }

    /** The changes that lead from the storage after a final block back to the storage before it; empty for genesis and when forgotten. */
    Optional<StorageChanges> backFrom(Hash hash) {
        return place(hash).map(back::get).map(BlockRecord::decodeChanges);
    }

    /** The root of the storage after a block: the one in its header, unless somebody altered the storage since. */
    Hash rootAfter(BlockRecord block) {
        Bytes root = altered.get(block.hash().bytes());
        return root == null ? block.header().stateRoot() : new Hash(root);
    }

    /** The storage of the last final block, read whole. */
    State finalizedState(StateVersion version) {
        return state.read(version);
    }

    /** The blocks after the final one, each after its parent, with the changes they made. */
    Map<BlockRecord, StorageChanges> ahead() {
        Map<BlockRecord, StorageChanges> all = new LinkedHashMap<>();
        Cursor<Bytes, Bytes> cursor = ahead.cursor(null);
        while (cursor.hasNext()) {
            Bytes block = blocks.get(cursor.next());
            if (block == null) throw damaged("a block after the final one is missing");
            all.put(BlockRecord.decode(block), BlockRecord.decodeChanges(cursor.getValue()));
        }
        return all;
    }

    /** Writes block 0 into an empty archive. */
    void begin(BlockRecord genesis, StorageChanges content) {
        meta.put(FORMAT, FORMAT_NOW);
        put(genesis);
        meta.put(BEST, genesis.hash().bytes());
        makeFinal(genesis, content);
        store.commit();
    }

    /** Writes a block of some branch; it is in the file once a best block is set. */
    void append(BlockRecord block, StorageChanges forward) {
        put(block);
        ahead.put(place(block), BlockRecord.encode(forward));
    }

    /** Another of the blocks becomes the best one. */
    void setBest(Hash best) {
        meta.put(BEST, best.bytes());
        store.commit();
    }

    /**
     * Makes the child of the last final block final too; on disk when this returns.
     *
     * @param pruned the blocks of other branches, which are forgotten
     * @param forgotten the block whose way back is no longer kept, if any
     */
    void finalizeBlock(
            BlockRecord block,
            StorageChanges forward,
            StorageChanges backward,
            List<BlockRecord> pruned,
            Optional<Hash> forgotten) {
        back.put(place(block), BlockRecord.encode(backward));
        ahead.remove(place(block));
        makeFinal(block, forward);
        pruned.forEach(this::remove);
        forgotten.flatMap(this::place).ifPresent(back::remove);
        commitToDisk();
        // Every block rewrites a few pages; what they leave behind is gathered now and then, a little at a time.
        if (file != null && block.number() % COMPACTION_PERIOD == 0) store.compact(FILL_PERCENT, COMPACTED_BYTES);
    }

    /** The storage after a block that is not final was altered: {@code forward} are all changes since its parent. */
    void alter(BlockRecord block, StorageChanges forward, Hash root, List<BlockRecord> orphans) {
        orphans.forEach(this::remove);
        ahead.put(place(block), BlockRecord.encode(forward));
        altered.put(block.hash().bytes(), root.bytes());
        store.commit();
    }

    /** The storage after the last final block was altered by {@code changes}; {@code backward} leads all the way to its parent. */
    void alterFinal(
            BlockRecord block, StorageChanges changes, StorageChanges backward, Hash root, List<BlockRecord> orphans) {
        orphans.forEach(this::remove);
        if (block.number() > 0) back.put(place(block), BlockRecord.encode(backward));
        state.write(changes);
        altered.put(block.hash().bytes(), root.bytes());
        commitToDisk();
    }

    /**
     * Takes the chain back to an older final block, which becomes final and best; all blocks after it are forgotten.
     *
     * @param backward the changes that lead to its storage
     */
    void rewind(BlockRecord to, StorageChanges backward, List<BlockRecord> forgotten) {
        forgotten.forEach(this::remove);
        state.write(backward);
        meta.put(BEST, to.hash().bytes());
        meta.put(FINALIZED, to.hash().bytes());
        commitToDisk();
    }

    private void commitToDisk() {
        store.commit();
        if (file != null) store.sync();
    }

    private void makeFinal(BlockRecord block, StorageChanges forward) {
        canonical.put(block.number(), block.hash().bytes());
        state.write(forward);
        meta.put(FINALIZED, block.hash().bytes());
    }

    private void put(BlockRecord block) {
        numbers.put(block.hash().bytes(), block.number());
        blocks.put(place(block), block.encode());
    }

    private void remove(BlockRecord block) {
        Bytes place = place(block);
        Bytes hash = block.hash().bytes();
        numbers.remove(hash);
        blocks.remove(place);
        ahead.remove(place);
        back.remove(place);
        altered.remove(hash);
        canonical.remove(block.number(), hash);
    }

    private static Bytes place(BlockRecord block) {
        return place(block.number(), block.hash().bytes());
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
