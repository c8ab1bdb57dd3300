package stella.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stella.gateway.metadata.RuntimeVersion;
import stella.gateway.rpc.RpcException;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** The parts of answers, read strictly: another form is a malformed answer of {@code method}, never a null or a cast. */
final class Answer {
    private static final int DIGEST_ITEMS_MAX = 1024;
    private static final int NAME_MAX = 256;

    private final String method;

    Answer(String method) {
        this.method = method;
    }

    static JsonNode json(Bytes bytes) {
        return TextNode.valueOf(bytes.toHex0x());
    }

    static JsonNode json(Hash hash) {
        return TextNode.valueOf(hash.toString());
    }

    static JsonNode json(String text) {
        return TextNode.valueOf(text);
    }

    static JsonNode json(long number) {
        return LongNode.valueOf(number);
    }

    static JsonNode json(int number) {
        return IntNode.valueOf(number);
    }

    static JsonNode json(List<Bytes> items) {
        return JsonNodeFactory.instance
                .arrayNode()
                .addAll(items.stream().map(Answer::json).toList());
    }

    Bytes bytes(JsonNode node) {
        String text = node.isTextual() ? node.asText() : "";
        if (!text.startsWith("0x")) throw malformed("hexadecimal bytes", node);
        try {
            return Bytes.hex(text);
        } catch (IllegalArgumentException e) {
            throw malformed("hexadecimal bytes", node);
        }
    }

    Optional<Bytes> optionalBytes(JsonNode node) {
        return node.isNull() ? Optional.empty() : Optional.of(bytes(node));
    }

    Hash hash(JsonNode node) {
        Bytes bytes = bytes(node);
        if (bytes.length() != Hash.LENGTH) throw malformed("a hash of 32 bytes", node);
        return new Hash(bytes);
    }

    Optional<Hash> optionalHash(JsonNode node) {
        return node.isNull() ? Optional.empty() : Optional.of(hash(node));
    }

    /** A number as itself or as hexadecimal digits, 0 to 2^63 - 1. */
    long number(JsonNode node) {
        if (node.canConvertToLong() && node.isIntegralNumber() && node.asLong() >= 0) return node.asLong();
        if (node.isTextual() && node.asText().matches("0x0*[0-9a-fA-F]{1,16}")) {
            try {
                return Long.parseLong(node.asText().substring(2), 16);
            } catch (NumberFormatException e) {
                throw malformed("a number up to 2^63 - 1", node);
            }
        }
        throw malformed("a number", node);
    }

    List<Bytes> list(JsonNode node) {
        if (!node.isArray()) throw malformed("a list", node);
        List<Bytes> items = new ArrayList<>(node.size());
        for (JsonNode item : node) items.add(bytes(item));
        return items;
    }

    Header header(JsonNode node) {
        JsonNode logs = node.path("digest").path("logs");
        if (!logs.isArray() || logs.size() > DIGEST_ITEMS_MAX) throw malformed("a header with a digest", node);
        return new Header(
                number(node.path("number")),
                hash(node.path("parentHash")),
                hash(node.path("stateRoot")),
                hash(node.path("extrinsicsRoot")),
                list(logs));
    }

    RuntimeVersion runtimeVersion(JsonNode node) {
        String name = node.path("specName").asText();
        if (name.isEmpty() || name.length() > NAME_MAX) throw malformed("a runtime version with a name", node);
        return new RuntimeVersion(name, number(node.path("specVersion")), number(node.path("transactionVersion")));
    }

    RpcException malformed(String expected, JsonNode found) {
        String shown = found.toString();
        return RpcException.malformed(
                method,
                expected + " is expected, not " + (shown.length() > 100 ? shown.substring(0, 100) + "…" : shown));
    }

    /** Reads with {@code reading}; whatever it finds wrong is a malformed answer. */
    <T> T reading(java.util.function.Supplier<T> reading) {
        try {
            return reading.get();
        } catch (stella.gateway.scale.ScaleException | stella.gateway.metadata.MetadataException e) {
            throw RpcException.malformed(method, String.valueOf(e.getMessage()));
        }
    }
}
