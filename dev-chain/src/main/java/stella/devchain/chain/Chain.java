package stella.devchain.chain;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.devchain.host.RuntimeCode;
import stella.devchain.host.RuntimeLoader;
import stella.devchain.pool.PoolLimits;
import stella.devchain.pool.TransactionPool;
import stella.devchain.pool.Validity;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.devchain.state.StorageChanges;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * A running chain: blocks, pool and runtime together. What changes the chain is for one thread; everything else is for all.
 *
 * <p>A change and its announcement are one step under the chain's lock, so a listener that {@link #observe}s misses nothing and hears nothing twice.
 */
public final class Chain {
    private static final Logger LOG = LoggerFactory.getLogger(Chain.class);
    private static final int SOURCE_EXTERNAL = 2;

    /** What becomes of the transactions in blocks that the best chain no longer has. */
    public enum Retracted {
        /** They wait in the pool again. */
        RETURN,
        /** They are gone, as if they had never been sent. */
        DROP
    }

    private final BlockTree blocks;
    private final BlockExecution execution;
    private final InstantSource clock;
    private final boolean verify;
    private final TransactionPool pool;
    private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();
    private final Object announcing = new Object();

    /** @param verify execute every authored block once more, as a node would that receives it */
    public Chain(BlockTree blocks, RuntimeLoader loader, InstantSource clock, boolean verify) {
        this.blocks = blocks;
        this.execution = new BlockExecution(loader);
        this.clock = clock;
        this.verify = verify;
        this.pool = new TransactionPool(
                extrinsic -> validate(extrinsic, blocks.tip()),
                clock,
                PoolLimits.DEFAULT,
                blocks.best().number());
    }

    public BlockTree blocks() {
        return blocks;
    }

    public TransactionPool pool() {
        return pool;
    }

    InstantSource clock() {
        return clock;
    }

    /** Adds a listener; {@code first} runs before it hears anything, and sees the chain as it is at that moment. */
    public void observe(ChainListener listener, Consumer<BlockTree> first) {
        synchronized (announcing) {
            first.accept(blocks);
            listeners.add(listener);
        }
    }

    public void removeListener(ChainListener listener) {
        listeners.remove(listener);
    }

    /** The runtime of the block with this storage. */
    public RuntimeCode runtimeOf(State state) {
        return execution.runtimeOf(state);
    }

    /**
     * Calls the runtime on the storage after a block and discards what it writes; empty when that storage is not known (any more).
     *
     * @throws stella.devchain.host.RuntimeFailure when the call does not return
     */
    public Optional<Bytes> call(Hash at, String function, Bytes arguments) {
        return blocks.stateAt(at).map(state -> runtimeOf(state).call(function, arguments, new Overlay(state)));
    }

    /** Authors the next block from the pool and makes it the best one. */
    public BlockRecord produce() {
        BlockTree.Tip made = author(blocks.tip(), pool, clock.millis());
        enact(made, List.of(made), Retracted.RETURN);
        return made.block();
    }

    /** Authors a block after {@code parent} without making it the best one, and without telling anybody. */
    BlockTree.Tip author(BlockTree.Tip parent, TransactionPool source, long clockMillis) {
        State state = parent.state();
        RuntimeCode code = runtimeOf(state);
        Author.Authored authored = Author.author(parent.block().header(), state, code, source, clockMillis);
        if (verify) execution.execute(state, authored.block());
        LOG.debug(
                "block {} with {} extrinsics",
                authored.block().number(),
                authored.block().extrinsics().size());
        return blocks.append(
                authored.block(), authored.overlay(), code.version().stateVersion());
    }

    /** Makes a block that is not before the final one the best, and announces it, after the blocks in {@code imported}. */
    void enact(BlockTree.Tip best, List<BlockTree.Tip> imported, Retracted retracted) {
        List<BlockRecord> before = blocks.pathTo(blocks.best().hash());
        List<BlockRecord> after = blocks.pathTo(best.block().hash());
        int common = 0;
        while (common < before.size()
                && common < after.size()
                && before.get(common).hash().equals(after.get(common).hash())) common++;
        synchronized (announcing) {
            blocks.setBest(best);
            for (BlockRecord block : before.subList(common, before.size()).reversed())
                pool.retracted(block.hash(), block.block().extrinsics());
            pool.bestIs(best.block().number());
            for (BlockRecord block : after.subList(common, after.size()))
                pool.included(block.hash(), block.number(), block.block().extrinsics());
            for (ChainListener listener : listeners) imported.forEach(listener::imported);
            for (ChainListener listener : listeners) listener.best(best.block());
        }
        pool.settle(retracted == Retracted.RETURN);
    }

    /** Makes the blocks that lead to the best one final, up to the one with this number. */
    public void finalizeUpTo(long number) {
        for (BlockRecord block : blocks.pathTo(blocks.best().hash())) {
            if (block.number() > number) return;
            synchronized (announcing) {
                blocks.finalizeChild(block);
                for (ChainListener listener : listeners) listener.finalized(block);
            }
            pool.finalized(block.hash());
        }
    }

    /** Makes the best block final. */
    public void finalizeBest() {
        finalizeUpTo(blocks.best().number());
    }

    /** Goes back to an older final block, see {@link BlockTree#rewind}. */
    void rewind(BlockRecord to) {
        List<BlockRecord> gone = blocks.pathTo(blocks.best().hash());
        synchronized (announcing) {
            blocks.rewind(to);
            for (BlockRecord block : gone.reversed())
                pool.retracted(block.hash(), block.block().extrinsics());
            pool.bestIs(to.number());
            for (ChainListener listener : listeners) listener.rewound(to);
        }
        pool.settle(false);
    }

    /** Alters the storage after the best block, see {@link BlockTree#alterBest}. */
    void alter(StorageChanges changes) {
        synchronized (announcing) {
            blocks.alterBest(changes);
            for (ChainListener listener : listeners) listener.altered(blocks.best());
        }
        pool.settle(true);
    }

    Validity validate(Bytes extrinsic, BlockTree.Tip tip) {
        Bytes request = new ScaleWriter(extrinsic.length() + 40)
                .u8(SOURCE_EXTERNAL)
                .raw(extrinsic)
                .raw(tip.block().hash().bytes())
                .toBytes();
        State state = tip.state();
        return Validity.decode(
                runtimeOf(state).call("TaggedTransactionQueue_validate_transaction", request, new Overlay(state)));
    }
}
