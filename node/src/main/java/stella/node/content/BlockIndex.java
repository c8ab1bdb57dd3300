package stella.node.content;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import stella.protocol.cid.Multihash;

/**
 * Where the blocks of one file lie: a hash table in a mapped file, so that its size costs no heap (CT-3).
 *
 * <p>An entry is 16 bytes: a 64-bit tag of the multihash and the position of the block's section plus one; empty slots are zero. A tag
 * says only "perhaps": whoever looks up checks the section itself. Tags are keyed with a secret of the file, or a maker of content
 * could choose blocks that all fall into one place and make each lookup walk the table.
 *
 * <p>One thread writes; any thread may look up once writing is over.
 */
final class BlockIndex implements Closeable {
    private static final long MAGIC = 0x31584449414c5453L; // "STLAIDX1" in little-endian order
    private static final int HEADER_BYTES = 64;
    private static final int ENTRY_BYTES = 16;
    private static final long SLOTS_MIN = 1 << 10;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long KEY = 8;
    private static final long COUNT = 16;
    private static final long SLOTS = 24;
    private static final long FILE_LENGTH = 32;

    private final Path path;
    private Arena arena;
    private MemorySegment table;
    private long slots;

    private BlockIndex(Path path, MemorySegment table, Arena arena) {
        this.path = path;
        this.table = table;
        this.arena = arena;
        this.slots = table.get(LONG, SLOTS);
    }

    /** Says whether the section at a position is the one that is looked for. */
    @FunctionalInterface
    interface Match {
        boolean at(long position) throws IOException;
    }

    /** An empty index at {@code path}, which is overwritten. */
    static BlockIndex create(Path path) throws IOException {
        long key = new SecureRandom().nextLong();
        Arena arena = arena();
        try {
            return new BlockIndex(path, map(path, SLOTS_MIN, key, arena), arena);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Opens a finished index.
     *
     * @param fileLength of the file it must belong to
     * @throws IOException also when this is no index of a file of that length: make it anew
     */
    static BlockIndex open(Path path, long fileLength) throws IOException {
        Arena arena = arena();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < HEADER_BYTES) throw new IOException(path + " is no block index");
            MemorySegment table = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
            long slots = table.get(LONG, SLOTS);
            if (table.get(LONG, 0) != MAGIC
                    || Long.bitCount(slots) != 1
                    || slots < SLOTS_MIN
                    || slots > (size - HEADER_BYTES) / ENTRY_BYTES
                    || table.get(LONG, COUNT) > slots / 2) throw new IOException(path + " is no block index");
            if (table.get(LONG, FILE_LENGTH) != fileLength)
                throw new IOException(
                        path + " belongs to a file of " + table.get(LONG, FILE_LENGTH) + " bytes, not " + fileLength);
            return new BlockIndex(path, table, arena);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    long count() {
        return table.get(LONG, COUNT);
    }

    /** Adds a block that is not yet there. */
    void add(Multihash hash, long position) throws IOException {
        if (2 * (count() + 1) > slots) grow();
        insert(table, slots, tag(hash), position + 1);
        table.set(LONG, COUNT, count() + 1);
    }

    /** The position of the section that {@code match} confirms, or -1. */
    long find(Multihash hash, Match match) throws IOException {
        long tag = tag(hash);
        for (long slot = tag & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
            long value = table.get(LONG, HEADER_BYTES + slot * ENTRY_BYTES + 8);
            if (value == 0) return -1;
            if (table.get(LONG, HEADER_BYTES + slot * ENTRY_BYTES) == tag && match.at(value - 1)) return value - 1;
        }
    }

    /** Marks the index as complete for a file of {@code fileLength} bytes and writes it to the disk. */
    void seal(long fileLength) {
        table.set(LONG, FILE_LENGTH, fileLength);
        table.force();
    }

    @Override
    public void close() {
        arena.close();
    }

    private void grow() throws IOException {
        Path larger = path.resolveSibling(path.getFileName() + ".larger");
        Arena newArena = arena();
        try {
            MemorySegment grown = map(larger, slots * 2, table.get(LONG, KEY), newArena);
            for (long slot = 0; slot < slots; slot++) {
                long value = table.get(LONG, HEADER_BYTES + slot * ENTRY_BYTES + 8);
                if (value != 0) insert(grown, slots * 2, table.get(LONG, HEADER_BYTES + slot * ENTRY_BYTES), value);
            }
            grown.set(LONG, COUNT, count());
            Files.move(larger, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            table = grown;
        } catch (IOException | RuntimeException e) {
            newArena.close();
            Files.deleteIfExists(larger);
            throw e;
        }
        arena.close();
        arena = newArena;
        slots *= 2;
    }

    @SuppressWarnings("MustBeClosed") // an index owns its arena and closes it with itself
    private static Arena arena() {
        return Arena.ofShared();
    }

    private static void insert(MemorySegment table, long slots, long tag, long value) {
        long slot = tag & (slots - 1);
        while (table.get(LONG, HEADER_BYTES + slot * ENTRY_BYTES + 8) != 0) slot = (slot + 1) & (slots - 1);
        table.set(LONG, HEADER_BYTES + slot * ENTRY_BYTES, tag);
        table.set(LONG, HEADER_BYTES + slot * ENTRY_BYTES + 8, value);
    }

    private static MemorySegment map(Path path, long slots, long key, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            MemorySegment table =
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, HEADER_BYTES + slots * ENTRY_BYTES, arena);
            table.set(LONG, 0, MAGIC);
            table.set(LONG, KEY, key);
            table.set(LONG, SLOTS, slots);
            table.set(LONG, FILE_LENGTH, -1);
            return table;
        }
    }

    /** The whole digest, mixed with the key of the file. */
    private long tag(Multihash hash) {
        long tag = table.get(LONG, KEY) ^ hash.code();
        for (int i = 0; i < hash.digest().length(); i++) {
            tag = (tag ^ hash.digest().at(i)) * 0x9e3779b97f4a7c15L;
            tag ^= tag >>> 29;
        }
        return tag;
    }
}
