package stella.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import stella.gateway.metadata.RecordedMetadata;
import stella.gateway.rpc.TestNode;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** A node over a real socket whose chain grows when the test says so; it speaks {@code chainHead_v1} or only the legacy methods. */
final class ScriptedNode implements AutoCloseable {
    private final boolean chainHead;
    private final TestNode node;
    final List<Header> chain = new CopyOnWriteArrayList<>();
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    final Set<String> unpinned = java.util.concurrent.ConcurrentHashMap.newKeySet();
    private volatile TestNode.@Nullable Talk talk;
    private volatile boolean busy;
    private int operations;

    ScriptedNode(boolean chainHead, List<Header> chain) {
        this.chainHead = chainHead;
        this.chain.addAll(chain);
        this.node = new TestNode(this::answer, chain.getFirst().hash().toString(), "");
    }

    static List<Header> headers(int count) {
        List<Header> headers = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Hash parent = headers.isEmpty() ? Hash.ZERO : headers.getLast().hash();
            headers.add(new Header(number, parent, Hash.ZERO, Hash.ZERO, List.of()));
        }
        return headers;
    }

    URI uri() {
        return node.uri();
    }

    /** Its next operations find no room. */
    void busy() {
        busy = true;
    }

    /** Tells that {@code header} is new and final. */
    void finalizes(Header header) {
        chain.add(header);
        try {
            if (chainHead) {
                event("newBlock")
                        .put("blockHash", header.hash().toString())
                        .put("parentBlockHash", header.parent().toString());
                send();
                event("bestBlockChanged").put("bestBlockHash", header.hash().toString());
                send();
                event("finalized");
                event.putArray("finalizedBlockHashes").add(header.hash().toString());
                event.putArray("prunedBlockHashes");
                send();
            } else talk().item("legacy", FakeRpc.json(header).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stopsFollowing() {
        try {
            event("stop");
            send();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void says(String event) {
        try {
            talk().item("head", event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        node.close();
    }

    private TestNode.Talk talk() {
        return Objects.requireNonNull(talk, "nobody follows yet");
    }

    private ObjectNode event = JsonNodeFactory.instance.objectNode();

    private ObjectNode event(String name) {
        event = JsonNodeFactory.instance.objectNode().put("event", name);
        return event;
    }

    private void send() throws IOException {
        talk().item("head", event.toString());
    }

    private synchronized void answer(TestNode.Talk on, JsonNode request) throws IOException {
        String method = request.get("method").asText();
        JsonNode params = request.get("params");
        asked.add(method);
        switch (method) {
            case "rpc_methods" -> on.result(request, "{\"methods\":[" + listed() + "]}");
            case "chain_getFinalizedHead" ->
                on.result(request, text(chain.getLast().hash()));
            case "state_getRuntimeVersion" -> on.result(request, Clients.VERSION);
            case "state_call" -> on.result(request, text(metadata(params.get(0).asText())));
            case "chain_getBlockHash" -> {
                int number = params.get(0).asInt();
                on.result(
                        request, number < chain.size() ? text(chain.get(number).hash()) : "null");
            }
            case "chain_getHeader" ->
                on.result(request, FakeRpc.json(find(params.get(0))).toString());
            case "state_getStorage" -> on.result(request, "\"0x1e\"");
            case "chain_subscribeFinalizedHeads" -> {
                talk = on;
                on.result(request, "\"legacy\"");
                on.item("legacy", FakeRpc.json(chain.getLast()).toString());
            }
            default -> {
                if (chainHead && method.startsWith("chainHead_v1_")) head(on, request, method, params);
                else on.error(request, "{\"code\":-32601,\"message\":\"Method not found\"}");
            }
        }
    }

    private void head(TestNode.Talk on, JsonNode request, String method, JsonNode params) throws IOException {
        switch (method) {
            case "chainHead_v1_follow" -> {
                talk = on;
                on.result(request, "\"head\"");
                event("initialized")
                        .putArray("finalizedBlockHashes")
                        .add(chain.getLast().hash().toString());
                send();
            }
            case "chainHead_v1_header" ->
                on.result(request, text(find(params.get(1)).encoded()));
            case "chainHead_v1_unpin" -> {
                params.get(1).forEach(hash -> unpinned.add(hash.asText()));
                on.result(request, "null");
            }
            case "chainHead_v1_body" ->
                operation(
                        on,
                        request,
                        id -> "{\"event\":\"operationBodyDone\",\"operationId\":\"" + id
                                + "\",\"value\":[\"0x0801ff\"]}");
            case "chainHead_v1_call" ->
                operation(
                        on,
                        request,
                        id -> "{\"event\":\"operationCallDone\",\"operationId\":\"" + id
                                + "\",\"output\":\"0x2a000000\"}");
            case "chainHead_v1_storage" -> {
                operation(
                        on,
                        request,
                        id -> "{\"event\":\"operationStorageItems\",\"operationId\":\"" + id + "\",\"items\":[{\"key\":"
                                + params.get(2).get(0).get("key") + ",\"value\":\"0x17\"}]}");
                if (!busy)
                    on.item("head", "{\"event\":\"operationStorageDone\",\"operationId\":\"" + operations + "\"}");
            }
            default -> on.result(request, "null");
        }
    }

    private void operation(TestNode.Talk on, JsonNode request, java.util.function.IntFunction<String> done)
            throws IOException {
        if (busy) {
            on.result(request, "{\"result\":\"limitReached\"}");
            return;
        }
        int id = ++operations;
        on.result(request, "{\"result\":\"started\",\"operationId\":\"" + id + "\"}");
        on.item("head", done.apply(id));
    }

    private String listed() {
        Set<String> methods = new HashSet<>(Set.of("chain_getBlockHash", "state_call"));
        if (chainHead) methods.addAll(ChainHead.METHODS);
        return methods.stream().map(method -> "\"" + method + "\"").collect(Collectors.joining(","));
    }

    private Header find(JsonNode hash) {
        return chain.stream()
                .filter(header -> header.hash().toString().equals(hash.asText()))
                .findFirst()
                .orElseThrow();
    }

    private static Bytes metadata(String function) {
        return function.equals("Metadata_metadata_versions")
                ? Bytes.hex("080e0000000f000000")
                : new ScaleWriter()
                        .option(java.util.Optional.of(RecordedMetadata.encoded(15)), ScaleWriter::bytes)
                        .toBytes();
    }

    private static String text(Hash hash) {
        return "\"" + hash + "\"";
    }

    private static String text(Bytes bytes) {
        return "\"" + bytes.toHex0x() + "\"";
    }
}
