package stella.node.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.Uri;

/** Reads what servers want to know of a request. */
final class Requests {
    private Requests() {}

    /** The decoded parts of the path: no empty ones, nothing resolved. */
    static List<String> segments(HttpRequest request) {
        List<String> segments = new ArrayList<>();
        for (String segment : request.getUri().pathSegments()) if (!segment.isEmpty()) segments.add(segment);
        return segments;
    }

    static Optional<String> header(HttpRequest request, String name) {
        return request.getHeader(name).map(HttpHeader::value);
    }

    static Optional<String> parameter(HttpRequest request, String name) {
        return request.getUri().query(StandardCharsets.UTF_8, Uri.RELAXED).get(name);
    }

    static boolean reads(HttpMethod method) {
        return method.equals(HttpMethods.GET) || method.equals(HttpMethods.HEAD);
    }

    /**
     * The form of an answer that is asked for; the query parameter wins over the header (trustless gateway, "format").
     *
     * @return {@code raw}, {@code car}, another word of the parameter, or empty when neither says one
     */
    static Optional<String> format(HttpRequest request) {
        Optional<String> parameter = parameter(request, "format");
        if (parameter.isPresent()) return parameter;
        String accept = header(request, "Accept").orElse("").toLowerCase(Locale.ROOT);
        if (accept.contains(RawBlocks.MEDIA_TYPE)) return Optional.of("raw");
        return accept.contains("application/vnd.ipld.car") ? Optional.of("car") : Optional.empty();
    }
}
