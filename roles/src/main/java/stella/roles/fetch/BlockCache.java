package stella.roles.fetch;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;

/**
 * Verified blocks, bounded by bytes, least recently used out first (FE-3).
 *
 * <p>Not Caffeine: its admission draws from the thread's own randomness, and the simulator must see the same hits in every run.
 */
final class BlockCache {
    /** What an entry costs besides its block: small blocks are many. */
    static final int ENTRY_BYTES = 256;

    private final long bytesMax;
    private final Map<Cid, Bytes> blocks = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    BlockCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    Optional<Bytes> get(Cid cid) {
        return Optional.ofNullable(blocks.get(cid));
    }

    /** A block that is larger than the whole cache is not kept: it would only drive the others out. */
    void put(Cid cid, Bytes block) {
        if (cost(block) > bytesMax) return;
        Bytes before = blocks.put(cid, block);
        bytes += cost(block) - (before == null ? 0 : cost(before));
        Iterator<Bytes> oldest = blocks.values().iterator();
        while (bytes > bytesMax && oldest.hasNext()) {
            bytes -= cost(oldest.next());
            oldest.remove();
        }
    }

    private static long cost(Bytes block) {
        return (long) block.length() + ENTRY_BYTES;
    }

    /** Bytes taken, entries included. */
    long bytes() {
        return bytes;
    }
}
