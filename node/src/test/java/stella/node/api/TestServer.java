package stella.node.api;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import stella.node.api.client.ApiClient;
import stella.node.api.client.NodeAddress;
import stella.node.http.HttpBinding;
import stella.node.http.Listener;

/** The API of a {@link FakeNetwork} on a port of its own, behind real HTTP; what the API does not own goes to a gateway of the test. */
public final class TestServer implements AutoCloseable {
    public final FakeNetwork network;
    public final String url;

    private final ActorSystem<Void> system;
    private final ApiServer api;
    private final Listener listener;

    private TestServer(FakeNetwork network, ActorSystem<Void> system, ApiServer api, Listener listener) {
        this.network = network;
        this.system = system;
        this.api = api;
        this.listener = listener;
        this.url = listener.url();
        network.setGateway(url);
    }

    public static TestServer start(Path folder) {
        return start(folder, ApiSettings.DEFAULT, _ -> HttpResponse.create().withStatus(404));
    }

    public static TestServer start(Path folder, ApiSettings settings, Function<HttpRequest, HttpResponse> gateway) {
        FakeNetwork network = new FakeNetwork(folder);
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                "test",
                ConfigFactory.parseString("pekko { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }")
                        .withFallback(ConfigFactory.load()));
        try {
            ApiServer api = ApiServer.create(system, network, settings, folder.resolve("history"));
            Listener listener = Listener.bind(
                            system, HttpBinding.at("127.0.0.1", 0), request -> answer(api, gateway, request))
                    .toCompletableFuture()
                    .join();
            return new TestServer(network, system, api, listener);
        } catch (IOException e) {
            system.terminate();
            throw new AssertionError(e);
        }
    }

    private static CompletionStage<HttpResponse> answer(
            ApiServer api, Function<HttpRequest, HttpResponse> gateway, HttpRequest request) {
        return api.owns(request) ? api.handle(request) : CompletableFuture.supplyAsync(() -> gateway.apply(request));
    }

    public ApiClient client() {
        return new ApiClient(new NodeAddress(url, "the test"));
    }

    @Override
    public void close() {
        listener.close().toCompletableFuture().join();
        api.close();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
