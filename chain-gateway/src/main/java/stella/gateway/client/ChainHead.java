package stella.gateway.client;

import static stella.gateway.client.Answer.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import stella.gateway.rpc.JsonRpc;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcFailure;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * One {@code chainHead_v1_follow}: the node's newest blocks, held by it while they are pinned here, so that whatever is asked about
 * them is answered from one view.
 *
 * <p>Pinned are the blocks not final yet and the last {@link #PINNED} final ones. Reads of other blocks, and those that the node
 * has no room for, fail as {@link Unpinned}: whoever asked takes another way. All state but the pinned blocks and the operations
 * belongs to the connection's thread.
 */
final class ChainHead {
    static final Set<String> METHODS = Set.of(
            "chainHead_v1_follow",
            "chainHead_v1_unfollow",
            "chainHead_v1_header",
            "chainHead_v1_body",
            "chainHead_v1_storage",
            "chainHead_v1_call",
            "chainHead_v1_continue",
            "chainHead_v1_stopOperation",
            "chainHead_v1_unpin");

    private static final JsonRpc.Topic FOLLOW = new JsonRpc.Topic("chainHead_v1_follow", "chainHead_v1_unfollow");
    private static final int PINNED = 32;
    private static final int HASHES_MAX = 4096;
    /** Many more than a node works on at a time; what it tells of further ones is of no operation that was asked for. */
    private static final int OPERATIONS_MAX = 1024;

    private final JsonRpc rpc;
    private final Listener listener;
    private final Answer answer = new Answer("chainHead_v1_followEvent");
    private final Set<Hash> pinned = ConcurrentHashMap.newKeySet();
    private final Deque<Hash> finalized = new ArrayDeque<>();
    /** By their id. The answer that names an operation may be handled by the thread that asked, after its first parts have come here. */
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();

    private CompletionStage<?> told = CompletableFuture.completedStage(null);
    private volatile JsonRpc.@Nullable Subscription subscription;
    private volatile boolean over;

    interface Listener {
        void finalized(Header header);

        void ended(Throwable why);
    }

    /** Not to be had this way; another way may be open. */
    static final class Unpinned extends RuntimeException {
        Unpinned(String why) {
            super(why, null, false, false);
        }
    }

    /** Something that the node works on; its parts arrive one by one. */
    private static final class Operation {
        final CompletableFuture<List<JsonNode>> done = new CompletableFuture<>();
        final List<JsonNode> items = new ArrayList<>();
    }

    ChainHead(JsonRpc rpc, Listener listener) {
        this.rpc = rpc;
        this.listener = listener;
    }

    CompletionStage<JsonRpc.Subscription> follow() {
        return rpc.subscribe(FOLLOW, List.of(BooleanNode.TRUE), new JsonRpc.Listener() {
                    @Override
                    public void item(JsonNode item) {
                        try {
                            event(item);
                        } catch (RpcException malformed) {
                            end(malformed);
                            rpc.distrust(String.valueOf(malformed.getMessage()));
                        }
                    }

                    @Override
                    public void lost(RpcException why) {
                        end(why);
                    }
                })
                .thenApply(granted -> {
                    subscription = granted;
                    return granted;
                });
    }

    boolean isPinned(Hash block) {
        return pinned.contains(block);
    }

    CompletionStage<Header> header(Hash block) {
        Answer header = new Answer("chainHead_v1_header");
        return ask("chainHead_v1_header", json(block))
                .thenApply(node -> header.reading(() -> Header.decode(header.bytes(node))));
    }

    CompletionStage<List<Bytes>> body(Hash block) {
        return operation("chainHead_v1_body", json(block))
                .thenApply(items -> answer.list(items.getFirst().path("value")));
    }

    CompletionStage<Bytes> call(String function, Bytes arguments, Hash block) {
        return operation("chainHead_v1_call", json(block), json(function), json(arguments))
                .thenApply(items -> answer.bytes(items.getFirst().path("output")));
    }

    CompletionStage<Optional<Bytes>> storage(Bytes key, Hash block) {
        JsonNode wanted = JsonNodeFactory.instance
                .arrayNode()
                .add(JsonNodeFactory.instance
                        .objectNode()
                        .put("key", key.toHex0x())
                        .put("type", "value"));
        return operation("chainHead_v1_storage", json(block), wanted, JsonNodeFactory.instance.nullNode())
                .thenApply(items -> items.stream()
                        .filter(item -> answer.bytes(item.path("key")).equals(key))
                        .findFirst()
                        .map(item -> answer.bytes(item.path("value"))));
    }

    private void event(JsonNode event) {
        if (over) return;
        switch (event.path("event").asText()) {
            case "initialized" -> {
                List<Hash> hashes = hashes(event.path("finalizedBlockHashes"));
                if (hashes.isEmpty()) throw answer.malformed("at least one finalized block", event);
                pinned.addAll(hashes);
                finalized.addAll(hashes);
                tell(hashes.getLast());
            }
            case "newBlock" -> pinned.add(answer.hash(event.path("blockHash")));
            case "finalized" -> {
                List<Hash> hashes = hashes(event.path("finalizedBlockHashes"));
                finalized.addAll(hashes);
                hashes.forEach(this::tell);
                unpin(hashes(event.path("prunedBlockHashes")));
                List<Hash> old = new ArrayList<>();
                while (finalized.size() > PINNED) old.add(finalized.removeFirst());
                unpin(old);
            }
            case "operationBodyDone", "operationCallDone" -> done(event, List.of(event));
            case "operationStorageItems" ->
                operation(event).ifPresent(operation -> event.path("items").forEach(operation.items::add));
            case "operationStorageDone" -> operation(event).ifPresent(operation -> done(event, operation.items));
            case "operationWaitingForContinue" -> ask("chainHead_v1_continue", event.path("operationId"));
            case "operationInaccessible" -> fail(event, new Unpinned("the node cannot reach the block's data"));
            case "operationError" ->
                fail(
                        event,
                        new RpcException(
                                "chainHead_v1",
                                new RpcFailure.Refused(0, event.path("error").asText(), "")));
            case "stop" ->
                end(new RpcException(
                        FOLLOW.subscribe(),
                        new RpcFailure.Disconnected("the node stopped following the chain for us")));
            default -> {} // bestBlockChanged, and whatever later versions add
        }
    }

    /** Headers come one after the other, in the order in which the blocks became final. */
    private void tell(Hash block) {
        told = told.thenCompose(_ -> header(block)).handle((header, failure) -> {
            if (failure == null && !over) {
                if (header.hash().equals(block)) listener.finalized(header);
                else rpc.distrust("the header of " + block + " hashes to " + header.hash());
            }
            // One that does not come is fetched by number when the next is announced.
            return null;
        });
    }

    private void unpin(List<Hash> blocks) {
        List<Hash> held = blocks.stream().filter(pinned::remove).toList();
        if (held.isEmpty()) return;
        var _ = ask(
                "chainHead_v1_unpin",
                JsonNodeFactory.instance
                        .arrayNode()
                        .addAll(held.stream().map(Answer::json).toList()));
    }

    private CompletionStage<JsonNode> ask(String method, JsonNode... params) {
        JsonRpc.Subscription granted = subscription;
        if (granted == null || over) return CompletableFuture.failedStage(new Unpinned("nothing is followed"));
        List<JsonNode> all = new ArrayList<>();
        all.add(json(granted.id()));
        all.addAll(List.of(params));
        return rpc.call(method, all);
    }

    private CompletionStage<List<JsonNode>> operation(String method, JsonNode... params) {
        return ask(method, params)
                .thenCompose(node -> {
                    if (!node.path("result").asText().equals("started"))
                        return CompletableFuture.failedStage(new Unpinned("the node works on too much already"));
                    String id = node.path("operationId").asText();
                    Operation operation = operations.computeIfAbsent(id, _ -> new Operation());
                    if (over) operation.done.completeExceptionally(new Unpinned("nothing is followed any more"));
                    var _ = operation.done.whenComplete((_, _) -> operations.remove(id, operation));
                    return operation.done;
                })
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(
                        RpcException.unwrap(failure) instanceof RpcException e
                                        && e.failure() instanceof RpcFailure.Refused refused
                                        && UNPINNED_CODES.contains(refused.code())
                                ? new Unpinned(refused.message())
                                : failure));
    }

    /** Too many operations; a block that is not pinned; a call without the runtime. */
    private static final Set<Integer> UNPINNED_CODES = Set.of(-32800, -32801, -32802);

    private Optional<Operation> operation(JsonNode event) {
        String id = event.path("operationId").asText();
        if (operations.size() >= OPERATIONS_MAX) return Optional.ofNullable(operations.get(id));
        return Optional.of(operations.computeIfAbsent(id, _ -> new Operation()));
    }

    private void done(JsonNode event, List<JsonNode> items) {
        operation(event).ifPresent(operation -> operation.done.complete(List.copyOf(items)));
    }

    private void fail(JsonNode event, RuntimeException failure) {
        operation(event).ifPresent(operation -> operation.done.completeExceptionally(failure));
    }

    private void end(RpcException why) {
        if (over) return;
        over = true;
        pinned.clear();
        List<Operation> unfinished = List.copyOf(operations.values());
        operations.clear();
        unfinished.forEach(each -> each.done.completeExceptionally(new Unpinned("nothing is followed any more")));
        listener.ended(why);
    }

    private List<Hash> hashes(JsonNode node) {
        if (!node.isArray() || node.size() > HASHES_MAX) throw answer.malformed("a list of hashes", node);
        List<Hash> hashes = new ArrayList<>();
        for (JsonNode each : node) hashes.add(answer.hash(each));
        return hashes;
    }
}
