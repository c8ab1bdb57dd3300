package stella.node.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.stream.javadsl.StreamConverters;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.Json;

/** A request as the resources of the API read it. Every part of it is bounded and comes back as a problem when it is malformed. */
final class Exchange {
    private static final int BODY_BYTES_MAX = 64 << 10;
    private static final Duration BODY_SILENCE_MAX = Duration.ofSeconds(10);

    private final HttpRequest request;
    private final ActorSystem<?> system;

    Exchange(HttpRequest request, ActorSystem<?> system) {
        this.request = request;
        this.system = system;
    }

    HttpRequest request() {
        return request;
    }

    /** The decoded parts of a path, without empty ones. */
    static List<String> path(HttpRequest request) {
        List<String> parts = new ArrayList<>();
        for (String part : request.getUri().pathSegments()) if (!part.isEmpty()) parts.add(part);
        return parts;
    }

    String method() {
        return request.method().value();
    }

    boolean isRead() {
        return request.method().equals(HttpMethods.GET) || request.method().equals(HttpMethods.HEAD);
    }

    Optional<String> header(String name) {
        return request.getHeader(name).map(HttpHeader::value);
    }

    /** A whole number of the query. */
    long number(String name, long otherwise, long min, long max) {
        Optional<String> text =
                request.getUri().query(StandardCharsets.UTF_8, Uri.RELAXED).get(name);
        if (text.isEmpty()) return otherwise;
        long value = number(name, text.get());
        if (value < min || value > max)
            throw new ApiException(ErrorCode.MALFORMED, name + " is " + min + " to " + max + ", not " + value);
        return value;
    }

    /** A whole number from 0 on, as in paths. */
    static long number(String name, String text) {
        if (!text.matches("\\d{1,18}"))
            throw new ApiException(ErrorCode.MALFORMED, name + " is a whole number, not '" + shortened(text) + "'");
        return Long.parseLong(text);
    }

    /** The body as a document of {@code type}. */
    <T> T document(Class<T> type) {
        String contentType = request.entity().getContentType().mediaType().toString();
        if (!contentType.equals("application/json"))
            throw new ApiException(ErrorCode.MALFORMED, "the body is " + contentType + "; this takes application/json");
        try (InputStream in = body(BODY_SILENCE_MAX)) {
            byte[] bytes = in.readNBytes(BODY_BYTES_MAX + 1);
            if (bytes.length > BODY_BYTES_MAX)
                throw new ApiException(ErrorCode.TOO_LARGE, "the body has more than " + BODY_BYTES_MAX + " bytes");
            return Json.readStrict(new String(bytes, StandardCharsets.UTF_8), type);
        } catch (JsonMappingException e) {
            throw new ApiException(ErrorCode.MALFORMED, "the body is not as it should be: " + key(e) + reason(e));
        } catch (JsonProcessingException e) {
            throw new ApiException(ErrorCode.MALFORMED, "the body is no JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.MALFORMED, "the body is not as it should be: " + e.getMessage());
        } catch (IOException e) {
            throw new ApiException(ErrorCode.MALFORMED, "the body did not come: " + e.getMessage());
        }
    }

    /** The body as it comes; a caller that sends nothing for {@code silenceMax} makes reads fail. No limit: the reader has one. */
    InputStream body(Duration silenceMax) {
        return request.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .runWith(StreamConverters.asInputStream(silenceMax), system);
    }

    /** Where in the document it went wrong. */
    private static String key(JsonMappingException failure) {
        String keys = failure.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        return keys.isEmpty() ? "" : "key " + keys + ": ";
    }

    /** Constructors of documents refuse with sentences of their own; Jackson's advice to programmers is cut off. */
    private static String reason(JsonMappingException failure) {
        String sentence = failure.getCause() instanceof IllegalArgumentException cause
                ? String.valueOf(cause.getMessage())
                : failure.getOriginalMessage();
        return sentence.replaceAll("(?s) \\((set DeserializationConfig|class |through reference chain).*", "");
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
