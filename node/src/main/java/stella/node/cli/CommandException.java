package stella.node.cli;

import java.util.Optional;

/**
 * A command ends without its result. Says what happened ({@link #getMessage}), why, and what mends it.
 *
 * <pre>{@code
 * throw CommandException.of(ExitCode.NOT_FOUND, "deal-unknown", "there is no deal 7")
 *         .because("the chain knows deals 0 to 3")
 *         .hint("stella deal ls");
 * }</pre>
 */
public final class CommandException extends RuntimeException {
    private final ExitCode exitCode;
    private final String code;
    private final String message;
    private final Optional<String> reason;
    private final Optional<String> hint;
    private final Facts details;

    private CommandException(
            ExitCode exitCode,
            String code,
            String message,
            Optional<String> reason,
            Optional<String> hint,
            Facts details) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
        this.message = message;
        this.reason = reason;
        this.hint = hint;
        this.details = details;
    }

    /**
     * A failure.
     *
     * @param code stable name for programs, in kebab-case
     * @param message what happened, in lower case, without a full stop
     */
    public static CommandException of(ExitCode exitCode, String code, String message) {
        return new CommandException(
                exitCode, code, message, Optional.empty(), Optional.empty(), Facts.of("exitCode", exitCode.number()));
    }

    /** Why it happened. */
    public CommandException because(String why) {
        return new CommandException(exitCode, code, message, Optional.of(why), hint, details);
    }

    /** A command or an act that mends it. */
    public CommandException hint(String mends) {
        return new CommandException(exitCode, code, message, reason, Optional.of(mends), details);
    }

    /** A value for programs. */
    public CommandException detail(String name, Object value) {
        details.and(name, value);
        return this;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    String code() {
        return code;
    }

    String what() {
        return message;
    }

    Optional<String> reason() {
        return reason;
    }

    Optional<String> hint() {
        return hint;
    }

    Facts details() {
        return details;
    }
}
