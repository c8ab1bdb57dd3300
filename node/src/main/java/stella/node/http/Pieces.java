package stella.node.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.FileIO;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import stella.protocol.cid.MalformedException;
import stella.protocol.piece.Piece;

/** Whole pieces with ranges, straight from their files: {@code GET /piece/{pieceCid}} (FRC-0066). */
final class Pieces {
    private static final ContentType TYPE = ContentTypes.parse("application/vnd.ipld.car");
    private static final int CHUNK = 64 << 10;

    private Pieces() {}

    static CompletionStage<HttpResponse> serve(HttpRequest request, String text, PieceShelf shelf) {
        Optional<Piece> piece = read(text);
        if (piece.isEmpty())
            return CompletableFuture.completedFuture(
                    Replies.refusal(400, "the path does not name a piece: it wants a piece CID of version 2"));
        return shelf.find(piece.get())
                .thenApply(found -> found.map(file -> Replies.content(request, content(text, file)))
                        .orElseGet(() -> Replies.refusal(404, "this node does not have the piece")));
    }

    private static Content content(String cid, PieceShelf.PieceFile file) {
        return new Content(
                TYPE,
                "\"" + cid + "\"",
                file.size(),
                List.of(
                        Replies.IMMUTABLE,
                        RawHeader.create("Content-Disposition", "attachment; filename=\"" + cid + ".car\"")),
                part -> bytes(file, part));
    }

    private static Source<ByteString, NotUsed> bytes(PieceShelf.PieceFile file, RangeRequest.Part part) {
        return FileIO.fromPath(file.path(), CHUNK, part.first())
                .via(upTo(part.length()))
                .mapMaterializedValue(_ -> NotUsed.getInstance());
    }

    /** The first {@code length} bytes of a stream. */
    private static Flow<ByteString, ByteString, NotUsed> upTo(long length) {
        return Flow.of(ByteString.class)
                .statefulMap(
                        () -> length,
                        (left, bytes) -> org.apache.pekko.japi.Pair.create(
                                left - bytes.size(), left < bytes.size() ? bytes.take(Math.toIntExact(left)) : bytes),
                        _ -> Optional.empty())
                .takeWhile(bytes -> bytes.nonEmpty());
    }

    private static Optional<Piece> read(String text) {
        if (text.length() > 128) return Optional.empty();
        try {
            return Optional.of(Piece.parse(text));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
