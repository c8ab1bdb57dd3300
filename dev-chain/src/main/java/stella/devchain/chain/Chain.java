package stella.devchain.chain;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.devchain.host.RuntimeCode;
import stella.devchain.host.RuntimeLoader;
import stella.devchain.pool.PoolLimits;
import stella.devchain.pool.TransactionPool;
import stella.devchain.pool.Validity;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * A running chain: blocks, pool and runtime together. {@link #produce} and {@link #finalizeBest} are for one thread (see {@link Sealing}); everything else
 * is for all.
 */
public final class Chain {
    private static final Logger LOG = LoggerFactory.getLogger(Chain.class);
    private static final int SOURCE_EXTERNAL = 2;

    private final BlockTree blocks;
    private final BlockExecution execution;
    private final InstantSource clock;
    private final boolean verify;
    private final TransactionPool pool;
    private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();

    /** @param verify execute every authored block once more, as a node would that receives it */
    public Chain(BlockTree blocks, RuntimeLoader loader, InstantSource clock, boolean verify) {
        this.blocks = blocks;
        this.execution = new BlockExecution(loader);
        this.clock = clock;
        this.verify = verify;
        this.pool = new TransactionPool(
                this::validate, clock, PoolLimits.DEFAULT, blocks.best().number());
    }

    public BlockTree blocks() {
        return blocks;
    }

    public TransactionPool pool() {
        return pool;
    }

    public void addListener(ChainListener listener) {
        listeners.add(listener);
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
        BlockTree.Tip tip = blocks.tip();
        BlockRecord parent = tip.block();
        State state = tip.state();
        RuntimeCode code = runtimeOf(state);
        Author.Authored authored = Author.author(parent.header(), state, code, pool, clock.millis());
        if (verify) execution.execute(state, authored.block());
        BlockRecord block = blocks.append(
                authored.block(), authored.overlay(), state, code.version().stateVersion());
        LOG.debug(
                "block {} with {} extrinsics",
                block.number(),
                block.block().extrinsics().size());
        pool.included(block.hash(), block.number(), block.block().extrinsics());
        for (ChainListener listener : listeners) listener.best(block);
        return block;
    }

    /** Makes the best block final. */
    public void finalizeBest() {
        BlockRecord best = blocks.best();
        BlockRecord last = blocks.finalized();
        for (long number = last.number() + 1; number <= best.number(); number++) {
            BlockRecord block = blocks.hashAt(number).flatMap(blocks::block).orElseThrow();
            blocks.finalizeUpTo(block);
            for (ChainListener listener : listeners) listener.finalized(block);
            pool.finalized(block.hash());
        }
    }

    private Validity validate(Bytes extrinsic) {
        BlockTree.Tip tip = blocks.tip();
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
