package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * One WebSocket and its subscriptions. What is sent waits in a bounded buffer; a client that reads too slowly for it loses the connection, so that it
 * notices, rather than single notifications.
 */
final class RpcConnection {
    private static final int SUBSCRIPTIONS_MAX = 1024;
    private static final AtomicLong COUNTER = new AtomicLong();

    private final Map<String, RpcSubscription> subscriptions = new ConcurrentHashMap<>();
    private final Predicate<String> sender;
    private final Runnable hangUp;
    private final String prefix = Long.toString(COUNTER.incrementAndGet(), 36);
    private final AtomicLong next = new AtomicLong();
    private volatile boolean closed;

    /**
     * @param sender puts a text into the buffer; false when it is full
     * @param hangUp closes the connection
     */
    RpcConnection(Predicate<String> sender, Runnable hangUp) {
        this.sender = sender;
        this.hangUp = hangUp;
    }

    void send(JsonNode message) {
        if (closed) return;
        if (!sender.test(Json.write(message))) {
            close();
            hangUp.run();
        }
    }

    synchronized RpcSubscription open(String method) {
        if (subscriptions.size() >= SUBSCRIPTIONS_MAX)
            throw new RpcException(
                    -32006, "Too many subscriptions on the connection", "Exceeded max limit of " + SUBSCRIPTIONS_MAX);
        String id = prefix + "-" + Long.toString(next.incrementAndGet(), 36);
        RpcSubscription subscription = new RpcSubscription(this, id, method);
        subscriptions.put(id, subscription);
        if (closed) close(id);
        return subscription;
    }

    boolean has(String id) {
        return subscriptions.containsKey(id);
    }

    int count(String method) {
        return (int) subscriptions.values().stream()
                .filter(subscription -> subscription.method().equals(method))
                .count();
    }

    boolean close(String id) {
        RpcSubscription subscription = subscriptions.remove(id);
        if (subscription == null) return false;
        subscription.end();
        return true;
    }

    /** The connection is gone: all subscriptions end. */
    void close() {
        closed = true;
        for (String id : List.copyOf(subscriptions.keySet())) close(id);
    }
}
