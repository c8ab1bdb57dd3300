package stella.node.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.UploadView;
import stella.protocol.cid.MalformedException;
import stella.protocol.piece.Piece;

/**
 * {@code uploads/{pieceCid}}: GET or HEAD tells how much is here, PUT brings the piece or, with {@code Content-Range}, a part of it
 * that begins where the last one ended. The headers are those of resumable uploads (IETF draft).
 */
final class UploadResource implements Resource {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    private final Uploads uploads;
    private final WriteGuard guard;
    private final ApiSettings settings;
    private final Executor disk;

    /** @param disk runs uploads, so its size is how many run at once */
    UploadResource(Uploads uploads, WriteGuard guard, ApiSettings settings, Executor disk) {
        this.uploads = uploads;
        this.guard = guard;
        this.settings = settings;
        this.disk = disk;
    }

    @Override
    public HttpResponse answer(Exchange exchange, List<String> rest) {
        if (rest.size() != 1) throw Resource.noSuchPath("uploads/{pieceCid}");
        Piece piece = piece(rest.getFirst());
        if (exchange.isRead()) return tell(piece);
        if (!exchange.method().equals("PUT")) throw Resource.notAllowed(exchange, "GET, HEAD and PUT");
        guard.check(exchange);
        return with(take(exchange, piece));
    }

    static Piece piece(String text) {
        try {
            return Piece.parse(text);
        } catch (MalformedException e) {
            throw new ApiException(
                    ErrorCode.BAD_CID,
                    "this is no piece CID of version 2: " + e.getMessage(),
                    "compute one with `stella commp FILE`");
        }
    }

    private HttpResponse tell(Piece piece) {
        return with(uploads.find(piece)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NO_SUCH_UPLOAD, "nothing of " + piece.cid() + " is here", "begin with PUT")));
    }

    private UploadView take(Exchange exchange, Piece piece) {
        long offset = offset(exchange, piece);
        try {
            return CompletableFuture.supplyAsync(() -> append(exchange, piece, offset), disk)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    private UploadView append(Exchange exchange, Piece piece, long offset) {
        try (InputStream body = exchange.body(settings.uploadSilenceMax())) {
            return uploads.append(piece, offset, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long offset(Exchange exchange, Piece piece) {
        String text = exchange.header("Content-Range").orElse("");
        if (text.isEmpty()) return 0;
        Matcher range = RANGE.matcher(text);
        if (!range.matches() || Long.parseLong(range.group(3)) != piece.payloadSize())
            throw new ApiException(
                    ErrorCode.MALFORMED,
                    "Content-Range must be 'bytes FIRST-LAST/" + piece.payloadSize() + "' for this piece");
        return Long.parseLong(range.group(1));
    }

    private static HttpResponse with(UploadView view) {
        return Answers.ok(view)
                .addHeader(RawHeader.create("Upload-Offset", String.valueOf(view.received())))
                .addHeader(RawHeader.create("Upload-Length", String.valueOf(view.total())))
                .addHeader(RawHeader.create("Upload-Complete", view.complete() ? "?1" : "?0"));
    }
}
