package stella.devchain;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.devchain.chain.BlockRecord;
import stella.devchain.chain.Chain;

/** The one thread that makes blocks: at the times the {@link BlockMode} names, and when asked. */
final class Sealing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    /** polkadot.js loses "in block" when "finalized" follows at once, so finality comes a little later. */
    private static final Duration FINALITY_LAG = Duration.ofMillis(10);

    /** Compiled wasm may nest deeply; the default of 1 MiB is enough for honest blocks only. */
    private static final long STACK_BYTES = 16 << 20;

    private static final int STOP_SECONDS = 10;

    private final Chain chain;
    private final BlockMode mode;
    private final ScheduledExecutorService thread;

    Sealing(Chain chain, BlockMode mode) {
        this.chain = chain;
        this.mode = mode;
        thread = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .name("dev-chain-author")
                .daemon()
                .stackSize(STACK_BYTES)
                .factory());
    }

    void begin() {
        if (mode instanceof BlockMode.Interval interval) {
            long nanos = interval.period().toNanos();
            ScheduledFuture<?> _ =
                    thread.scheduleAtFixedRate(this::sealLoggingFailure, nanos, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** The pool has a new transaction. */
    void transactionCame() {
        if (!(mode instanceof BlockMode.Instant)) return;
        try {
            thread.execute(() -> {
                if (chain.pool().hasReady()) sealLoggingFailure();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("a transaction came while the chain was stopping");
        }
    }

    CompletableFuture<BlockRecord> newBlock() {
        return CompletableFuture.supplyAsync(this::seal, thread);
    }

    private void sealLoggingFailure() {
        try {
            seal();
        } catch (RuntimeException e) {
            LOG.error("no block was made: {}", e.getMessage(), e);
        }
    }

    private BlockRecord seal() {
        BlockRecord block = chain.produce();
        try {
            ScheduledFuture<?> _ =
                    thread.schedule(this::finalizeLoggingFailure, FINALITY_LAG.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The chain is stopping: this was its last block, and nobody is left to be told too early.
            chain.finalizeBest();
        }
        return block;
    }

    private void finalizeLoggingFailure() {
        try {
            chain.finalizeBest();
        } catch (RuntimeException e) {
            LOG.error("the best block was not made final: {}", e.getMessage(), e);
        }
    }

    /** Lets the block in the making be finished. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) thread.shutdownNow();
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
