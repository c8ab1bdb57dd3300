package stella.node.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.headers.ProductVersion;
import org.apache.pekko.http.javadsl.model.headers.Server;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import scala.concurrent.duration.FiniteDuration;

/**
 * Where a server listens and how much it takes.
 *
 * @param port 0 for any free port
 * @param connectionsMax open connections in all; further ones are closed at once
 * @param connectionsPerAddressMax open connections from one address
 * @param bodyBytesMax longest body of a request
 */
public record HttpBinding(String host, int port, int connectionsMax, int connectionsPerAddressMax, int bodyBytesMax) {
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    public HttpBinding {
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        if (connectionsMax < 1 || connectionsPerAddressMax < 1 || bodyBytesMax < 0)
            throw new IllegalArgumentException("limits are positive");
    }

    public static HttpBinding at(String host, int port) {
        return new HttpBinding(host, port, 4096, 512, 64 << 10);
    }

    /** Admission by these limits, and only while {@code door} is open. */
    public Admission admission(BooleanSupplier door) {
        return new Admission(connectionsMax, connectionsPerAddressMax, door);
    }

    ServerSettings settings(ActorSystem<?> system) {
        ServerSettings defaults = ServerSettings.create(system.classicSystem());
        return defaults.withRemoteAddressAttribute(true)
                .withServerHeader(Optional.of(Server.create(ProductVersion.create("stella", ""))))
                .withTimeouts(
                        defaults.getTimeouts().withIdleTimeout(scala(IDLE)).withRequestTimeout(scala(ANSWER)))
                .withParserSettings(defaults.getParserSettings()
                        .withMaxContentLength(bodyBytesMax)
                        .withIllegalHeaderWarnings(false)
                        .withMaxUriLength(4096));
    }

    private static FiniteDuration scala(Duration duration) {
        return FiniteDuration.create(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
