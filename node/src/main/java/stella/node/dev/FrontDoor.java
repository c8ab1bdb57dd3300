package stella.node.dev;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.jspecify.annotations.Nullable;
import stella.node.api.ApiServer;
import stella.node.http.Handler;
import stella.node.http.PublishedServer;

/**
 * The one port of a dev network: the API, the pieces that clients offer, and for everything else the gateway of the first Fetch. The
 * port is bound before there is anything behind it, so that a port in use is noticed at once.
 */
final class FrontDoor implements Handler {
    private final ActorSystem<?> system;
    private volatile @Nullable Inside inside;

    /** What is behind the door once the network runs. */
    record Inside(ApiServer api, Handler offered, Handler published, Handler gateway) {}

    FrontDoor(ActorSystem<?> system) {
        this.system = system;
    }

    void open(Inside behind) {
        inside = behind;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        Inside behind = inside;
        if (behind == null) {
            request.discardEntityBytes(system);
            return CompletableFuture.completedFuture(HttpResponse.create()
                    .withStatus(StatusCodes.SERVICE_UNAVAILABLE)
                    .withEntity("the network is starting\n"));
        }
        if (behind.api().owns(request)) return behind.api().handle(request);
        if (PublishedServer.owns(request)) return behind.published().handle(request);
        String path = request.getUri().path();
        return path.startsWith("/piece/")
                ? behind.offered().handle(request)
                : behind.gateway().handle(request);
    }
}
