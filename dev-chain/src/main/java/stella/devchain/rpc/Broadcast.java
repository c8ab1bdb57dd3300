package stella.devchain.rpc;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import stella.devchain.chain.BlockRecord;
import stella.devchain.chain.Chain;
import stella.devchain.chain.ChainListener;
import stella.devchain.pool.Submission;
import stella.devchain.pool.TransactionStatus;
import stella.devchain.pool.TransactionWatcher;
import stella.protocol.Bytes;

/** Offers one transaction to the pool with every new block until it is in a final one, or until its listener is removed. */
final class Broadcast implements ChainListener, TransactionWatcher {
    private final Chain chain;
    private final Bytes extrinsic;
    private final Runnable came;
    private final Executor background;
    /** Whether it is in the pool or in a block, or being offered. */
    private final AtomicBoolean cared = new AtomicBoolean();

    Broadcast(Chain chain, Bytes extrinsic, Runnable came, Executor background) {
        this.chain = chain;
        this.extrinsic = extrinsic;
        this.came = came;
        this.background = background;
    }

    void offer() {
        if (!cared.compareAndSet(false, true)) return;
        if (chain.pool().submit(extrinsic, this) instanceof Submission.Rejected) cared.set(false);
        else came.run();
    }

    @Override
    public void changed(TransactionStatus status) {
        switch (status) {
            case TransactionStatus.Finalized f -> chain.removeListener(this);
            case TransactionStatus.Usurped u -> cared.set(false);
            case TransactionStatus.Dropped d -> cared.set(false);
            case TransactionStatus.Invalid i -> cared.set(false);
            case TransactionStatus.Future f -> {}
            case TransactionStatus.Ready r -> {}
            case TransactionStatus.InBlock b -> {}
            case TransactionStatus.Retracted r -> {}
        }
    }

    @Override
    public void best(BlockRecord block) {
        if (!cared.get()) background.execute(this::offer);
    }

    @Override
    public void finalized(BlockRecord block) {}
}
