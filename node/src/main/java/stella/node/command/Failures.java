package stella.node.command;

import java.util.Optional;
import stella.node.api.client.ApiFailure;
import stella.node.api.document.ErrorCode;
import stella.node.cli.CommandException;
import stella.node.cli.ExitCode;

/** What a node's refusals mean for a command: exit code, cause, and what mends it. */
final class Failures {
    private Failures() {}

    static CommandException explain(ApiFailure failure) {
        return of(failure.code(), String.valueOf(failure.getMessage()), failure.hint());
    }

    /** {@code message} is "what: why" or a single sentence. */
    static CommandException of(String code, String message, Optional<String> hint) {
        int colon = message.indexOf(": ");
        CommandException failure =
                CommandException.of(exitCode(code), code, colon < 0 ? message : message.substring(0, colon));
        if (colon >= 0) failure = failure.because(message.substring(colon + 2));
        return hint.isPresent() && !hint.get().isEmpty() ? failure.hint(hint.get()) : failure;
    }

    private static ExitCode exitCode(String word) {
        if (word.equals(ApiFailure.UNREACHABLE)) return ExitCode.UNREACHABLE;
        Optional<ErrorCode> code = ErrorCode.of(word);
        return code.isEmpty() ? ExitCode.FAILED : exitCode(code.get());
    }

    private static ExitCode exitCode(ErrorCode code) {
        return switch (code) {
            case MALFORMED, BAD_CID, KEY_REUSED, METHOD_NOT_ALLOWED -> ExitCode.USAGE;
            case NO_SUCH_PATH,
                    NO_SUCH_ACCOUNT,
                    NO_SUCH_NODE,
                    NO_SUCH_DEAL,
                    NO_SUCH_REQUEST,
                    NO_SUCH_PLACEMENT,
                    NO_SUCH_UPLOAD,
                    NO_SUCH_EVIDENCE -> ExitCode.NOT_FOUND;
            case NO_STORE_FITS, NOT_ENOUGH_FUNDS, REFUSED -> ExitCode.REFUSED;
            case CHAIN_UNREACHABLE, NO_INSPECTOR, STARTING -> ExitCode.UNREACHABLE;
            case COMMITMENT_MISMATCH -> ExitCode.INTEGRITY;
            case LOCAL_ONLY, NOT_UPLOADED, UPLOAD_RUNNING, UPLOAD_OFFSET, TOO_LARGE, BUSY, INTERNAL, UPLOADS_FULL ->
                ExitCode.FAILED;
        };
    }
}
