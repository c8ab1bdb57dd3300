package stella.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.gateway.rpc.JsonRpc;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcFailure;
import stella.protocol.Hash;

/**
 * Tells every finalized block once, in order, however often the connection breaks.
 *
 * <p>A node's notifications are only a hint that there is something new: nodes leave out blocks when several become final at once,
 * and a broken connection loses some. Whatever is missing up to the newest known number is fetched by number; each header must
 * hash to what the node called it and name the one before as its parent. All state belongs to the connection's thread.
 */
final class FinalizedBlocks {
    private static final Logger LOG = LoggerFactory.getLogger(FinalizedBlocks.class);
    private static final JsonRpc.Topic HEADS =
            new JsonRpc.Topic("chain_subscribeFinalizedHeads", "chain_unsubscribeFinalizedHeads");
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 32;

    private final JsonRpc rpc;
    private final ChainClient chain;
    private final FinalizedListener listener;

    private long next;
    private @Nullable Hash last;
    private long target = -1;
    private boolean fetching;
    private boolean over;
    private JsonRpc.@Nullable Subscription subscription;

    /** Begins with block {@code first}, or with the newest finalized one when {@code first} is negative. */
    FinalizedBlocks(JsonRpc rpc, ChainClient chain, long first, FinalizedListener listener) {
        this.rpc = rpc;
        this.chain = chain;
        this.next = first;
        this.listener = listener;
    }

    void start() {
        rpc.later(Duration.ZERO, this::subscribe);
    }

    void cancel() {
        rpc.later(Duration.ZERO, () -> {
            over = true;
            if (subscription != null) subscription.cancel();
        });
    }

    private void subscribe() {
        if (over) return;
        CompletionStage<JsonRpc.Subscription> asked = rpc.subscribe(HEADS, List.of(), new JsonRpc.Listener() {
            @Override
            public void item(JsonNode item) {
                announced(item);
            }

            @Override
            public void lost(RpcException why) {
                again(why, FinalizedBlocks.this::subscribe);
            }
        });
        var _ = asked.whenComplete((granted, failure) -> {
            if (failure != null) again(failure, this::subscribe);
            else if (over) granted.cancel();
            else subscription = granted;
        });
    }

    private void announced(JsonNode item) {
        if (over) return;
        Header header;
        try {
            header = new Answer(HEADS.subscribe()).header(item);
        } catch (RpcException malformed) {
            LOG.warn("an announcement of the node is left out: {}", malformed.getMessage());
            return;
        }
        if (next < 0) next = header.number();
        target = Math.max(target, header.number());
        if (!fetching && header.number() == next) deliver(header);
        fetch();
    }

    private void fetch() {
        if (over || fetching || next < 0 || next > target) return;
        fetching = true;
        List<CompletableFuture<Optional<Header>>> batch = new ArrayList<>();
        for (long number = next; number <= target && batch.size() < BATCH; number++)
            batch.add(header(number).toCompletableFuture());
        var _ = CompletableFuture.allOf(batch.toArray(CompletableFuture[]::new)).whenComplete((_, failure) -> {
            fetching = false;
            if (failure != null) {
                again(failure, this::fetch);
                return;
            }
            for (CompletableFuture<Optional<Header>> each : batch) {
                // A node that is behind the one before does not know the block yet; its next announcement leads here
                // again.
                if (each.resultNow().isEmpty()) return;
                if (!over) deliver(each.resultNow().get());
            }
            fetch();
        });
    }

    private CompletionStage<Optional<Header>> header(long number) {
        return chain.blockHash(number)
                .thenCompose(hash -> hash.isEmpty()
                        ? CompletableFuture.completedStage(Optional.empty())
                        : chain.header(hash.get()).thenApply(Optional::of));
    }

    private void deliver(Header header) {
        if (header.number() != next || (last != null && !header.parent().equals(last))) {
            end(RpcException.malformed(
                    HEADS.subscribe(),
                    "block " + header.number() + " with parent " + header.parent() + " cannot follow finalized block "
                            + (next - 1) + " " + last));
            return;
        }
        last = header.hash();
        next++;
        listener.block(header);
    }

    private void again(Throwable thrown, Runnable step) {
        if (over) return;
        Throwable failure = RpcException.unwrap(thrown);
        if (failure instanceof RpcException e
                && (e.failure() instanceof RpcFailure.Closed || e.failure() instanceof RpcFailure.Malformed)) end(e);
        else {
            LOG.debug("finalized blocks are asked for again", failure);
            rpc.later(PAUSE, step);
        }
    }

    private void end(RpcException why) {
        over = true;
        if (subscription != null) subscription.cancel();
        listener.ended(why);
    }
}
