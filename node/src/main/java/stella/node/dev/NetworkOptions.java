package stella.node.dev;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import stella.node.cli.CommandException;
import stella.node.cli.ExitCode;

/** Options that {@code dev} and {@code demo} share. */
final class NetworkOptions {
    @Option(names = "--stores", paramLabel = "N", defaultValue = "3", description = "Store nodes, 1 to 16 (default 3).")
    private int stores = 3;

    @Option(names = "--fetches", paramLabel = "N", defaultValue = "1", description = "Fetch nodes, 1 to 8 (default 1).")
    private int fetches = 1;

    @Option(
            names = "--inspectors",
            paramLabel = "N",
            defaultValue = "3",
            description = "Inspector nodes, 3 to 16 (default 3).")
    private int inspectors = 3;

    @Option(names = "--block-time", paramLabel = "TIME", description = "Time between blocks, for example 500ms or 1s.")
    private String blockTime = "";

    DevSettings settings(Path data, Duration blockTimeDefault, int httpPort, int rpcPort) {
        try {
            Duration time = blockTime.isEmpty() ? blockTimeDefault : duration(blockTime);
            return new DevSettings(data, stores, fetches, inspectors, time, "127.0.0.1", httpPort, rpcPort);
        } catch (IllegalArgumentException e) {
            throw CommandException.of(ExitCode.USAGE, "usage", String.valueOf(e.getMessage()));
        }
    }

    /** Reads {@code 250ms}, {@code 1s} or {@code 1.5s}. */
    static Duration duration(String text) {
        boolean millis = text.endsWith("ms");
        String number = text.replaceFirst("m?s$", "");
        if (!text.endsWith("s") || !number.matches("\\d{1,6}(\\.\\d{1,3})?"))
            throw new TypeConversionException("'" + text + "' is no time: write for example 500ms or 1s");
        double value = Double.parseDouble(number);
        return Duration.ofNanos((long) (value * (millis ? 1_000_000 : 1_000_000_000)));
    }
}
