package stella.node.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * What Inspectors publish under its digest: {@code GET /stella/v1/published/{digest}} answers the adopted state of that digest, for
 * Inspectors that join late (RE-2). Whoever receives it checks it against the chain.
 */
public final class PublishedServer implements Handler {
    private final ActorSystem<?> system;
    private final Function<Hash, CompletionStage<Optional<Bytes>>> shelf;

    /** @param shelf never completes exceptionally for a digest that it does not have */
    public PublishedServer(ActorSystem<?> system, Function<Hash, CompletionStage<Optional<Bytes>>> shelf) {
        this.system = system;
        this.shelf = shelf;
    }

    /** Whether a request is one for this server, where several share a port. */
    public static boolean owns(HttpRequest request) {
        return request.getUri().path().startsWith("/stella/v1/published/");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        request.discardEntityBytes(system);
        List<String> path = Requests.segments(request);
        if (!Requests.reads(request.method())) return Routes.onlyReads();
        if (path.size() != 4) return Routes.nothingHere("/stella/v1/published/{digest}");
        Optional<Hash> digest = digest(path.getLast());
        if (digest.isEmpty()) return Routes.refused(400, "a digest is 32 bytes in hexadecimal, beginning with 0x");
        return shelf.apply(digest.get())
                .thenApply(found -> found.map(data -> Replies.with(
                                HttpResponse.create()
                                        .withEntity(HttpEntities.create(
                                                ContentTypes.APPLICATION_OCTET_STREAM, data.toArray())),
                                List.of(Replies.IMMUTABLE)))
                        .orElseGet(() -> Replies.refusal(404, "this node has no result of that digest")));
    }

    private static Optional<Hash> digest(String text) {
        if (!text.matches("0x[0-9a-f]{64}")) return Optional.empty();
        return Optional.of(new Hash(Bytes.hex(text.substring(2))));
    }
}
