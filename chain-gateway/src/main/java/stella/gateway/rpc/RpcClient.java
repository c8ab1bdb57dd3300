package stella.gateway.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a node over a WebSocket and keeps the connection up.
 *
 * <p>Requests made while there is no connection wait for one, as long as their timeout allows. When a connection is lost, what was
 * sent over it fails as {@link RpcFailure.Disconnected} (whoever asked knows whether asking twice is harmless), subscribers are
 * told, and the next endpoint is tried after a pause that doubles up to its bound. A node of another chain than the first one is
 * never used: each new connection begins by comparing genesis hashes.
 *
 * <p>All state belongs to one thread, {@code stella-rpc}; stages complete on it.
 */
public final class RpcClient implements JsonRpc, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RpcClient.class);
    private static final int EARLY_ITEMS_MAX = 256;
    private static final String GREETING = "chain_getBlockHash";

    private final RpcSettings settings;
    private final Frames frames;
    private final Wire wire;
    private final ScheduledThreadPoolExecutor loop;

    private final AtomicLong nextId = new AtomicLong(1);

    /** Every request without an answer, so that closing leaves none behind, not even one that this thread has not seen yet. */
    private final Set<Request> unanswered = ConcurrentHashMap.newKeySet();

    private final Deque<Request> waiting = new ArrayDeque<>();
    private final Map<Long, Request> sent = new LinkedHashMap<>();
    private final Map<String, Request.Subscriber> subscribers = new HashMap<>();
    /** Items that overtook the answer which names their subscription. */
    private final Map<String, List<JsonNode>> early = new HashMap<>();

    private Wire.@Nullable Connection connection;
    private boolean ready;
    private boolean closed;
    private int attempt;
    private int endpoint;
    private @Nullable String genesis;

    private RpcClient(RpcSettings settings) {
        this.settings = settings;
        this.frames = new Frames(settings.messageBytesMax());
        this.wire = new Wire(settings.messageBytesMax());
        this.loop = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "stella-rpc");
            thread.setDaemon(true);
            return thread;
        });
        loop.setRemoveOnCancelPolicy(true);
    }

    /** Begins to connect and returns at once. */
    public static RpcClient open(RpcSettings settings) {
        RpcClient client = new RpcClient(settings);
        client.onLoop(client::connect);
        return client;
    }

    @Override
    public CompletionStage<JsonNode> call(String method, List<JsonNode> params) {
        return begin(method, params, null).answer;
    }

    @Override
    public CompletionStage<Subscription> subscribe(Topic topic, List<JsonNode> params, Listener listener) {
        Request.Subscriber subscriber = new Request.Subscriber(topic, listener);
        return begin(topic.subscribe(), params, subscriber)
                .answer
                .thenApply(id -> new Granted(id.asText(), subscriber));
    }

    private final class Granted implements Subscription {
        private final String id;
        private final Request.Subscriber subscriber;

        Granted(String id, Request.Subscriber subscriber) {
            this.id = id;
            this.subscriber = subscriber;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void cancel() {
            onLoop(() -> RpcClient.this.cancel(id, subscriber));
        }
    }

    @Override
    public void distrust(String why) {
        onLoop(() -> {
            if (connection != null) lost(connection, why);
        });
    }

    @Override
    public void later(Duration pause, Runnable task) {
        try {
            var _ = after(pause, task);
        } catch (RejectedExecutionException e) {
            LOG.trace("closed before the pause was over", e);
        }
    }

    /** Ends the connection; everything that waits fails as {@link RpcFailure.Closed}. */
    @Override
    public void close() {
        onLoop(() -> {
            closed = true;
            if (connection != null) connection.close();
            connection = null;
            failAll(new RpcFailure.Closed(), true);
            loop.shutdownNow();
            wire.close();
            unanswered.forEach(request -> request.fail(new RpcFailure.Closed()));
        });
    }

    private Request begin(String method, List<JsonNode> params, Request.@Nullable Subscriber subscriber) {
        Request request = new Request(nextId.getAndIncrement(), method, List.copyOf(params), subscriber);
        unanswered.add(request);
        var _ = request.answer.whenComplete((_, _) -> unanswered.remove(request));
        if (!onLoop(() -> accept(request))) request.fail(new RpcFailure.Closed());
        return request;
    }

    private void accept(Request request) {
        int pending = waiting.size() + sent.size();
        if (closed) request.fail(new RpcFailure.Closed());
        else if (pending >= settings.requestsMax()) request.fail(new RpcFailure.Overloaded(pending));
        else {
            request.timer = after(settings.requestTimeout(), () -> timedOut(request));
            if (ready) send(request);
            else waiting.add(request);
        }
    }

    private void send(Request request) {
        if (connection == null) throw new IllegalStateException("no connection to send over");
        sent.put(request.id, request);
        if (!connection.send(Frames.request(request.id, request.method, request.params)))
            lost(connection, "the connection takes no more requests");
    }

    private void timedOut(Request request) {
        waiting.remove(request);
        // A subscription that the node grants later would run for nobody: its request stays, so that it can be ended.
        if (request.subscriber != null) request.subscriber.cancelled = true;
        else sent.remove(request.id);
        request.fail(new RpcFailure.TimedOut(settings.requestTimeout()));
    }

    private void connect() {
        if (closed) return;
        URI target = settings.endpoints().get(endpoint % settings.endpoints().size());
        connection = wire.connect(target, new Wire.Events() {
            @Override
            public void opened(Wire.Connection on) {
                onLoop(() -> greet(on, target));
            }

            @Override
            public void message(Wire.Connection on, String text) {
                onLoop(() -> received(on, text));
            }

            @Override
            public void ended(Wire.Connection on, String why) {
                onLoop(() -> lost(on, why));
            }
        });
    }

    private void greet(Wire.Connection on, URI target) {
        if (on != connection) return;
        Request greeting = new Request(nextId.getAndIncrement(), GREETING, List.of(IntNode.valueOf(0)), null);
        greeting.timer = after(settings.requestTimeout(), () -> lost(on, "no answer to the first request"));
        var _ = greeting.answer.whenComplete((hash, failure) -> {
            if (failure != null) lost(on, String.valueOf(failure.getMessage()));
            else greeted(on, target, hash.asText());
        });
        send(greeting);
    }

    private void greeted(Wire.Connection on, URI target, String hash) {
        if (on != connection) return;
        if (genesis == null) genesis = hash;
        if (!genesis.equals(hash)) {
            lost(on, target + " is a node of another chain: its genesis is " + hash + ", not " + genesis);
            return;
        }
        LOG.debug("connected to {}", target);
        attempt = 0;
        ready = true;
        while (ready && !waiting.isEmpty()) send(waiting.poll());
    }

    private void received(Wire.Connection on, String text) {
        if (on != connection) return;
        switch (frames.read(text)) {
            case Frames.Result(long id, JsonNode value) -> {
                Request request = sent.remove(id);
                if (request != null) answered(request, value);
            }
            case Frames.Refusal(long id, RpcFailure.Refused refused) -> {
                Request request = sent.remove(id);
                if (request != null) request.fail(refused);
            }
            case Frames.Notification(String subscription, JsonNode item) -> notified(subscription, item);
            case Frames.Unusable(String why) -> lost(on, "it sent " + why);
        }
    }

    private void answered(Request request, JsonNode value) {
        Request.Subscriber subscriber = request.subscriber;
        if (subscriber == null) {
            request.succeed(value);
            return;
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            request.fail(new RpcFailure.Malformed("a subscription without an id"));
            return;
        }
        String id = value.asText();
        subscribers.put(id, subscriber);
        if (subscriber.cancelled) cancel(id, subscriber);
        request.succeed(value);
        List<JsonNode> overtook = early.remove(id);
        if (overtook != null) overtook.forEach(item -> notified(id, item));
    }

    private void notified(String subscription, JsonNode item) {
        Request.Subscriber subscriber = subscribers.get(subscription);
        if (subscriber != null) subscriber.listener.item(item);
        else if (early.values().stream().mapToInt(List::size).sum() < EARLY_ITEMS_MAX
                && sent.values().stream().anyMatch(r -> r.subscriber != null))
            early.computeIfAbsent(subscription, _ -> new ArrayList<>()).add(item);
    }

    private void cancel(String id, Request.Subscriber subscriber) {
        subscriber.cancelled = true;
        if (!subscribers.remove(id, subscriber) || !ready) return;
        call(subscriber.topic.unsubscribe(), List.of(TextNode.valueOf(id)));
    }

    private void lost(Wire.Connection on, String why) {
        if (on != connection || closed) return;
        LOG.info(
                "connection to {} lost: {}",
                settings.endpoints().get(endpoint % settings.endpoints().size()),
                why);
        connection = null;
        ready = false;
        on.close();
        failAll(new RpcFailure.Disconnected(why), false);
        endpoint++;
        var _ = after(settings.backoff(attempt++), this::connect);
    }

    /** Fails what cannot be answered any more; requests that were not sent may wait for the next connection. */
    private void failAll(RpcFailure failure, boolean alsoWaiting) {
        List<Request> failed = new ArrayList<>(sent.values());
        sent.clear();
        early.clear();
        if (alsoWaiting) {
            failed.addAll(waiting);
            waiting.clear();
        }
        List<Request.Subscriber> ended = new ArrayList<>(subscribers.values());
        subscribers.clear();
        failed.forEach(request -> request.fail(failure));
        for (Request.Subscriber subscriber : ended) {
            RpcException why = new RpcException(subscriber.topic.subscribe(), failure);
            guarded(() -> subscriber.listener.lost(why));
        }
    }

    private Future<?> after(Duration pause, Runnable task) {
        return loop.schedule(() -> guarded(task), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs {@code task} on the client's thread; false when the client is closed. */
    private boolean onLoop(Runnable task) {
        try {
            loop.execute(() -> guarded(task));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a listener or our own code failed; the client goes on", e);
        }
    }
}
