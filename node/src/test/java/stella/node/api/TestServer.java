package stella.node.api;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import stella.node.api.client.ApiClient;
import stella.node.api.client.NodeAddress;

/** The API of a {@link FakeNetwork} on a port of its own, behind real HTTP; what the API does not own goes to a gateway of the test. */
public final class TestServer implements AutoCloseable {
    public final FakeNetwork network;
    public final String url;

    private final ActorSystem<Void> system;
    private final ApiServer api;
    private final ServerBinding binding;

    private TestServer(FakeNetwork network, ActorSystem<Void> system, ApiServer api, ServerBinding binding) {
        this.network = network;
        this.system = system;
        this.api = api;
        this.binding = binding;
        this.url = "http://127.0.0.1:" + binding.localAddress().getPort();
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
            ServerSettings server =
                    ServerSettings.create(system.classicSystem()).withRemoteAddressAttribute(true);
            org.apache.pekko.japi.function.Function<HttpRequest, CompletionStage<HttpResponse>> handler =
                    request -> answer(api, gateway, request);
            ServerBinding binding = Http.get(system)
                    .newServerAt("127.0.0.1", 0)
                    .withSettings(server)
                    .bind(handler)
                    .toCompletableFuture()
                    .join();
            return new TestServer(network, system, api, binding);
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
        binding.terminate(Duration.ofMillis(1)).toCompletableFuture().join();
        api.close();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
