package stella.node.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** The answers that all servers share: content with ranges and validators, refusals as a line of text. */
final class Replies {
    /** Content that is named by its hash never changes. */
    static final HttpHeader IMMUTABLE = RawHeader.create("Cache-Control", "public, max-age=29030400, immutable");

    private static final HttpHeader ACCEPT_RANGES = RawHeader.create("Accept-Ranges", "bytes");

    /** Kept away from a page's origin: bytes of strangers must not be guessed into scripts. */
    private static final List<HttpHeader> COMMON = List.of(
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("Access-Control-Allow-Origin", "*"),
            RawHeader.create("Access-Control-Allow-Headers", "Content-Type, Range, If-None-Match, X-Requested-With"),
            RawHeader.create("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
            RawHeader.create(
                    "Access-Control-Expose-Headers", "Content-Length, Content-Range, Etag, X-Ipfs-Path, X-Ipfs-Roots"));

    /** A reader must take at least this much a second, after a minute of grace, or the answer ends. */
    private static final long READER_BYTES_PER_SECOND_MIN = 4 << 10;

    private static final Duration READER_GRACE = Duration.ofMinutes(1);

    private Replies() {}

    /** {@code content}, or the part of it that is asked for, or 304, or 416. */
    static HttpResponse content(HttpRequest request, Content content) {
        List<HttpHeader> headers = new ArrayList<>(content.headers());
        headers.add(RawHeader.create("Etag", content.etag()));
        headers.add(ACCEPT_RANGES);
        if (isKnown(request, content.etag()))
            return with(HttpResponse.create().withStatus(StatusCodes.NOT_MODIFIED), headers);
        return switch (range(request, content)) {
            case RangeRequest.Whole _ ->
                with(body(request, content, new RangeRequest.Part(0, content.size() - 1)), headers);
            case RangeRequest.Part part -> {
                headers.add(RawHeader.create(
                        "Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + content.size()));
                yield with(body(request, content, part).withStatus(StatusCodes.PARTIAL_CONTENT), headers);
            }
            case RangeRequest.Unsatisfiable _ ->
                refusal(416, "the content has only " + content.size() + " bytes")
                        .addHeader(RawHeader.create("Content-Range", "bytes */" + content.size()));
        };
    }

    /** A short sentence for people, with the status for programs. */
    static HttpResponse refusal(int status, String sentence) {
        return with(
                HttpResponse.create()
                        .withStatus(StatusCodes.get(status))
                        .withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, sentence + "\n")),
                List.of(RawHeader.create("Cache-Control", "no-store")));
    }

    static HttpResponse refusal(BlockSupply.Supplied.Refused refused) {
        int status = switch (refused.reason()) {
            case MISSING -> 404;
            case UNREACHABLE -> 504;
            case DAMAGED -> 500;
            case BUSY -> 503;
            case REFUSED -> 403;
        };
        return refusal(status, refused.detail());
    }

    static HttpResponse with(HttpResponse response, List<HttpHeader> headers) {
        return response.addHeaders(COMMON).addHeaders(headers);
    }

    private static RangeRequest range(HttpRequest request, Content content) {
        boolean other = Requests.header(request, "If-Range")
                .filter(known -> !known.equals(content.etag()))
                .isPresent();
        return other ? RangeRequest.Whole.INSTANCE : RangeRequest.of(Requests.header(request, "Range"), content.size());
    }

    private static boolean isKnown(HttpRequest request, String etag) {
        return Requests.header(request, "If-None-Match").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }

    private static HttpResponse body(HttpRequest request, Content content, RangeRequest.Part part) {
        if (part.length() == 0)
            return HttpResponse.create().withEntity(HttpEntities.create(content.type(), ByteString.emptyByteString()));
        boolean wanted = request.method().equals(HttpMethods.GET);
        Source<ByteString, NotUsed> bytes =
                wanted ? content.bytes().apply(part).completionTimeout(patience(part.length())) : Source.empty();
        return HttpResponse.create().withEntity(HttpEntities.create(content.type(), part.length(), bytes));
    }

    private static Duration patience(long bytes) {
        return READER_GRACE.plusSeconds(bytes / READER_BYTES_PER_SECOND_MIN);
    }
}
