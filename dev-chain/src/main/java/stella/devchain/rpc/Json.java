package stella.devchain.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stella.devchain.chain.Header;
import stella.devchain.host.RuntimeVersion;
import stella.protocol.Bytes;

/** The JSON forms of Substrate's RPC. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(100)
                    .maxStringLength(RpcServer.MESSAGE_BYTES_MAX)
                    .build())
            .build());

    private Json() {}

    static JsonNode read(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static JsonNode nothing() {
        return JsonNodeFactory.instance.nullNode();
    }

    static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    static JsonNode number(long number) {
        return JsonNodeFactory.instance.numberNode(number);
    }

    static JsonNode bool(boolean value) {
        return JsonNodeFactory.instance.booleanNode(value);
    }

    /** Hexadecimal text, or null. */
    static JsonNode hex(@Nullable Bytes bytes) {
        return bytes == null ? nothing() : text(bytes.toHex0x());
    }

    static JsonNode hexList(List<Bytes> items) {
        ArrayNode list = array();
        items.forEach(item -> list.add(item.toHex0x()));
        return list;
    }

    static JsonNode header(Header header) {
        ObjectNode node = object().put("parentHash", header.parentHash().toString())
                .put("number", "0x" + Long.toHexString(header.number()))
                .put("stateRoot", header.stateRoot().toString())
                .put("extrinsicsRoot", header.extrinsicsRoot().toString());
        node.putObject("digest").set("logs", hexList(header.digest()));
        return node;
    }

    static JsonNode version(RuntimeVersion version) {
        ObjectNode node = object().put("specName", version.specName())
                .put("implName", version.implName())
                .put("authoringVersion", version.authoringVersion())
                .put("specVersion", version.specVersion())
                .put("implVersion", version.implVersion());
        ArrayNode apis = node.putArray("apis");
        for (RuntimeVersion.Api api : version.apis())
            apis.addArray().add(api.id().toHex0x()).add(api.version());
        return node.put("transactionVersion", version.transactionVersion())
                .put("systemVersion", version.systemVersion())
                .put("stateVersion", version.systemVersion());
    }
}
