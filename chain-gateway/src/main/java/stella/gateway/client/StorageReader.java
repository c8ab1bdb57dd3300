package stella.gateway.client;

import static stella.gateway.client.Answer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.gateway.rpc.JsonRpc;
import stella.gateway.rpc.RpcException;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** Reads many values of a chain's storage at one block, a page at a time. */
public final class StorageReader {
    private static final String KEYS = "state_getKeysPaged";
    private static final String VALUES = "state_queryStorageAt";
    private static final int PAGE = 512;

    private final JsonRpc rpc;

    StorageReader(JsonRpc rpc) {
        this.rpc = rpc;
    }

    /** A key and its value. */
    public record Entry(Bytes key, Bytes value) {}

    /** The values of {@code keys}, in their order. */
    public CompletionStage<List<Optional<Bytes>>> values(List<Bytes> keys, Hash at) {
        if (keys.isEmpty()) return CompletableFuture.completedStage(List.of());
        if (keys.size() > PAGE)
            return values(keys.subList(0, PAGE), at)
                    .thenCombine(values(keys.subList(PAGE, keys.size()), at), StorageReader::concat);
        return rpc.call(VALUES, List.of(json(keys), json(at))).thenApply(node -> read(keys, node));
    }

    /** At most {@code count} keys that begin with {@code prefix}, ascending, after {@code after} (empty for the first ones). */
    public CompletionStage<List<Bytes>> keys(Bytes prefix, int count, Bytes after, Hash at) {
        JsonNode start = json(after.isEmpty() ? prefix : after);
        Answer answer = new Answer(KEYS);
        return rpc.call(KEYS, List.of(json(prefix), json(count), start, json(at)))
                .thenApply(node -> {
                    List<Bytes> keys = answer.list(node);
                    Bytes last = after;
                    for (Bytes key : keys) {
                        if (!key.startsWith(prefix) || key.compareTo(last) <= 0 || keys.size() > count)
                            throw RpcException.malformed(
                                    KEYS, "keys out of order, too many, or without the prefix asked for");
                        last = key;
                    }
                    return keys;
                });
    }

    /** All entries whose keys begin with {@code prefix}, ascending; more than {@code max} of them are a failure. */
    public CompletionStage<List<Entry>> entries(Bytes prefix, int max, Hash at) {
        return page(prefix, max, at, Bytes.EMPTY, new ArrayList<>());
    }

    private CompletionStage<List<Entry>> page(Bytes prefix, int max, Hash at, Bytes after, List<Entry> found) {
        return keys(prefix, PAGE, after, at)
                .thenCompose(keys -> values(keys, at).thenCompose(values -> {
                    for (int i = 0; i < keys.size(); i++) {
                        Bytes key = keys.get(i);
                        found.add(new Entry(
                                key,
                                values.get(i)
                                        .orElseThrow(() -> RpcException.malformed(
                                                VALUES,
                                                "no value for the key " + key + ", which the node had named"))));
                    }
                    if (found.size() > max)
                        throw RpcException.malformed(KEYS, "more than " + max + " entries under " + prefix);
                    return keys.size() < PAGE
                            ? CompletableFuture.completedStage(List.copyOf(found))
                            : page(prefix, max, at, keys.getLast(), found);
                }));
    }

    private static List<Optional<Bytes>> read(List<Bytes> keys, JsonNode node) {
        Answer answer = new Answer(VALUES);
        Map<Bytes, Optional<Bytes>> values = new HashMap<>();
        for (JsonNode change : node.path(0).path("changes")) {
            if (!change.isArray() || change.size() != 2) throw answer.malformed("pairs of key and value", change);
            values.put(answer.bytes(change.get(0)), answer.optionalBytes(change.get(1)));
        }
        List<Optional<Bytes>> ordered = new ArrayList<>(keys.size());
        for (Bytes key : keys) {
            Optional<Bytes> value = values.get(key);
            if (value == null) throw RpcException.malformed(VALUES, "the key " + key + " was left out");
            ordered.add(value);
        }
        return ordered;
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
