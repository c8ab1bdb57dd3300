package stella.node.http;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Where Stores pull the pieces that a client offers: {@code GET /piece/{pieceCid}} with ranges (FRC-0066), nothing else. */
public final class SourceServer implements Handler {
    private final ActorSystem<?> system;
    private final PieceShelf offered;

    /** @param offered for example an {@link OfferFolder} */
    public SourceServer(ActorSystem<?> system, PieceShelf offered) {
        this.system = system;
        this.offered = offered;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        List<String> path = Requests.segments(request);
        request.discardEntityBytes(system);
        if (request.method().equals(HttpMethods.OPTIONS)) return Routes.preflight();
        if (!Requests.reads(request.method())) return Routes.onlyReads();
        if (Routes.isLive(path)) return Routes.live();
        if (path.size() == 2 && path.getFirst().equals("piece")) return Pieces.serve(request, path.get(1), offered);
        return Routes.nothingHere("/piece/{pieceCid}, /health/live");
    }
}
