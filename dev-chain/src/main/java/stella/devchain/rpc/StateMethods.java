package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import stella.devchain.chain.BlockTree;
import stella.devchain.chain.Chain;
import stella.devchain.host.RuntimeCode;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.devchain.trie.Trie;
import stella.gateway.scale.ScaleReader;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;

/** {@code state_*} and {@code childstate_*}: storage, metadata and calls of the runtime, at any block whose storage is kept. */
final class StateMethods {
    private static final int PAGE_MAX = 1000;
    private static final int ALL_MAX = 100_000;
    private static final int METADATA_BYTES_MAX = 64 << 20;
    private static final Bytes CHILD_PREFIX = Bytes.utf8(":child_storage:default:");

    private final Chain chain;
    private final BlockTree blocks;

    private StateMethods(Chain chain) {
        this.chain = chain;
        this.blocks = chain.blocks();
    }

    static void addTo(RpcMethods methods, Chain chain) {
        StateMethods own = new StateMethods(chain);
        methods.add(own::metadata, "state_getMetadata")
                .add(own::version, "state_getRuntimeVersion", "chain_getRuntimeVersion")
                .add(own::runtimeCall, "state_call", "state_callAt")
                .add(call -> Json.hex(own.value(call)), "state_getStorage", "state_getStorageAt")
                .add(call -> own.hashOf(own.value(call)), "state_getStorageHash", "state_getStorageHashAt")
                .add(call -> own.sizeOf(own.value(call)), "state_getStorageSize", "state_getStorageSizeAt")
                .add(
                        call -> own.keys(own.state(call, 3).trie(null), call, 0),
                        "state_getKeysPaged",
                        "state_getKeysPagedAt")
                .add(call -> own.allKeys(own.state(call, 1).trie(null), call, 0), "state_getKeys")
                .add(own::pairs, "state_getPairs")
                .add(own::queryAt, "state_queryStorageAt")
                .add(call -> Json.hex(own.childValue(call)), "childstate_getStorage")
                .add(call -> own.hashOf(own.childValue(call)), "childstate_getStorageHash")
                .add(call -> own.sizeOf(own.childValue(call)), "childstate_getStorageSize")
                .add(own::childEntries, "childstate_getStorageEntries")
                .add(call -> own.allKeys(own.childTrie(call, 2), call, 1), "childstate_getKeys")
                .add(
                        call -> own.keys(own.childTrie(call, 4), call, 1),
                        "childstate_getKeysPaged",
                        "childstate_getKeysPagedAt")
                .add(own::subscribeStorage, "state_subscribeStorage")
                .add(own::subscribeVersion, "state_subscribeRuntimeVersion", "chain_subscribeRuntimeVersion")
                .add(
                        call -> Json.bool(call.unsubscribe(0)),
                        "state_unsubscribeStorage",
                        "state_unsubscribeRuntimeVersion",
                        "chain_unsubscribeRuntimeVersion");
    }

    private Hash at(RpcCall call, int index) {
        return call.optionalHash(index).orElseGet(() -> blocks.best().hash());
    }

    private State state(RpcCall call, int index) {
        Hash hash = at(call, index);
        return blocks.stateAt(hash).orElseThrow(() -> unknown(hash));
    }

    private RpcException unknown(Hash hash) {
        return RpcException.client(
                blocks.block(hash).isPresent()
                        ? "UnknownBlock: State already discarded for " + hash
                        : "UnknownBlock: Header was not found in the database: " + hash);
    }

    private JsonNode metadata(RpcCall call) {
        State state = state(call, 0);
        Bytes opaque = chain.runtimeOf(state).call("Metadata_metadata", Bytes.EMPTY, new Overlay(state));
        return Json.hex(new ScaleReader(opaque).bytes(METADATA_BYTES_MAX));
    }

    private JsonNode version(RpcCall call) {
        return Json.version(chain.runtimeOf(state(call, 0)).version());
    }

    private JsonNode runtimeCall(RpcCall call) {
        State state = state(call, 2);
        RuntimeCode code = chain.runtimeOf(state);
        return Json.hex(code.call(call.text(0), call.bytes(1), new Overlay(state)));
    }

    private @Nullable Bytes value(RpcCall call) {
        return state(call, 1).get(call.bytes(0));
    }

    private JsonNode hashOf(@Nullable Bytes value) {
        return Json.hex(value == null ? null : Digests.blake2b256(value).bytes());
    }

    private JsonNode sizeOf(@Nullable Bytes value) {
        return value == null ? Json.nothing() : Json.number(value.length());
    }

    /** Parameters from {@code first} on: prefix, how many, and the key after which to begin. */
    private JsonNode keys(Trie trie, RpcCall call, int first) {
        Bytes prefix = call.has(first) ? call.bytes(first) : Bytes.EMPTY;
        long count = call.u32(first + 1);
        if (count > PAGE_MAX)
            throw new RpcException(4002, "count exceeds maximum value. value: " + count + ", max: " + PAGE_MAX);
        Bytes start = call.has(first + 2) ? call.bytes(first + 2) : Bytes.EMPTY;
        ArrayNode keys = Json.array();
        Bytes key = start.compareTo(prefix) >= 0 && call.has(first + 2)
                ? trie.nextKey(start)
                : trie.get(prefix) != null ? prefix : trie.nextKey(prefix);
        for (; key != null && key.startsWith(prefix) && keys.size() < count; key = trie.nextKey(key))
            keys.add(key.toHex0x());
        return keys;
    }

    /** Every key with a prefix, up to a bound that only a test chain stays under. */
    private JsonNode allKeys(Trie trie, RpcCall call, int index) {
        return all(trie, call, index, (keys, key) -> keys.add(key.toHex0x()));
    }

    private JsonNode pairs(RpcCall call) {
        Trie trie = state(call, 1).trie(null);
        return all(
                trie,
                call,
                0,
                (pairs, key) -> pairs.addArray().add(key.toHex0x()).add(Json.hex(trie.get(key))));
    }

    private static JsonNode all(Trie trie, RpcCall call, int index, BiConsumer<ArrayNode, Bytes> add) {
        Bytes prefix = call.has(index) ? call.bytes(index) : Bytes.EMPTY;
        ArrayNode list = Json.array();
        Bytes key = trie.get(prefix) != null ? prefix : trie.nextKey(prefix);
        for (; key != null && key.startsWith(prefix); key = trie.nextKey(key)) {
            if (list.size() == ALL_MAX)
                throw RpcException.client("more than " + ALL_MAX + " keys; ask for them page by page");
            add.accept(list, key);
        }
        return list;
    }

    private @Nullable Bytes childValue(RpcCall call) {
        return childTrie(call, 2).get(call.bytes(1));
    }

    private JsonNode childEntries(RpcCall call) {
        Trie trie = childTrie(call, 2);
        ArrayNode values = Json.array();
        for (Bytes key : call.bytesList(1)) values.add(Json.hex(trie.get(key)));
        return values;
    }

    private Trie childTrie(RpcCall call, int at) {
        Bytes name = call.bytes(0);
        if (!name.startsWith(CHILD_PREFIX))
            throw RpcException.invalidParams("a child storage key begins with :child_storage:default:");
        return state(call, at).trie(name.slice(CHILD_PREFIX.length(), name.length()));
    }

    private JsonNode queryAt(RpcCall call) {
        Hash hash = at(call, 1);
        State state = state(call, 1);
        ObjectNode set = Json.object().put("block", hash.toString());
        ArrayNode changes = set.putArray("changes");
        for (Bytes key : call.bytesList(0))
            changes.addArray().add(key.toHex0x()).add(Json.hex(state.get(key)));
        return Json.array().add(set);
    }

    private JsonNode subscribeStorage(RpcCall call) {
        if (!call.has(0)) throw RpcException.invalidParams("name the keys; all keys at once are not offered");
        List<Bytes> keys = call.bytesList(0);
        return Json.text(call.subscribe("state_storage", subscription -> {
            StorageWatch watch = new StorageWatch(chain, subscription, keys);
            chain.observe(watch, blocks -> watch.best(blocks.best()));
            subscription.onEnd(() -> chain.removeListener(watch));
        }));
    }

    private JsonNode subscribeVersion(RpcCall call) {
        return Json.text(call.subscribe("state_runtimeVersion", subscription -> {
            VersionWatch watch = new VersionWatch(chain, subscription);
            chain.observe(watch, blocks -> watch.best(blocks.best()));
            subscription.onEnd(() -> chain.removeListener(watch));
        }));
    }
}
