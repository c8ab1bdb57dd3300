package stella.devchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A small JSON-RPC client over a real WebSocket, for tests. Every wait has an end. */
public final class RpcClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<JsonNode>> notifications = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> unasked = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    public RpcClient(URI uri) {
        socket = http.newWebSocketBuilder().buildAsync(uri, new Receiver()).join();
    }

    /** The whole answer, with its result or error. */
    public JsonNode ask(String method, @Nullable Object... params) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method);
        ArrayNode list = request.putArray("params");
        for (Object param : params) list.addPOJO(param);
        sendText(request.toString());
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** The result; an error fails the test. */
    public JsonNode result(String method, @Nullable Object... params) {
        JsonNode answer = ask(method, params);
        if (answer.has("error")) throw new AssertionError(method + ": " + answer.get("error"));
        return answer.get("result");
    }

    /** The next notification of a subscription. */
    public JsonNode next(String subscription) {
        return poll(queue(subscription), "a notification");
    }

    /** The next message that answers no request and belongs to no subscription. */
    public JsonNode nextUnasked() {
        return poll(unasked, "a message");
    }

    public void sendText(String text) {
        socket.sendText(text, true).join();
    }

    public void sendPart(String text) {
        socket.sendText(text, false).join();
    }

    /** Waits until the server has closed the connection. */
    public void awaitClosed() {
        closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }

    private static JsonNode poll(BlockingQueue<JsonNode> queue, String what) {
        try {
            JsonNode message = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) throw new AssertionError("no " + what + " within " + PATIENCE_SECONDS + " s");
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private BlockingQueue<JsonNode> queue(String subscription) {
        return notifications.computeIfAbsent(subscription, _ -> new LinkedBlockingQueue<>());
    }

    private void received(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonNode subscription = message.at("/params/subscription");
        CompletableFuture<JsonNode> answer =
                message.path("id").isInt() ? pending.remove(message.get("id").intValue()) : null;
        if (subscription.isTextual()) queue(subscription.textValue()).add(message.at("/params/result"));
        else if (answer != null) answer.complete(message);
        else unasked.add(message);
    }

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete(-1);
        }
    }
}
