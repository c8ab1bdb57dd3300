package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import stella.devchain.trie.Trie;
import stella.protocol.Bytes;
import stella.protocol.Digests;

/**
 * One item that a client of {@code chainHead_v1} or {@code archive_v1} asks of the storage.
 *
 * @param after for descendants: the key after which to begin, null from the first on
 */
record StorageQuery(Bytes key, Type type, @Nullable Bytes after) {
    private static final int ITEMS_MAX = 8192;

    enum Type {
        VALUE("value"),
        HASH("hash"),
        MERKLE_VALUE("closestDescendantMerkleValue"),
        DESCENDANTS_VALUES("descendantsValues"),
        DESCENDANTS_HASHES("descendantsHashes");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        static Type of(JsonNode name) {
            for (Type type : values()) if (type.text.equals(name.textValue())) return type;
            throw RpcException.invalidParams("there is no storage query of type " + name);
        }
    }

    /** The list of {@code {"key", "type"}} in parameter {@code index}. */
    static List<StorageQuery> list(RpcCall call, int index) {
        JsonNode items = call.raw(index);
        if (!items.isArray() || items.size() > ITEMS_MAX)
            throw RpcException.invalidParams(
                    "parameter " + index + " is not a list of at most " + ITEMS_MAX + " items");
        List<StorageQuery> queries = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            JsonNode after = item.path("paginationStartKey");
            queries.add(new StorageQuery(
                    RpcCall.bytes(item.path("key"), index),
                    Type.of(item.path("type")),
                    after.isTextual() ? RpcCall.bytes(after, index) : null));
        }
        return queries;
    }

    /** The answers, one object each, worked out as they are taken. */
    Iterator<ObjectNode> answers(Trie trie) {
        return switch (type) {
            case VALUE -> one("value", trie.get(key));
            case HASH -> one("hash", hash(trie.get(key)));
            case MERKLE_VALUE -> one("closestDescendantMerkleValue", trie.merkleValue(key));
            case DESCENDANTS_VALUES, DESCENDANTS_HASHES -> new Descendants(trie);
        };
    }

    private Iterator<ObjectNode> one(String name, @Nullable Bytes answer) {
        return answer == null
                ? Collections.emptyIterator()
                : List.of(item(key, name, answer)).iterator();
    }

    private static ObjectNode item(Bytes key, String name, Bytes answer) {
        return Json.object().put("key", key.toHex0x()).put(name, answer.toHex0x());
    }

    static @Nullable Bytes hash(@Nullable Bytes value) {
        return value == null ? null : Digests.blake2b256(value).bytes();
    }

    /** Every key that begins with the asked one, itself included. */
    private final class Descendants implements Iterator<ObjectNode> {
        private final Trie trie;
        private @Nullable Bytes next;

        private Descendants(Trie trie) {
            this.trie = trie;
            Bytes first = after == null || after.compareTo(key) < 0 ? key : after;
            next = after == null && trie.get(key) != null ? key : trie.nextKey(first);
        }

        @Override
        public boolean hasNext() {
            return next != null && next.startsWith(key);
        }

        @Override
        public ObjectNode next() {
            Bytes found = next;
            if (found == null || !hasNext()) throw new NoSuchElementException();
            next = trie.nextKey(found);
            Bytes value = trie.get(found);
            if (value == null) throw new IllegalStateException("the trie names a key without value: " + found);
            return type == Type.DESCENDANTS_VALUES
                    ? item(found, "value", value)
                    : item(found, "hash", Digests.blake2b256(value).bytes());
        }
    }
}
