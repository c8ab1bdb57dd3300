package stella.protocol.unixfs;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.cid.BlockSink;
import stella.protocol.cid.BlockSource;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.cid.Multihash;

/** Blocks in memory, by the bytes they name. Believes whatever it is told, as a hostile source would. */
public final class MemoryBlocks implements BlockSink, BlockSource {
    private final Map<Multihash, Bytes> blocks = new HashMap<>();

    @Override
    public void put(Cid cid, Bytes block) {
        blocks.put(cid.hash(), block);
    }

    @Override
    public Optional<Bytes> block(Cid cid) {
        return Optional.ofNullable(blocks.get(cid.hash()));
    }

    public void remove(Cid cid) {
        blocks.remove(cid.hash());
    }

    public int count() {
        return blocks.size();
    }

    /** Adds a dag-pb node that claims whatever {@code node} claims. */
    public Cid add(DagPb node) {
        Bytes block = node.encode();
        Cid cid = Cid.of(Codec.DAG_PB, block);
        put(cid, block);
        return cid;
    }

    public Cid addRaw(Bytes block) {
        Cid cid = Cid.of(Codec.RAW, block);
        put(cid, block);
        return cid;
    }
}
