package stella.devchain;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import stella.devchain.chain.BlockRecord;
import stella.devchain.chain.Chain;
import stella.devchain.chain.ChainControl;
import stella.devchain.state.StorageChanges;
import stella.protocol.Hash;

/**
 * The hand on the chain, for tests and for {@code dev_*}: blocks on demand, forks, travels in time, altered storage, snapshots. Any thread may call; each
 * call waits its turn between two blocks. What is refused, is refused with an {@link IllegalArgumentException} that says why.
 */
public final class DevControl {
    private final Chain chain;
    private final ChainControl control;
    private final Sealing sealing;

    DevControl(Chain chain, ChainControl control, Sealing sealing) {
        this.chain = chain;
        this.control = control;
        this.sealing = sealing;
    }

    /** Makes a block now, whatever the mode. */
    public BlockRecord newBlock() {
        return inTurn(chain::produce);
    }

    /**
     * Replaces the last {@code depth} blocks, none of them final, by {@code length} others, more than those.
     *
     * @param withTransactions whether the new blocks include what the old ones did; else those transactions return to the pool
     * @return the new blocks, oldest first
     */
    public List<BlockRecord> reorganize(int depth, int length, boolean withTransactions) {
        return inTurn(() -> control.reorganize(depth, length, withTransactions));
    }

    /** Makes a known block the best. An older one takes its successors' transactions with it, also when they were final. */
    public void setHead(Hash block) {
        inTurn(() -> {
            control.setHead(block);
            return true;
        });
    }

    /** Writes into the storage after the best block: the next block goes on from there. */
    public void setStorage(StorageChanges changes) {
        inTurn(() -> {
            control.setStorage(changes);
            return true;
        });
    }

    /** Makes the next block at {@code time}, from where the chain's time goes on; answers that block's time in milliseconds. */
    public long travelTo(Instant time) {
        return inTurn(() -> control.travelTo(time));
    }

    /** Remembers the chain as it is; answers the number for {@link #revert}. */
    public long snapshot() {
        return inTurn(control::snapshot);
    }

    /** Goes back to a snapshot and uses it and all later ones up; false when there is none of that number. */
    public boolean revert(long snapshot) {
        return inTurn(() -> control.revert(snapshot));
    }

    /** Runs {@code work} on the chain's thread between two blocks, some time. */
    public void aside(Runnable work) {
        sealing.aside(work);
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            return sealing.between(work).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
