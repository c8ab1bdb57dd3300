package stella.node.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import stella.protocol.car.CarException;
import stella.protocol.cid.MalformedException;
import stella.protocol.possession.DamagedPieceException;
import stella.protocol.unixfs.ContentException;

/** Turns whatever ends a command into {@code error:}, {@code cause:}, {@code try:} and an exit code. */
final class Errors {
    private static final String DEBUG = "STELLA_DEBUG";

    private Errors() {}

    static int print(Console console, CommandException failure) {
        if (console.format().isJson()) {
            Facts error = Facts.of("code", failure.code()).and("message", failure.what());
            failure.reason().ifPresent(reason -> error.and("cause", reason));
            error.and("details", failure.details());
            failure.hint().ifPresent(hint -> error.and("hint", hint));
            console.err().println(Console.toJson(Facts.of("error", error).asMap()));
        } else {
            PrintStream err = console.err();
            err.println("error: " + Tables.clean(failure.what()));
            failure.reason().ifPresent(reason -> err.println("cause: " + Tables.clean(reason)));
            failure.hint().ifPresent(hint -> err.println("try: " + Tables.clean(hint)));
        }
        return failure.exitCode().number();
    }

    static int execution(Console console, Exception failure) {
        if (console.environment().containsKey(DEBUG)) failure.printStackTrace(console.err());
        return print(console, explain(failure));
    }

    private static CommandException explain(Exception failure) {
        return switch (failure) {
            case CommandException command -> command;
            case UncheckedIOException wrapped when wrapped.getCause() != null -> explain(wrapped.getCause());
            case ContentException.MissingBlock missing -> of(ExitCode.NOT_FOUND, "block-missing", missing);
            case ContentException.NoSuchPath path -> of(ExitCode.NOT_FOUND, "path-unknown", path);
            case ContentException broken -> of(ExitCode.INTEGRITY, "content-broken", broken);
            case DamagedPieceException damaged ->
                of(ExitCode.INTEGRITY, "piece-damaged", damaged).hint("get the piece again from another node");
            case CarException car -> of(ExitCode.INTEGRITY, "not-a-car", car);
            case MalformedException malformed -> of(ExitCode.INTEGRITY, "malformed", malformed);
            case NoSuchFileException file ->
                CommandException.of(ExitCode.NOT_FOUND, "file-missing", "there is no file " + file.getFile());
            case AccessDeniedException file ->
                CommandException.of(ExitCode.FAILED, "access-denied", "the system denies access to " + file.getFile());
            case FileAlreadyExistsException file ->
                CommandException.of(ExitCode.FAILED, "file-exists", file.getFile() + " exists already")
                        .hint("choose another name with -o");
            case ClosedByInterruptException _ ->
                CommandException.of(ExitCode.INTERRUPTED, "interrupted", "interrupted; what was half done is removed");
            case IOException io -> of(ExitCode.FAILED, "io", io);
            default ->
                CommandException.of(ExitCode.FAILED, "internal", "this is a defect of stella")
                        .because(failure.toString())
                        .hint(DEBUG + "=1 stella … shows where it happened");
        };
    }

    private static CommandException of(ExitCode exitCode, String code, Exception failure) {
        return CommandException.of(
                exitCode, code, Optional.ofNullable(failure.getMessage()).orElse(failure.toString()));
    }

    static int usage(Console console, ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message = Optional.ofNullable(failure.getMessage()).orElse("the arguments are not understood");
        String what = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
        String hint = name + " --help";
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String wrong = unmatched.getUnmatched().getFirst();
            boolean option = wrong.startsWith("-");
            what = option
                    ? "'" + name + "' has no option " + wrong
                    : command.getSubcommands().isEmpty()
                            ? "'" + name + "' takes no further argument '" + wrong + "'"
                            : "'" + name + "' has no command '" + wrong + "'";
            Optional<String> meant = Suggestions.nearest(
                    wrong, option ? options(command) : command.getSubcommands().keySet());
            if (meant.isPresent()) hint = "did you mean '" + name + " " + meant.get() + "'?";
        }
        return print(console, CommandException.of(ExitCode.USAGE, "usage", what).hint(hint));
    }

    private static List<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .map(CommandLine.Model.OptionSpec::longestName)
                .toList();
    }
}
