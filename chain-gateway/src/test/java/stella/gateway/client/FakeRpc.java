package stella.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import stella.gateway.rpc.JsonRpc;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcFailure;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** A node on the test's own thread: answers from a script, a chain of headers, and pauses that end when the test says so. */
final class FakeRpc implements JsonRpc {
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<Header> chain = new ArrayList<>();
    final List<Listener> subscribers = new ArrayList<>();
    final Map<String, Integer> asked = new HashMap<>();
    final List<String> distrusted = new ArrayList<>();
    private final Map<String, Function<List<JsonNode>, JsonNode>> scripts = new HashMap<>();
    private final Deque<Runnable> pauses = new ArrayDeque<>();

    FakeRpc() {
        on("chain_getBlockHash", params -> {
            int number = params.getFirst().asInt();
            return number < chain.size() ? text(chain.get(number).hash().toString()) : NullNode.getInstance();
        });
        on("chain_getHeader", params -> json(byHash(Hash.hex(params.getFirst().asText()))));
        on("chain_getFinalizedHead", _ -> text(chain.getLast().hash().toString()));
    }

    FakeRpc on(String method, Function<List<JsonNode>, JsonNode> script) {
        scripts.put(method, script);
        return this;
    }

    /** Lets {@code method} fail from now on. */
    FakeRpc failing(String method, RpcFailure failure) {
        return on(method, _ -> {
            throw new RpcException(method, failure);
        });
    }

    /** Adds headers until the chain has {@code count} of them. */
    FakeRpc grow(int count) {
        while (chain.size() < count) {
            Hash parent = chain.isEmpty() ? Hash.ZERO : chain.getLast().hash();
            chain.add(new Header(chain.size(), parent, Hash.ZERO, Hash.ZERO, List.of()));
        }
        return this;
    }

    void announce(int number) {
        tell(json(chain.get(number)));
    }

    void tell(JsonNode item) {
        List.copyOf(subscribers).forEach(listener -> listener.item(item));
    }

    void disconnect() {
        List<Listener> lost = List.copyOf(subscribers);
        subscribers.clear();
        lost.forEach(
                listener -> listener.lost(new RpcException("test", new RpcFailure.Disconnected("the test says so"))));
    }

    /** Lets all pauses end, and those that begin meanwhile wait. */
    void pass() {
        List<Runnable> due = new ArrayList<>(pauses);
        pauses.clear();
        due.forEach(Runnable::run);
    }

    boolean isPausing() {
        return !pauses.isEmpty();
    }

    @Override
    public CompletionStage<JsonNode> call(String method, List<JsonNode> params) {
        asked.merge(method, 1, Integer::sum);
        Function<List<JsonNode>, JsonNode> script = scripts.get(method);
        if (script == null)
            return CompletableFuture.failedStage(
                    new RpcException(method, new RpcFailure.Refused(-32601, "Method not found", "")));
        try {
            return CompletableFuture.completedStage(script.apply(params));
        } catch (RpcException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<Subscription> subscribe(Topic topic, List<JsonNode> params, Listener listener) {
        return call(topic.subscribe(), params)
                .exceptionally(failure -> {
                    if (scripts.containsKey(topic.subscribe())) throw (RpcException) RpcException.unwrap(failure);
                    return text("1");
                })
                .thenApply(_ -> {
                    subscribers.add(listener);
                    return new Subscription() {
                        @Override
                        public String id() {
                            return "1";
                        }

                        @Override
                        public void cancel() {
                            subscribers.remove(listener);
                        }
                    };
                });
    }

    @Override
    public void distrust(String why) {
        distrusted.add(why);
        disconnect();
    }

    @Override
    public void later(Duration pause, Runnable task) {
        pauses.add(task);
    }

    static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    static JsonNode text(Bytes bytes) {
        return text(bytes.toHex0x());
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode json(Header header) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("number", "0x" + Long.toHexString(header.number()));
        node.put("parentHash", header.parent().toString());
        node.put("stateRoot", header.stateRoot().toString());
        node.put("extrinsicsRoot", header.extrinsicsRoot().toString());
        var logs = node.putObject("digest").putArray("logs");
        header.digest().forEach(item -> logs.add(item.toHex0x()));
        return node;
    }

    private Header byHash(Hash hash) {
        return chain.stream()
                .filter(header -> header.hash().equals(hash))
                .findFirst()
                .orElseThrow();
    }
}
