package stella.node.http;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.IncomingConnection;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bound port whose connections go to one {@link Handler}, as far as the {@link Admission} lets them in. */
public final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final ServerBinding binding;
    private final SharedKillSwitch connections;

    private Listener(ServerBinding binding, SharedKillSwitch connections) {
        this.binding = binding;
        this.connections = connections;
    }

    /** Binds {@code where} with the limits that it states. */
    public static CompletionStage<Listener> bind(ActorSystem<?> system, HttpBinding where, Handler handler) {
        return bind(system, where, where.admission(() -> true), handler);
    }

    /**
     * Binds {@code where}. The stage fails with {@link PortUnavailableException} when the port cannot be had.
     */
    public static CompletionStage<Listener> bind(
            ActorSystem<?> system, HttpBinding where, Admission admission, Handler handler) {
        SharedKillSwitch connections = KillSwitches.shared("connections");
        ServerSettings settings = where.settings(system);
        Materializer materializer = SystemMaterializer.get(system).materializer();
        return Http.get(system)
                .newServerAt(where.host(), where.port())
                .withSettings(settings)
                .connectionSource()
                .to(Sink.foreach(connection -> accept(materializer, connection, admission, handler, connections)))
                .run(materializer)
                .handle((binding, failure) -> {
                    if (failure != null) throw PortUnavailableException.of(where, failure);
                    return new Listener(binding, connections);
                });
    }

    public InetSocketAddress address() {
        return binding.localAddress();
    }

    /** {@code http://host:port} of the bound port. */
    public String url() {
        InetSocketAddress address = binding.localAddress();
        String host = address.getHostString();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Gives the port back and cuts all connections. */
    public CompletionStage<Done> close() {
        return binding.unbind().whenComplete((_, _) -> connections.shutdown());
    }

    private static void accept(
            Materializer materializer,
            IncomingConnection connection,
            Admission admission,
            Handler handler,
            SharedKillSwitch connections) {
        if (!admission.enters(connection.remoteAddress())) {
            connection.handleWith(Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()), materializer);
            return;
        }
        Flow<HttpRequest, HttpResponse, CompletionStage<Done>> served = Flow.<HttpRequest>create()
                .via(connections.flow())
                .watchTermination(Keep.right())
                .mapAsync(1, request -> answer(handler, request));
        connection.handleWith(served, materializer).whenComplete((_, _) -> admission.left(connection.remoteAddress()));
    }

    private static CompletionStage<HttpResponse> answer(Handler handler, HttpRequest request) {
        try {
            return handler.handle(request).exceptionally(failure -> broken(request, failure));
        } catch (RuntimeException failure) {
            return CompletableFuture.completedFuture(broken(request, failure));
        }
    }

    private static HttpResponse broken(HttpRequest request, Throwable failure) {
        LOG.error("{} {} failed", request.method().value(), request.getUri().path(), failure);
        return Replies.refusal(500, "the request failed here; the node's log says why");
    }
}
