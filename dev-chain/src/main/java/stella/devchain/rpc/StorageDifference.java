package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import stella.devchain.state.State;
import stella.devchain.trie.Trie;
import stella.protocol.Bytes;

/** How two states differ, as {@code archive_v1_storageDiff} tells it. */
final class StorageDifference {
    private static final int QUERIES_MAX = 1024;

    private StorageDifference() {}

    /**
     * What of the storage to compare.
     *
     * @param child the child trie, null for the top one
     * @param hashed whether hashes are told in the values' stead
     */
    record Query(Bytes prefix, @Nullable Bytes child, boolean hashed) {}

    /** The list in parameter {@code index}; without one, everything. */
    static List<Query> queries(RpcCall call, int index) {
        if (!call.has(index)) return List.of(new Query(Bytes.EMPTY, null, false));
        JsonNode items = call.raw(index);
        if (!items.isArray() || items.size() > QUERIES_MAX)
            throw RpcException.invalidParams(
                    "parameter " + index + " is not a list of at most " + QUERIES_MAX + " items");
        List<Query> queries = new ArrayList<>();
        for (JsonNode item : items) {
            JsonNode child = item.path("childTrieKey");
            queries.add(new Query(
                    RpcCall.bytes(item.path("key"), index),
                    child.isTextual() ? RpcCall.bytes(child, index) : null,
                    "hash".equals(item.path("returnType").textValue())));
        }
        return queries;
    }

    static void between(State before, State now, List<Query> queries, Consumer<JsonNode> sink) {
        for (Query query : queries) compare(before.trie(query.child), now.trie(query.child), query, sink);
    }

    /** Walks both tries in the order of keys. */
    private static void compare(Trie before, Trie now, Query query, Consumer<JsonNode> sink) {
        Bytes old = first(before, query.prefix);
        Bytes present = first(now, query.prefix);
        while (old != null || present != null) {
            int order = old == null ? 1 : present == null ? -1 : old.compareTo(present);
            if (order < 0 && old != null) sink.accept(event(old, "deleted", null, query));
            else if (present != null) {
                Bytes value = now.get(present);
                if (order > 0) sink.accept(event(present, "added", value, query));
                else if (value != null && !Objects.equals(value, before.get(present)))
                    sink.accept(event(present, "modified", value, query));
            }
            if (order <= 0 && old != null) old = within(before.nextKey(old), query.prefix);
            if (order >= 0 && present != null) present = within(now.nextKey(present), query.prefix);
        }
    }

    private static ObjectNode event(Bytes key, String type, @Nullable Bytes value, Query query) {
        ObjectNode event = Follow.event("storageDiff").put("key", key.toHex0x()).put("type", type);
        if (query.child != null) event.put("childTrieKey", query.child.toHex0x());
        if (value == null) return event;
        Bytes hash = StorageQuery.hash(value);
        return query.hashed && hash != null ? event.put("hash", hash.toHex0x()) : event.put("value", value.toHex0x());
    }

    private static @Nullable Bytes first(Trie trie, Bytes prefix) {
        return trie.get(prefix) != null ? prefix : within(trie.nextKey(prefix), prefix);
    }

    private static @Nullable Bytes within(@Nullable Bytes key, Bytes prefix) {
        return key != null && key.startsWith(prefix) ? key : null;
    }
}
