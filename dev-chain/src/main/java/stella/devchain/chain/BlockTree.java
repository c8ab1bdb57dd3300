package stella.devchain.chain;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stella.devchain.host.RuntimeLoader;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.devchain.state.StorageChanges;
import stella.devchain.trie.StateVersion;
import stella.protocol.Hash;

/**
 * The blocks and the storage after each. One thread appends; any thread reads.
 *
 * <p>The storage of the newest blocks is at hand. That of an older block is found by going back from the next one at hand, change by change, and is then
 * compared with the root in the block's header.
 */
public final class BlockTree {
    /** Substrate's default is 256; a day of stepping back is worth more on a development chain. */
    public static final int HISTORY_MIN = 4096;

    private static final int AT_HAND = 256;
    /** On a way back the storage of every 64th block is kept, so that the next way back is short. */
    private static final int CHECKPOINT = 64;

    private final Archive archive;
    private final Hash genesis;
    private final TreeMap<Long, State> recent = new TreeMap<>();
    private final TreeMap<Long, State> checkpoints = new TreeMap<>();
    private volatile Tip tip;
    private volatile BlockRecord finalized;

    /** A block and the storage after it. */
    public record Tip(BlockRecord block, State state) {}

    private BlockTree(Archive archive, BlockRecord best, State state) {
        this.archive = archive;
        this.tip = new Tip(best, state);
        this.finalized = best;
        this.genesis = archive.hashAt(0).orElseThrow(() -> archive.damaged("block 0 is missing"));
        recent.put(best.number(), state);
    }

    /**
     * Continues the chain in {@code archive}, or begins it.
     *
     * @throws ChainDataException when what is stored contradicts itself
     */
    public static BlockTree open(Archive archive, Genesis genesis, RuntimeLoader loader) {
        Optional<Hash> best = archive.best();
        if (best.isEmpty()) {
            StateVersion version = loader.load(genesis.code()).version().stateVersion();
            State state = genesis.state(version);
            Block block = Genesis.block(state);
            BlockRecord first = new BlockRecord(block.hash(), block, version);
            archive.begin(first, genesis.content());
            return new BlockTree(archive, first, state);
        }
        BlockRecord record = archive.block(best.get()).orElseThrow(() -> archive.damaged("the best block is missing"));
        State state = archive.bestState(record.version());
        if (!state.root().equals(record.header().stateRoot()))
            throw archive.damaged("the storage of block " + record.number() + " does not have the root in its header");
        return new BlockTree(archive, record, state);
    }

    public Hash genesis() {
        return genesis;
    }

    /** @throws ChainDataException when the stored chain did not begin with {@code wanted} */
    public void requireGenesis(Genesis wanted, RuntimeLoader loader) {
        StateVersion version = loader.load(wanted.code()).version().stateVersion();
        Hash hash = Genesis.block(wanted.state(version)).hash();
        if (!hash.equals(genesis)) throw archive.otherGenesis(genesis, hash);
    }

    /** The best block with its storage, both of the same moment. */
    public Tip tip() {
        return tip;
    }

    public BlockRecord best() {
        return tip.block;
    }

    public BlockRecord finalized() {
        return finalized;
    }

    public Optional<BlockRecord> block(Hash hash) {
        BlockRecord newest = best();
        return newest.hash().equals(hash) ? Optional.of(newest) : archive.block(hash);
    }

    public Optional<Hash> hashAt(long number) {
        return archive.hashAt(number);
    }

    /** The storage after a block; empty when the block is unknown or too old. */
    public Optional<State> stateAt(Hash hash) {
        Optional<BlockRecord> block = block(hash);
        if (block.isEmpty()) return Optional.empty();
        long number = block.get().number();
        synchronized (recent) {
            State known = recent.getOrDefault(number, checkpoints.get(number));
            return known != null ? Optional.of(known) : rebuild(block.get());
        }
    }

    /** Appends the block that {@code overlay} has the changes of. */
    BlockRecord append(Block block, Overlay overlay, State parent, StateVersion version) {
        State state = overlay.apply(version);
        if (!state.root().equals(block.header().stateRoot()))
            throw new IllegalStateException("block " + block.number() + " claims the state root "
                    + block.header().stateRoot() + ", but its changes lead to " + state.root());
        StorageChanges forward = overlay.changes();
        BlockRecord record = new BlockRecord(block.hash(), block, version);
        long oldest = record.number() - HISTORY_MIN;
        archive.append(
                record, forward, forward.inverse(parent), oldest > 0 ? archive.hashAt(oldest) : Optional.empty());
        synchronized (recent) {
            recent.put(record.number(), state);
            if (recent.size() > AT_HAND) recent.pollFirstEntry();
            checkpoints.headMap(oldest).clear();
        }
        tip = new Tip(record, state);
        return record;
    }

    void finalizeUpTo(BlockRecord block) {
        finalized = block;
    }

    private Optional<State> rebuild(BlockRecord wanted) {
        Map.Entry<Long, State> start = nearest(wanted.number());
        State state = start.getValue();
        for (long number = start.getKey(); number > wanted.number(); number--) {
            Hash hash = archive.hashAt(number).orElseThrow();
            Optional<StorageChanges> back = archive.backFrom(hash);
            if (back.isEmpty()) return Optional.empty();
            state = state.apply(back.get(), wanted.version());
            if ((number - 1) % CHECKPOINT == 0) checkpoints.put(number - 1, state);
        }
        if (!state.root().equals(wanted.header().stateRoot()))
            throw archive.damaged("the way back to the storage of block " + wanted.number() + " misses its root");
        return Optional.of(state);
    }

    private Map.Entry<Long, State> nearest(long number) {
        Map.Entry<Long, State> newer = recent.higherEntry(number);
        Map.Entry<Long, State> old = checkpoints.higherEntry(number);
        if (newer == null) throw new IllegalStateException("block " + number + " is not below the best block");
        return old != null && old.getKey() < newer.getKey() ? old : newer;
    }
}
