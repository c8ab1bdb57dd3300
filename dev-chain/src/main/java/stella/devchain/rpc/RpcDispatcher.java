package stella.devchain.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.devchain.host.RuntimeFailure;
import stella.gateway.scale.ScaleException;

/** From the text of a request, or of a batch of them, to the text of the answer. Whatever comes in, an answer goes out. */
final class RpcDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(RpcDispatcher.class);
    private static final int BATCH_MAX = 1000;

    private final RpcMethods methods;

    RpcDispatcher(RpcMethods methods) {
        this.methods = methods;
    }

    /** What to send, null when the request wants no answer; and what to do once it is sent. */
    record Answer(@Nullable JsonNode message, List<Runnable> afterwards) {}

    Answer answer(String text, @Nullable RpcConnection connection) {
        List<Runnable> afterwards = new ArrayList<>();
        JsonNode request;
        try {
            request = Json.read(text);
        } catch (JsonProcessingException e) {
            return new Answer(error(null, new RpcException(RpcException.PARSE_ERROR, "Parse error")), afterwards);
        }
        if (!request.isArray()) return new Answer(single(request, connection, afterwards), afterwards);
        if (request.isEmpty()) return new Answer(single(request, connection, afterwards), afterwards);
        if (request.size() > BATCH_MAX)
            return new Answer(
                    error(
                            null,
                            new RpcException(
                                    -32010, "The batch request was too large", "Exceeded max limit of " + BATCH_MAX)),
                    afterwards);
        ArrayNode answers = Json.array();
        for (JsonNode item : request) {
            JsonNode answer = single(item, connection, afterwards);
            if (answer != null) answers.add(answer);
        }
        return new Answer(answers.isEmpty() ? null : answers, afterwards);
    }

    /** An answer to something that is not even a request. */
    static JsonNode error(@Nullable JsonNode id, RpcException e) {
        ObjectNode answer = Json.object().put("jsonrpc", "2.0");
        ObjectNode error = answer.putObject("error").put("code", e.code()).put("message", e.getMessage());
        if (e.data() != null) error.put("data", e.data());
        answer.set("id", id == null ? Json.nothing() : id);
        return answer;
    }

    private @Nullable JsonNode single(JsonNode request, @Nullable RpcConnection connection, List<Runnable> afterwards) {
        JsonNode id = request.get("id");
        boolean valid = request.isObject()
                && "2.0".equals(request.path("jsonrpc").textValue())
                && request.path("method").isTextual()
                && (id == null || id.isTextual() || id.isNumber() || id.isNull());
        if (!valid)
            return error(
                    id != null && id.isValueNode() ? id : null,
                    new RpcException(RpcException.INVALID_REQUEST, "Invalid request"));
        if (id == null) return null;
        try {
            JsonNode result = call(request.get("method").textValue(), request.get("params"), connection, afterwards);
            return Json.object().put("jsonrpc", "2.0").<ObjectNode>set("id", id).set("result", result);
        } catch (RpcException e) {
            return error(id, e);
        }
    }

    private JsonNode call(
            String name, @Nullable JsonNode params, @Nullable RpcConnection connection, List<Runnable> afterwards) {
        RpcMethods.Method method = methods.find(name);
        if (method == null) throw new RpcException(RpcException.METHOD_NOT_FOUND, "Method not found");
        if (params != null && !params.isArray() && !params.isNull())
            throw RpcException.invalidParams("parameters are given by position, in a list");
        try {
            return method.call(new RpcCall(params == null ? Json.array() : params, connection, afterwards));
        } catch (RpcException e) {
            throw e;
        } catch (RuntimeFailure e) {
            throw RpcException.client("Execution failed: " + e.getMessage());
        } catch (ScaleException e) {
            throw RpcException.client("the runtime's answer is not understood: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{} failed", name, e);
            throw new RpcException(RpcException.INTERNAL_ERROR, "Internal error", String.valueOf(e.getMessage()));
        }
    }
}
