package stella.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stella.node.content.Progress;

/**
 * Where a command reads and writes: data on standard output in the format asked for, talk and progress on standard error. Tests give
 * streams of their own.
 */
public final class Console {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final Map<String, String> environment;
    private OutputFormat format = OutputFormat.TABLE;
    private boolean quiet;

    /**
     * A console.
     *
     * @param terminal whether {@code err} is a terminal, where bars and colours help
     * @param environment variables by name
     */
    public Console(
            InputStream in, PrintStream out, PrintStream err, boolean terminal, Map<String, String> environment) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.environment = Map.copyOf(environment);
        this.quiet = Boolean.parseBoolean(environment.get("STELLA_QUIET"));
    }

    /** The console of this process. */
    public static Console system() {
        return new Console(
                System.in,
                new PrintStream(System.out, false, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                errorIsTerminal(),
                System.getenv());
    }

    public InputStream in() {
        return in;
    }

    /** For commands whose data are bytes; everything else goes through the methods below. */
    public PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    Map<String, String> environment() {
        return environment;
    }

    public OutputFormat format() {
        return format;
    }

    public boolean quiet() {
        return quiet;
    }

    void format(OutputFormat chosen) {
        format = chosen;
    }

    void quiet(boolean chosen) {
        quiet = chosen;
    }

    /** One value that is the answer, and the facts around it: people and pipes get the value alone, JSON gets the facts. */
    public void value(Object value, Facts facts) {
        if (format.isJson()) json(facts.asMap());
        else out.println(value);
        out.flush();
    }

    /** Facts about one thing. */
    public void facts(Facts facts) {
        if (format.isJson()) json(facts.asMap());
        else Tables.facts(out, facts, format == OutputFormat.PLAIN ? "\t" : "  ", format == OutputFormat.TABLE);
        out.flush();
    }

    /** Facts whose only form is JSON, whatever {@code --output} says. */
    public void document(Facts facts) {
        json(facts.asMap());
        out.flush();
    }

    /** A table that is filled row by row and written when it is closed; NDJSON and plain rows are written at once. */
    public Rows rows(String... columns) {
        return new Rows(this, List.of(columns));
    }

    /** Talk: a line on standard error, unless {@code --quiet}. */
    public void say(String line) {
        if (!quiet) err.println(line);
    }

    /** The next useful command, as the last line of talk. */
    public void next(String command) {
        if (terminal) say("next: " + command);
    }

    /** A bar on standard error if that is a terminal, else silence. To be closed. */
    public ProgressLine progress() {
        return terminal && !quiet ? new ProgressLine.Bar(err) : new ProgressLine.Silent(Progress.NONE);
    }

    void json(Object value) {
        out.println(toJson(value));
    }

    static String toJson(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts are always JSON", e);
        }
    }

    private static boolean errorIsTerminal() {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
            return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException noProcfs) {
            return Optional.ofNullable(System.console())
                    .filter(java.io.Console::isTerminal)
                    .isPresent();
        }
    }
}
