package stella.node.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.gateway.client.ChainClient;
import stella.gateway.client.FinalizedListener;
import stella.gateway.client.Header;
import stella.gateway.rpc.RpcException;
import stella.gateway.stella.StellaEvents;
import stella.protocol.chain.Block;
import stella.roles.Ledger;

/**
 * Finalized blocks with their events, read once for every role of the process and told to all in order, without a gap.
 *
 * <p>Guarded by its own monitor; listeners are called under it and must only pass the block on.
 */
public final class FinalizedFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FinalizedFeed.class);
    /** Pause before the events of a block are asked for again. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ChainClient client;
    private final Runnable end;
    private final List<Consumer<Block>> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Block> first = new CompletableFuture<>();
    private CompletionStage<?> tail = CompletableFuture.completedStage(null);
    private final Executor later =
            CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread);
    private volatile boolean closed;
    private @Nullable Block newest;

    public FinalizedFeed(ChainClient client) {
        this.client = client;
        this.end = client.follow(-1, new FinalizedListener() {
            @Override
            public void block(Header header) {
                enqueue(header);
            }

            @Override
            public void ended(RpcException why) {
                LOG.warn("finalized blocks end here: {}", why.getMessage());
            }
        });
    }

    /** The newest block when the feed began. */
    public CompletionStage<Block> first() {
        return first;
    }

    /** Tells the newest block at once, then each new one; closing the answer ends it. */
    public synchronized Ledger.Following follow(Consumer<Block> listener) {
        listeners.add(listener);
        if (newest != null) listener.accept(newest);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        closed = true;
        end.run();
        listeners.clear();
    }

    // One block after the other: the events of the next are read when those of the last were told.
    private synchronized void enqueue(Header header) {
        tail = tail.thenCompose(_ -> read(header)).thenAccept(this::tell);
    }

    // A block is never left out: whatever the failure, it is asked for until it comes or the feed is closed.
    private CompletionStage<Block> read(Header header) {
        return client.events(header.ref())
                .thenApply(
                        events -> new Block(header.number(), header.hash(), header.parent(), StellaEvents.read(events)))
                .exceptionallyCompose(failure -> {
                    if (closed) return CompletableFuture.failedStage(failure);
                    LOG.warn("the events of block {} cannot be read yet: {}", header.number(), failure.getMessage());
                    return CompletableFuture.supplyAsync(() -> header, later).thenCompose(this::read);
                });
    }

    /** The newest block told, if there is one. */
    synchronized Optional<Block> newest() {
        return Optional.ofNullable(newest);
    }

    private synchronized void tell(Block block) {
        newest = block;
        first.complete(block);
        for (Consumer<Block> listener : listeners) listener.accept(block);
    }
}
