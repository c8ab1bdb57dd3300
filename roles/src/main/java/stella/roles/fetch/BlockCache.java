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
    private final long bytesMax;
    private final Map<Cid, Bytes> blocks = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    BlockCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    Optional<Bytes> get(Cid cid) {
        return Optional.ofNullable(blocks.get(cid));
    }

    void put(Cid cid, Bytes block) {
        Bytes before = blocks.put(cid, block);
        bytes += block.length() - (before == null ? 0 : before.length());
        Iterator<Bytes> oldest = blocks.values().iterator();
        while (bytes > bytesMax && oldest.hasNext()) {
            bytes -= oldest.next().length();
            oldest.remove();
        }
    }

    long bytes() {
        return bytes;
    }
}
