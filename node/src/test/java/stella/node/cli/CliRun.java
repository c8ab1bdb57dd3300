package stella.node.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import stella.protocol.Bytes;

/** Runs the program in this process and keeps what it said. For tests of any command. */
public record CliRun(int exitCode, Bytes outBytes, String err) {
    public static CliRun stella(String... arguments) {
        return withInput(new byte[0], arguments);
    }

    public static CliRun withInput(byte[] input, String... arguments) {
        return run(input, Map.of(), arguments);
    }

    public static CliRun withEnvironment(Map<String, String> environment, String... arguments) {
        return run(new byte[0], environment, arguments);
    }

    private static CliRun run(byte[] input, Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                environment);
        int exitCode = StellaCommand.run(console, arguments);
        return new CliRun(exitCode, Bytes.owning(out.toByteArray()), err.toString(StandardCharsets.UTF_8));
    }

    public String out() {
        return outBytes.toUtf8();
    }
}
