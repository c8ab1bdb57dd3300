package stella.gateway.rpc;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How to reach a node.
 *
 * @param endpoints {@code ws://} or {@code wss://} URLs of nodes of the same chain; the next is taken when one fails
 * @param requestTimeout how long a request waits for its answer, time without a connection included
 * @param backoffMin pause before the first attempt to connect again; it doubles with each further one
 * @param backoffMax longest pause
 * @param requestsMax requests that may wait for an answer at once
 * @param messageBytesMax longest message of a node that is read
 */
public record RpcSettings(
        List<URI> endpoints,
        Duration requestTimeout,
        Duration backoffMin,
        Duration backoffMax,
        int requestsMax,
        int messageBytesMax) {

    public RpcSettings {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) throw new IllegalArgumentException("a node needs at least one endpoint");
        for (URI endpoint : endpoints)
            if ((!"ws".equals(endpoint.getScheme()) && !"wss".equals(endpoint.getScheme()))
                    || endpoint.getHost() == null)
                throw new IllegalArgumentException("a node's endpoint is a ws:// or wss:// URL, not " + endpoint);
        if (requestTimeout.compareTo(Duration.ZERO) <= 0
                || backoffMin.compareTo(Duration.ZERO) <= 0
                || backoffMax.compareTo(backoffMin) < 0)
            throw new IllegalArgumentException(
                    "timeouts and pauses are positive, and the longest pause is not the shortest");
    }

    /** Thirty seconds for a request, pauses of 0.2 to 10 seconds, 4,096 requests, 64 MiB for a message. */
    public static RpcSettings of(URI... endpoints) {
        return new RpcSettings(
                List.of(endpoints),
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                4096,
                64 << 20);
    }

    /** The pause before attempt {@code attempt}, counted from 0. */
    Duration backoff(int attempt) {
        Duration pause = backoffMin.multipliedBy(1L << Math.min(attempt, 20));
        return pause.compareTo(backoffMax) > 0 ? backoffMax : pause;
    }
}
