package stella.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.gateway.rpc.JsonRpc;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcFailure;

/**
 * Hears from a node which blocks are final: by the {@code chainHead_v1} family where the node lists all of it, else by the legacy
 * subscription. Each connection is asked anew, since the next node may be another program.
 */
final class HeadSource {
    private static final Logger LOG = LoggerFactory.getLogger(HeadSource.class);
    private static final JsonRpc.Topic LEGACY =
            new JsonRpc.Topic("chain_subscribeFinalizedHeads", "chain_unsubscribeFinalizedHeads");
    private static final int METHODS_MAX = 1024;

    private final JsonRpc rpc;
    private final Listener listener;
    private boolean over;
    private JsonRpc.@Nullable Subscription subscription;
    private volatile @Nullable ChainHead session;

    interface Listener {
        void announced(Header header);

        /** There is no subscription, or no more; who wants one subscribes again. */
        void lost(Throwable why);
    }

    HeadSource(JsonRpc rpc, Listener listener) {
        this.rpc = rpc;
        this.listener = listener;
    }

    void subscribe() {
        var _ = methods().whenComplete((methods, failure) -> {
            if (failure != null) lost(failure);
            else if (over) LOG.trace("ended before the node said what it can do");
            else if (methods.containsAll(ChainHead.METHODS)) subscribeHead();
            else subscribeLegacy();
        });
    }

    void cancel() {
        over = true;
        if (subscription != null) subscription.cancel();
        session = null;
    }

    @Nullable
    ChainHead session() {
        return session;
    }

    private CompletionStage<Set<String>> methods() {
        return rpc.call("rpc_methods", List.of())
                .thenApply(HeadSource::names)
                .exceptionallyCompose(failure -> RpcException.unwrap(failure) instanceof RpcException e
                                && e.failure() instanceof RpcFailure.Refused
                        ? CompletableFuture.completedStage(Set.of())
                        : CompletableFuture.failedStage(failure));
    }

    private static Set<String> names(JsonNode node) {
        JsonNode methods = node.path("methods");
        if (!methods.isArray() || methods.size() > METHODS_MAX)
            throw new Answer("rpc_methods").malformed("a list of methods", node);
        Set<String> names = new HashSet<>();
        for (JsonNode method : methods) names.add(method.asText());
        return names;
    }

    private void subscribeHead() {
        ChainHead head = new ChainHead(rpc, new ChainHead.Listener() {
            @Override
            public void finalized(Header header) {
                if (!over) listener.announced(header);
            }

            @Override
            public void ended(Throwable why) {
                lost(why);
            }
        });
        session = head;
        granted(head.follow());
    }

    private void subscribeLegacy() {
        granted(rpc.subscribe(LEGACY, List.of(), new JsonRpc.Listener() {
            @Override
            public void item(JsonNode item) {
                if (over) return;
                Header header;
                try {
                    header = new Answer(LEGACY.subscribe()).header(item);
                } catch (RpcException malformed) {
                    LOG.warn("an announcement of the node is left out: {}", malformed.getMessage());
                    return;
                }
                listener.announced(header);
            }

            @Override
            public void lost(RpcException why) {
                HeadSource.this.lost(why);
            }
        }));
    }

    private void granted(CompletionStage<JsonRpc.Subscription> asked) {
        var _ = asked.whenComplete((granted, failure) -> {
            if (failure != null) lost(failure);
            else if (over) granted.cancel();
            else subscription = granted;
        });
    }

    private void lost(Throwable why) {
        session = null;
        subscription = null;
        if (!over) listener.lost(RpcException.unwrap(why));
    }
}
