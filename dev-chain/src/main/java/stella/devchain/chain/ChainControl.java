package stella.devchain.chain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import stella.devchain.pool.PoolLimits;
import stella.devchain.pool.TransactionPool;
import stella.devchain.pool.TransactionWatcher;
import stella.devchain.state.State;
import stella.devchain.state.StorageChanges;
import stella.devchain.state.StorageKey;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** What only a development chain does: forks on demand, travels in time, altered storage, snapshots. For the chain's one thread. */
public final class ChainControl {
    private static final int SNAPSHOTS_MAX = 256;

    private final Chain chain;
    private final BlockTree blocks;
    private final ChainClock clock;
    private final TreeMap<Long, Snapshot> snapshots = new TreeMap<>();
    private long lastSnapshot;

    private record Snapshot(BlockTree.Tip tip, Duration ahead) {}

    /** @param clock the clock that {@code chain} goes by */
    public ChainControl(Chain chain, ChainClock clock) {
        this.chain = chain;
        this.blocks = chain.blocks();
        this.clock = clock;
    }

    /**
     * Replaces the last {@code depth} blocks by {@code length} other ones, which become the best chain.
     *
     * @param withTransactions whether the new blocks include what the old ones did; else those transactions return to the pool
     * @return the new blocks, oldest first
     * @throws IllegalArgumentException when some of those blocks are final, or {@code length} is not more than {@code depth}
     */
    public List<BlockRecord> reorganize(int depth, int length, boolean withTransactions) {
        List<BlockRecord> path = blocks.pathTo(blocks.best().hash());
        if (depth < 1 || depth > path.size())
            throw new IllegalArgumentException("a fork of depth " + depth + " is not possible: " + path.size()
                    + " blocks are not final; let finality lag behind to have more");
        if (length <= depth)
            throw new IllegalArgumentException(
                    "a fork of " + length + " blocks would not be longer than the " + depth + " it replaces");
        List<BlockRecord> replaced = path.subList(path.size() - depth, path.size());
        BlockTree.Tip[] at = {tip(replaced.getFirst().header().parentHash())};
        TransactionPool source = new TransactionPool(
                extrinsic -> chain.validate(extrinsic, at[0]),
                clock,
                PoolLimits.DEFAULT,
                at[0].block().number());
        if (withTransactions) {
            for (BlockRecord block : replaced)
                for (Bytes extrinsic : block.block().extrinsics()) source.submit(extrinsic, TransactionWatcher.NOBODY);
        }
        List<BlockTree.Tip> made = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            at[0] = authorOther(at[0], source);
            BlockRecord block = at[0].block();
            source.included(block.hash(), block.number(), block.block().extrinsics());
            made.add(at[0]);
        }
        chain.enact(at[0], made, Chain.Retracted.RETURN);
        return made.stream().map(BlockTree.Tip::block).toList();
    }

    /** Later than any other child of {@code parent}, so that a fork is one even when the clock stands still. */
    private BlockTree.Tip authorOther(BlockTree.Tip parent, TransactionPool source) {
        State state = parent.state();
        long step = Inherents.stepMillis(state, chain.runtimeOf(state));
        long afterRivals = blocks.unfinalized().stream()
                .filter(block ->
                        block.header().parentHash().equals(parent.block().hash()))
                .mapToLong(block -> Inherents.timeOf(tip(block.hash()).state()) + step)
                .max()
                .orElse(0);
        return chain.author(parent, source, Math.max(clock.millis(), afterRivals));
    }

    /** Makes a known block the best: one of another branch, or an older one, whose successors' transactions are dropped. */
    public void setHead(Hash hash) {
        BlockTree.Tip head = tip(hash);
        if (head.block().number() < blocks.finalized().number()) chain.rewind(head.block());
        else chain.enact(head, List.of(), Chain.Retracted.DROP);
    }

    /** Writes values, or removes them where empty, into the storage after the best block. */
    public void setStorage(StorageChanges changes) {
        for (StorageKey key : changes.entries().keySet()) {
            if (key.child() == null && State.isChildRoot(key.key()))
                throw new IllegalArgumentException("the root of a child trie follows from its content and is not set");
        }
        chain.alter(changes);
    }

    /**
     * Makes the next block at {@code time}, from where the chain's time goes on.
     *
     * @return the time of that block, in milliseconds since 1970
     * @throws IllegalArgumentException when the last block is later than that
     */
    public long travelTo(Instant time) {
        long last = Inherents.timeOf(blocks.tip().state());
        if (time.toEpochMilli() <= last)
            throw new IllegalArgumentException(
                    "the last block is of " + Instant.ofEpochMilli(last) + ", and time only goes forward");
        clock.set(time);
        chain.produce();
        return Inherents.timeOf(blocks.tip().state());
    }

    /** Remembers the chain as it is, until the process ends; answers the number to come back by. */
    public long snapshot() {
        snapshots.put(++lastSnapshot, new Snapshot(blocks.tip(), clock.ahead()));
        if (snapshots.size() > SNAPSHOTS_MAX) snapshots.pollFirstEntry();
        return lastSnapshot;
    }

    /**
     * Goes back to a snapshot, which is used up by this, as are later ones. Transactions since then are dropped.
     *
     * @return false when there is no such snapshot
     */
    public boolean revert(long number) {
        Snapshot snapshot = snapshots.get(number);
        if (snapshot == null) return false;
        snapshots.tailMap(number, true).clear();
        setHead(snapshot.tip.block().hash());
        chain.pool().clear();
        State now = blocks.tip().state();
        if (!now.root().equals(snapshot.tip.state().root())) chain.alter(difference(now, snapshot.tip.state()));
        clock.setAhead(snapshot.ahead);
        return true;
    }

    /** What storage was altered meanwhile. Both states share what did not change, but this reads all keys: going back is rare. */
    private static StorageChanges difference(State from, State to) {
        Map<StorageKey, Optional<Bytes>> changes = new TreeMap<>();
        from.forEach((key, value) -> {
            if (to.get(key) == null) changes.put(key, Optional.empty());
        });
        to.forEach((key, value) -> {
            if (!Objects.equals(value, from.get(key))) changes.put(key, Optional.of(value));
        });
        return new StorageChanges(new TreeMap<>(changes));
    }

    private BlockTree.Tip tip(Hash hash) {
        return blocks.tipAt(hash)
                .orElseThrow(() -> new IllegalArgumentException(
                        blocks.block(hash).isPresent()
                                ? "the storage of block " + hash + " is no longer kept"
                                : "there is no block " + hash));
    }
}
