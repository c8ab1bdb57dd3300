package stella.node.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A server on a free port and a client of it. */
final class Served implements AutoCloseable {
    final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "served");
    final Listener listener;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    Served(Function<ActorSystem<?>, Handler> server) throws Exception {
        this(HttpBinding.at("127.0.0.1", 0), server);
    }

    Served(HttpBinding where, Function<ActorSystem<?>, Handler> server) throws Exception {
        listener = Listener.bind(system, where, server.apply(system))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    HttpResponse<byte[]> head(String path, String... headers) throws Exception {
        return send("HEAD", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
        return send("POST", path, HttpRequest.BodyPublishers.ofByteArray(body));
    }

    HttpResponse<byte[]> send(String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(listener.url() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body);
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Sends bytes as they are and reads until the server closes. */
    String bare(String request) throws IOException {
        InetSocketAddress address = listener.address();
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(1 << 20), StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
