package stella.gateway.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A way to ask a node. Stages complete, and listeners are called, one after another on one thread of the implementation: what
 * they do must be short and must not block.
 */
public interface JsonRpc {
    /** Asks once. The stage completes with the result, or exceptionally with an {@link RpcException}. */
    CompletionStage<JsonNode> call(String method, List<JsonNode> params);

    /** Asks for a stream of items; the stage completes when the node has agreed. */
    CompletionStage<Subscription> subscribe(Topic topic, List<JsonNode> params, Listener listener);

    /** Runs {@code task} after {@code pause} on the implementation's thread, unless it is closed by then. */
    void later(Duration pause, Runnable task);

    /** Leaves the node that is asked now, because it said something that cannot be true; the next endpoint is tried. */
    void distrust(String why);

    /** A subscription by the names of the methods that begin and end it. */
    record Topic(String subscribe, String unsubscribe) {}

    /** What a subscriber hears: items, and at last that there will be no more. */
    interface Listener {
        void item(JsonNode item);

        /** The connection was lost or the client closed; who wants more subscribes again. */
        void lost(RpcException why);
    }

    /** A running subscription. */
    interface Subscription {
        /** The node's own name for it. */
        String id();

        /** Ends it; after this the listener hears nothing more. */
        void cancel();
    }
}
