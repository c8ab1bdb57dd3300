package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A stream of notifications on one connection, until either side ends it. */
final class RpcSubscription {
    private final RpcConnection connection;
    private final String id;
    private final String method;
    private final List<Runnable> cleanups = new ArrayList<>();
    private boolean ended;

    RpcSubscription(RpcConnection connection, String id, String method) {
        this.connection = connection;
        this.id = id;
        this.method = method;
    }

    String id() {
        return id;
    }

    String method() {
        return method;
    }

    /** Sends {@code result}; after the end, nothing happens. */
    synchronized void send(JsonNode result) {
        if (ended) return;
        ObjectNode notification = Json.object().put("jsonrpc", "2.0").put("method", method);
        notification.putObject("params").put("subscription", id).set("result", result);
        connection.send(notification);
    }

    /** Runs {@code cleanup} when the subscription ends, at once when it has ended. */
    void onEnd(Runnable cleanup) {
        synchronized (this) {
            if (!ended) {
                cleanups.add(cleanup);
                return;
            }
        }
        cleanup.run();
    }

    /** Nothing more will come; the client need not unsubscribe. */
    void finish() {
        connection.close(id);
    }

    void end() {
        List<Runnable> todo;
        synchronized (this) {
            if (ended) return;
            ended = true;
            todo = List.copyOf(cleanups);
        }
        todo.forEach(Runnable::run);
    }
}
