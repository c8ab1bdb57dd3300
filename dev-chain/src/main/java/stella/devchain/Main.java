package stella.devchain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The chain as a program of its own, for whoever wants nothing else of Stella. Prints where clients connect, and runs until it is stopped. */
public final class Main {
    private static final String USAGE = """
        usage: java -cp … stella.devchain.Main [--port N] [--host ADDRESS] [--block-time MILLIS|instant|manual]
               [--data FOLDER] [--spec FILE] [--finality-lag BLOCKS] [--archive] [--unsafe-rpc]\
        """;

    private static final int USAGE_ERROR = 2;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        DevChain chain;
        try {
            chain = DevChain.start(settings(List.of(arguments)));
        } catch (IllegalArgumentException | PortInUseException e) {
            System.err.println("error: " + e.getMessage());
            System.err.println(USAGE);
            System.exit(USAGE_ERROR);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(chain::close, "dev-chain-stop"));
        System.out.println(chain.rpcUri());
        Thread.currentThread().join();
    }

    static DevChainSettings settings(List<String> arguments) {
        DevChainSettings settings = DevChainSettings.standard();
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String option = left.pop();
            settings = switch (option) {
                case "--port" -> settings.withPort(number(option, left));
                case "--host" -> settings.withHost(value(option, left));
                case "--block-time" -> settings.withMode(mode(value(option, left)));
                case "--data" -> settings.withData(Path.of(value(option, left)));
                case "--spec" -> settings.withSpecification(Path.of(value(option, left)));
                case "--finality-lag" -> settings.withFinalityLag(number(option, left));
                case "--archive" -> settings.withHistory(DevChainSettings.ALL);
                case "--unsafe-rpc" -> settings.withUnsafeMethods(true);
                default -> throw new IllegalArgumentException("unknown option " + option);
            };
        }
        return settings;
    }

    private static BlockMode mode(String text) {
        return switch (text) {
            case "instant" -> BlockMode.instant();
            case "manual" -> BlockMode.manual();
            default -> BlockMode.interval(Duration.ofMillis(number("--block-time", text)));
        };
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) throw new IllegalArgumentException(option + " needs a value");
        return left.pop();
    }

    private static int number(String option, Deque<String> left) {
        return number(option, value(option, left));
    }

    private static int number(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not " + text, e);
        }
    }
}
