package stella.devchain;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.devchain.chain.Chain;

/** The one thread that makes blocks: at the times the {@link BlockMode} names, and when asked. */
final class Sealing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    /** polkadot.js loses "in block" when "finalized" follows at once, so finality comes a little later. */
    private static final Duration FINALITY_DELAY = Duration.ofMillis(10);

    /** Compiled wasm may nest deeply; the default of 1 MiB is enough for honest blocks only. */
    private static final long STACK_BYTES = 16 << 20;

    private static final int STOP_SECONDS = 10;

    private final Chain chain;
    private final BlockMode mode;
    private final int finalityLag;
    private final ScheduledExecutorService thread;

    /** @param finalityLag how many blocks finality stays behind */
    Sealing(Chain chain, BlockMode mode, int finalityLag) {
        this.chain = chain;
        this.mode = mode;
        this.finalityLag = finalityLag;
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
        if (mode instanceof BlockMode.Instant) aside(this::sealIfReady);
    }

    /** Runs {@code work}, which does not change the chain, between two blocks; not at all when the chain is stopping. */
    void aside(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("work came while the chain was stopping");
        }
    }

    private void sealIfReady() {
        if (chain.pool().hasReady()) sealLoggingFailure();
    }

    /** Runs {@code work}, which may change the chain and give transactions back to the pool, between two blocks. */
    <T> CompletableFuture<T> between(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    T answer = work.get();
                    finalizeSoon();
                    transactionCame();
                    return answer;
                },
                thread);
    }

    private void sealLoggingFailure() {
        try {
            seal();
        } catch (RuntimeException e) {
            LOG.error("no block was made: {}", e.getMessage(), e);
        }
    }

    private void seal() {
        chain.produce();
        finalizeSoon();
    }

    private void finalizeSoon() {
        try {
            ScheduledFuture<?> _ =
                    thread.schedule(this::finalizeLoggingFailure, FINALITY_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The chain is stopping: this was its last block, and nobody is left to be told too early.
            makeFinal();
        }
    }

    private void makeFinal() {
        chain.finalizeUpTo(chain.blocks().best().number() - finalityLag);
    }

    private void finalizeLoggingFailure() {
        try {
            makeFinal();
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
