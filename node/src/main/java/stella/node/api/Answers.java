package stella.node.api;

import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import stella.node.api.document.Json;
import stella.node.api.document.Problem;

/** The answers of the API. Nothing is cached: it all speaks of now. */
final class Answers {
    private static final ContentType PROBLEM = ContentTypes.parse("application/problem+json");
    private static final ContentType LINES = ContentTypes.parse("application/x-ndjson");
    private static final List<HttpHeader> COMMON = List.of(
            RawHeader.create("Cache-Control", "no-store"), RawHeader.create("X-Content-Type-Options", "nosniff"));

    private Answers() {}

    static HttpResponse ok(Object document) {
        return document(200, document);
    }

    static HttpResponse document(int status, Object document) {
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.write(document)))
                .addHeaders(COMMON);
    }

    /** Bytes that mean exactly themselves. */
    static HttpResponse text(String text) {
        return HttpResponse.create()
                .withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, text))
                .addHeaders(COMMON);
    }

    /** One JSON document a line. */
    static HttpResponse lines(Source<ByteString, NotUsed> lines) {
        return HttpResponse.create()
                .withEntity(HttpEntities.createChunked(LINES, lines))
                .addHeaders(COMMON);
    }

    static HttpResponse problem(ApiException failure) {
        int status = failure.code().status();
        String title = StatusCodes.get(status).reason();
        Problem problem = new Problem(
                "about:blank", title, status, failure.detail(), failure.code().word(), failure.hint());
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status))
                .withEntity(HttpEntities.create(PROBLEM, ByteString.fromString(Json.write(problem))))
                .addHeaders(COMMON);
    }
}
