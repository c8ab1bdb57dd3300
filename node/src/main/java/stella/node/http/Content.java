package stella.node.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Something of known size that can be served from any byte on.
 *
 * @param etag strong, with its quotes
 * @param size bytes
 * @param headers further headers of every answer about it
 * @param bytes the bytes of a part; opened only when they are wanted
 */
record Content(
        ContentType type,
        String etag,
        long size,
        List<HttpHeader> headers,
        Function<RangeRequest.Part, Source<ByteString, NotUsed>> bytes) {
    Content {
        headers = List.copyOf(headers);
    }

    /** The same, to be kept by nobody on the way: who asked wants to know who has it now. */
    Content uncached() {
        List<HttpHeader> kept = new ArrayList<>(headers);
        kept.removeIf(header -> header.is("cache-control"));
        kept.add(RawHeader.create("Cache-Control", "no-store"));
        return new Content(type, etag, size, kept, bytes);
    }
}
