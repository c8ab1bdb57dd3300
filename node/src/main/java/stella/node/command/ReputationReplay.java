package stella.node.command;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.trace.BadTraceException;
import stella.node.trace.Difference;
import stella.node.trace.Replay;

/** {@code stella reputation replay}. */
@Command(
        name = "replay",
        header = "Compute a trace of evidence and compare with what it expects.",
        description = {
            "The file is JSON in the form of vectors/reputation.json: one trace, or several. Needs no network.",
            "Exit code 0 when every value of every epoch is equal, 6 at the first difference, 1 when the file is no trace.",
            "JSON keys: traces, epochs, digest; of a difference, in error.details: epoch, subject, field, expected, found."
        },
        footer = {"  stella reputation replay vectors/reputation.json"})
public final class ReputationReplay implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The trace; - for standard input.")
    private String file = "";

    public ReputationReplay(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Replay replay = replay();
        if (replay.difference().isPresent()) throw parted(replay.difference().get());
        console.facts(Facts.of("traces", replay.traces())
                .and("epochs", replay.epochs())
                .and("digest", replay.digest()));
        return ExitCode.OK.number();
    }

    private Replay replay() throws IOException {
        try (InputStream in = file.equals("-") ? console.in() : Files.newInputStream(Path.of(file))) {
            return Replay.of(new BufferedInputStream(in));
        } catch (BadTraceException e) {
            throw CommandException.of(ExitCode.FAILED, "trace-malformed", file + " is no trace of reputation")
                    .because(String.valueOf(e.getMessage()))
                    .hint(
                            "the form is described in docs/reputation.md, section 14; vectors/reputation.json is an example");
        }
    }

    private static CommandException parted(Difference difference) {
        return CommandException.of(
                        ExitCode.INTEGRITY,
                        "reputation-differs",
                        "epoch " + difference.epoch() + ", " + difference.who() + ": " + difference.field() + " is "
                                + difference.found() + ", the trace expects " + difference.expected())
                .because("this program and the one that wrote the trace compute reputation differently")
                .detail("epoch", difference.epoch())
                .detail("subject", difference.who())
                .detail("field", difference.field())
                .detail("expected", difference.expected())
                .detail("found", difference.found());
    }
}
