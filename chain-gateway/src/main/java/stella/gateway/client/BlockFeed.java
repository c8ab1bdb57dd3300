package stella.gateway.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.gateway.rpc.JsonRpc;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcFailure;

/**
 * One subscription of finalized blocks for all that follow them. Who wants earlier blocks than the feed has is brought up to it by
 * number first. The subscription ends with the last follower. All state belongs to the connection's thread.
 */
final class BlockFeed {
    private static final Logger LOG = LoggerFactory.getLogger(BlockFeed.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JsonRpc rpc;
    private final ChainClient chain;
    private final Alerts alerts;
    private final List<Follower> followers = new ArrayList<>();
    private volatile @Nullable FinalizedBlocks upstream;
    private @Nullable Header newest;

    BlockFeed(JsonRpc rpc, ChainClient chain, Alerts alerts) {
        this.rpc = rpc;
        this.chain = chain;
        this.alerts = alerts;
    }

    Runnable follow(long first, FinalizedListener listener) {
        Follower follower = new Follower(first, listener);
        rpc.later(Duration.ZERO, () -> join(follower));
        return () -> rpc.later(Duration.ZERO, () -> leave(follower));
    }

    /** The node's own view of the newest blocks, while it is followed by {@code chainHead_v1}. */
    @Nullable
    ChainHead session() {
        FinalizedBlocks blocks = upstream;
        return blocks == null ? null : blocks.session();
    }

    private void join(Follower follower) {
        if (follower.over) return;
        followers.add(follower);
        Header head = newest;
        if (head != null) follower.see(head);
        if (upstream != null) return;
        FinalizedBlocks blocks = new FinalizedBlocks(rpc, chain, alerts, new FinalizedListener() {
            @Override
            public void block(Header header) {
                newest = header;
                chain.told(header);
                List.copyOf(followers).forEach(each -> each.see(header));
            }

            @Override
            public void ended(RpcException why) {
                List<Follower> all = List.copyOf(followers);
                followers.clear();
                all.forEach(each -> each.end(why));
            }
        });
        upstream = blocks;
        blocks.start();
    }

    private void leave(Follower follower) {
        follower.over = true;
        followers.remove(follower);
        FinalizedBlocks blocks = upstream;
        if (!followers.isEmpty() || blocks == null) return;
        blocks.cancel();
        upstream = null;
        newest = null;
    }

    /** Somebody who hears of blocks, and the next one to be heard of. */
    private final class Follower {
        private final FinalizedListener listener;
        private long next;
        private @Nullable Header last;
        private boolean fetching;
        private boolean over;

        Follower(long first, FinalizedListener listener) {
            this.next = first;
            this.listener = listener;
        }

        /** The newest finalized block is {@code head} now. */
        void see(Header head) {
            if (over || fetching) return;
            if (next < 0) next = head.number();
            if (head.number() == next) deliver(head);
            else if (head.number() > next) catchUp();
        }

        private void catchUp() {
            Header head = newest;
            if (over || fetching || head == null || next > head.number()) return;
            fetching = true;
            var _ = new HeaderRange(chain).fetch(next, head.number()).whenComplete((headers, failure) -> {
                fetching = false;
                if (failure != null) {
                    again(RpcException.unwrap(failure));
                    return;
                }
                for (Header header : headers) if (!deliver(header)) break;
                if (headers.isEmpty()) rpc.later(PAUSE, this::catchUp);
                else catchUp();
            });
        }

        private void again(Throwable failure) {
            if (over) return;
            LOG.debug("earlier blocks are asked for again", failure);
            if (failure instanceof RpcException e && e.failure() instanceof RpcFailure.Malformed)
                rpc.distrust(String.valueOf(e.getMessage()));
            rpc.later(PAUSE, this::catchUp);
        }

        private boolean deliver(Header header) {
            if (over || header.number() != next) return false;
            Header before = last;
            if (before != null && !header.parent().equals(before.hash())) {
                alerts.raise(new ChainAlert.FinalityContradicted(before.ref(), header.ref()));
                return false;
            }
            last = header;
            next++;
            listener.block(header);
            return true;
        }

        void end(RpcException why) {
            if (over) return;
            over = true;
            listener.ended(why);
        }
    }
}
