package stella.gateway.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.gateway.rpc.JsonRpc;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcFailure;

/**
 * Tells every finalized block once, in order, however often the connection breaks, beginning with the newest one.
 *
 * <p>A node's notifications are only a hint that there is something new: nodes leave out blocks when several become final at once,
 * and a broken connection loses some. Whatever is missing up to the newest number that this very node called final is fetched by
 * number; each header must hash to what the node called it and name the one before as its parent. A node that says otherwise is
 * left, an alert is raised, and nothing is told until one agrees. All state belongs to the connection's thread.
 */
final class FinalizedBlocks {
    private static final Logger LOG = LoggerFactory.getLogger(FinalizedBlocks.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int PAUSE_DOUBLINGS_MAX = 6;

    private final JsonRpc rpc;
    private final HeaderRange range;
    private final Alerts alerts;
    private final FinalizedListener listener;
    private final HeadSource source;

    private @Nullable BlockRef last;
    /** Newest number that the node of this connection called final; another node may be behind. */
    private long target = -1;
    /** Answers of an earlier connection prove nothing about what this one calls final. */
    private int connection;

    private boolean fetching;
    private int contradictions;
    private boolean over;

    FinalizedBlocks(JsonRpc rpc, ChainClient chain, Alerts alerts, FinalizedListener listener) {
        this.rpc = rpc;
        this.range = new HeaderRange(chain);
        this.alerts = alerts;
        this.listener = listener;
        this.source = new HeadSource(rpc, new HeadSource.Listener() {
            @Override
            public void announced(Header header) {
                FinalizedBlocks.this.announced(header);
            }

            @Override
            public void lost(Throwable why) {
                FinalizedBlocks.this.lost(why);
            }
        });
    }

    void start() {
        if (!over) source.subscribe();
    }

    void cancel() {
        over = true;
        source.cancel();
    }

    /** The node's own view of the newest blocks, while there is one. */
    @Nullable
    ChainHead session() {
        return source.session();
    }

    private long next() {
        return last == null ? target : last.number() + 1;
    }

    private void announced(Header header) {
        if (over) return;
        target = Math.max(target, header.number());
        if (!fetching && header.number() == next()) deliver(header);
        fetch();
    }

    private void fetch() {
        if (over || fetching || next() > target) return;
        fetching = true;
        int asked = connection;
        CompletionStage<List<Header>> batch = range.fetch(next(), target);
        var _ = batch.whenComplete((headers, failure) -> {
            if (asked != connection) return;
            fetching = false;
            if (failure != null) {
                again(failure);
                return;
            }
            for (Header header : headers) if (!deliver(header)) return;
            // A node that does not know a block which it called final will announce the next one.
            if (!headers.isEmpty()) fetch();
        });
    }

    private boolean deliver(Header header) {
        if (over) return false;
        BlockRef block = header.ref();
        if (last != null && !header.parent().equals(last.hash())) {
            contradicted(last, block);
            return false;
        }
        last = block;
        if (contradictions > 0) alerts.raise(new ChainAlert.FinalityRestored(block));
        contradictions = 0;
        listener.block(header);
        return true;
    }

    private void contradicted(BlockRef known, BlockRef told) {
        contradictions++;
        alerts.raise(new ChainAlert.FinalityContradicted(known, told));
        rpc.distrust("it contradicts what was final: block " + told.number() + " " + told.hash());
    }

    /** What was asked did not come: a node that answers nonsense is left, else the same is asked again. */
    private void again(Throwable thrown) {
        if (over) return;
        Throwable failure = RpcException.unwrap(thrown);
        LOG.debug("finalized blocks are asked for again", failure);
        if (failure instanceof RpcException e && e.failure() instanceof RpcFailure.Malformed)
            rpc.distrust(String.valueOf(e.getMessage()));
        else rpc.later(PAUSE, this::fetch);
    }

    private void lost(Throwable why) {
        if (over) return;
        connection++;
        fetching = false;
        target = -1;
        if (why instanceof RpcException e && e.failure() instanceof RpcFailure.Closed) {
            over = true;
            listener.ended(e);
            return;
        }
        rpc.later(PAUSE.multipliedBy(1L << Math.min(contradictions, PAUSE_DOUBLINGS_MAX)), this::start);
    }
}
