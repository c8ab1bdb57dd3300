package stella.gateway.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The messages of JSON-RPC 2.0: requests written, answers and notifications read. */
final class Frames {
    private static final int DEPTH_MAX = 64;
    private static final int TEXT_SHOWN_MAX = 400;

    private final ObjectMapper json;

    Frames(int messageBytesMax) {
        json = new ObjectMapper(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEPTH_MAX)
                                .maxStringLength(messageBytesMax)
                                .maxNumberLength(100)
                                .build())
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** What a node may send. */
    sealed interface Frame {}

    record Result(long id, JsonNode value) implements Frame {}

    record Refusal(long id, RpcFailure.Refused refused) implements Frame {}

    record Notification(String subscription, JsonNode item) implements Frame {}

    record Unusable(String why) implements Frame {}

    static String request(long id, String method, List<JsonNode> params) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("jsonrpc", "2.0").put("id", id).put("method", method);
        request.putArray("params").addAll(params);
        return request.toString();
    }

    Frame read(String text) {
        JsonNode message;
        try {
            message = json.readTree(text);
        } catch (JsonProcessingException e) {
            return new Unusable("no JSON: " + shorten(e.getOriginalMessage()));
        }
        JsonNode params = message.path("params");
        if (message.has("method")) {
            JsonNode subscription = params.path("subscription");
            return subscription.isValueNode() && params.has("result")
                    ? new Notification(subscription.asText(), params.get("result"))
                    : new Unusable("a notification without subscription or result");
        }
        JsonNode id = message.path("id");
        if (!id.canConvertToLong()) return new Unusable("an answer without the id of a request");
        JsonNode error = message.path("error");
        if (error.isObject()) return new Refusal(id.asLong(), refused(error));
        return message.has("result")
                ? new Result(id.asLong(), message.get("result"))
                : new Unusable("an answer with neither result nor error");
    }

    private static RpcFailure.Refused refused(JsonNode error) {
        JsonNode data = error.path("data");
        return new RpcFailure.Refused(
                error.path("code").asInt(),
                shorten(error.path("message").asText()),
                shorten(data.isTextual() ? data.asText() : data.isMissingNode() ? "" : data.toString()));
    }

    private static String shorten(String text) {
        return text.length() <= TEXT_SHOWN_MAX ? text : text.substring(0, TEXT_SHOWN_MAX) + "…";
    }
}
