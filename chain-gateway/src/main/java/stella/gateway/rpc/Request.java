package stella.gateway.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One question on its way. Owned by the client's thread. */
final class Request {
    final long id;
    final String method;
    final List<JsonNode> params;
    final CompletableFuture<JsonNode> answer = new CompletableFuture<>();

    /** Where the answer goes as a subscription; null for a plain request. */
    final @Nullable Subscriber subscriber;

    @Nullable
    Future<?> timer;

    Request(long id, String method, List<JsonNode> params, @Nullable Subscriber subscriber) {
        this.id = id;
        this.method = method;
        this.params = params;
        this.subscriber = subscriber;
    }

    void fail(RpcFailure failure) {
        if (timer != null) timer.cancel(false);
        answer.completeExceptionally(new RpcException(method, failure));
    }

    void succeed(JsonNode value) {
        if (timer != null) timer.cancel(false);
        answer.complete(value);
    }

    /** A listener and whether it still wants to hear. */
    static final class Subscriber {
        final JsonRpc.Topic topic;
        final JsonRpc.Listener listener;
        boolean cancelled;

        Subscriber(JsonRpc.Topic topic, JsonRpc.Listener listener) {
            this.topic = topic;
            this.listener = listener;
        }
    }
}
