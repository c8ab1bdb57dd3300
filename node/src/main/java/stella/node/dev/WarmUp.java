package stella.node.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Starts a network and ends it at once. The launcher runs this a single time after a build and lets the JVM record what was loaded
 * (JEP 483, 514), so that every later start is quick.
 */
public final class WarmUp {
    private WarmUp() {}

    /** @param arguments an empty folder to work in, which the caller removes */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        DevSettings settings = new DevSettings(folder, 2, 1, 3, Duration.ofMillis(200), "127.0.0.1", 0, 0);
        DevNetwork network = DevNetwork.start(settings);
        network.close();
        System.exit(0);
    }
}
