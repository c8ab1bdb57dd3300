package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import stella.devchain.chain.BlockTree;
import stella.devchain.chain.Chain;
import stella.devchain.trie.Trie;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** {@code chainHead_v1_*} of the JSON-RPC interface specification: the tree of blocks from the final one on, for light and heavy clients alike. */
final class ChainHeadMethods {
    private static final String EVENT = "chainHead_v1_followEvent";
    private static final int FOLLOWS_MAX = 2;

    private static final int TOO_MANY_FOLLOWS = -32800;
    private static final int NOT_PINNED = -32801;
    private static final int NO_RUNTIME = -32802;
    private static final int BAD_CONTINUE = -32803;
    private static final int DUPLICATE_HASHES = -32804;

    private final Chain chain;
    private final Map<String, Follow> follows = new ConcurrentHashMap<>();

    private ChainHeadMethods(Chain chain) {
        this.chain = chain;
    }

    static void addTo(RpcMethods methods, Chain chain) {
        ChainHeadMethods own = new ChainHeadMethods(chain);
        methods.add(own::follow, "chainHead_v1_follow")
                .add(own::unfollow, "chainHead_v1_unfollow")
                .add(own::header, "chainHead_v1_header")
                .add(own::body, "chainHead_v1_body")
                .add(own::call, "chainHead_v1_call")
                .add(own::storage, "chainHead_v1_storage")
                .add(own::goOn, "chainHead_v1_continue")
                .add(own::stopOperation, "chainHead_v1_stopOperation")
                .add(own::unpin, "chainHead_v1_unpin");
    }

    private JsonNode follow(RpcCall call) {
        boolean withRuntime = call.bool(0);
        if (call.subscriptions(EVENT) >= FOLLOWS_MAX)
            throw new RpcException(
                    TOO_MANY_FOLLOWS,
                    "Maximum number of chainHead_follow has been reached",
                    FOLLOWS_MAX + " are the most of one connection");
        return Json.text(call.subscribe(EVENT, subscription -> {
            Follow follow = new Follow(chain, subscription, withRuntime);
            follows.put(subscription.id(), follow);
            chain.observe(follow, follow::begin);
            subscription.onEnd(() -> {
                chain.removeListener(follow);
                follows.remove(subscription.id());
                follow.end();
            });
        }));
    }

    private JsonNode unfollow(RpcCall call) {
        call.unsubscribe(0);
        return Json.nothing();
    }

    private JsonNode header(RpcCall call) {
        Follow follow = following(call);
        if (follow == null) return Json.nothing();
        return Json.hex(pinned(follow, call.hash(1)).block().header().encode());
    }

    private JsonNode body(RpcCall call) {
        Follow follow = following(call);
        Hash hash = call.hash(1);
        if (follow == null) return limitReached();
        return started(follow.operations().body(call, pinned(follow, hash)));
    }

    private JsonNode call(RpcCall call) {
        Follow follow = following(call);
        Hash hash = call.hash(1);
        String function = call.text(2);
        Bytes arguments = call.bytes(3);
        if (follow == null) return limitReached();
        BlockTree.Tip tip = pinned(follow, hash);
        if (!follow.withRuntime())
            throw new RpcException(
                    NO_RUNTIME, "The runtime specified by the block is not available: follow with withRuntime");
        return started(follow.operations().call(call, chain.runtimeOf(tip.state()), function, arguments, tip));
    }

    private JsonNode storage(RpcCall call) {
        Follow follow = following(call);
        Hash hash = call.hash(1);
        List<StorageQuery> queries = StorageQuery.list(call, 2);
        Bytes child = call.has(3) ? call.bytes(3) : null;
        if (follow == null) return limitReached();
        Trie trie = pinned(follow, hash).state().trie(child);
        JsonNode answer = started(follow.operations().storage(call, queries, trie));
        return answer.has("operationId") ? ((ObjectNode) answer).put("discardedItems", 0) : answer;
    }

    private JsonNode goOn(RpcCall call) {
        Follow follow = following(call);
        String operation = call.text(1);
        if (follow != null && !follow.operations().goOn(call, operation))
            throw new RpcException(BAD_CONTINUE, "The operation is not waiting to be continued");
        return Json.nothing();
    }

    private JsonNode stopOperation(RpcCall call) {
        Follow follow = following(call);
        String operation = call.text(1);
        if (follow != null) follow.operations().stop(operation);
        return Json.nothing();
    }

    private JsonNode unpin(RpcCall call) {
        Follow follow = following(call);
        List<Hash> hashes = new ArrayList<>();
        if (call.raw(1).isArray()) call.bytesList(1).forEach(bytes -> hashes.add(RpcCall.hash(bytes, 1)));
        else hashes.add(call.hash(1));
        if (new HashSet<>(hashes).size() != hashes.size())
            throw new RpcException(DUPLICATE_HASHES, "Received duplicate hashes for the chainHead_unpin");
        if (follow != null && !follow.unpin(hashes)) throw notPinned();
        return Json.nothing();
    }

    /** The follower that the first parameter names; null when this connection has none of that id (any more), which is no error. */
    private @Nullable Follow following(RpcCall call) {
        String id = call.text(0);
        return call.owns(id) ? follows.get(id) : null;
    }

    private static BlockTree.Tip pinned(Follow follow, Hash hash) {
        return follow.pinned(hash).orElseThrow(ChainHeadMethods::notPinned);
    }

    private static RpcException notPinned() {
        return new RpcException(NOT_PINNED, "Block hash is not pinned by this subscription, or was unpinned");
    }

    private static JsonNode started(Optional<String> operation) {
        return operation
                .<JsonNode>map(id -> Json.object().put("result", "started").put("operationId", id))
                .orElseGet(ChainHeadMethods::limitReached);
    }

    private static JsonNode limitReached() {
        return Json.object().put("result", "limitReached");
    }
}
