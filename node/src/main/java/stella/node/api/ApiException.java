package stella.node.api;

import org.jspecify.annotations.Nullable;
import stella.node.api.document.ErrorCode;

/** Ends the handling of a request with a problem for its caller. */
final class ApiException extends RuntimeException {
    private final ErrorCode code;
    private final @Nullable String hint;

    ApiException(ErrorCode code, String detail) {
        this(code, detail, null);
    }

    ApiException(ErrorCode code, String detail, @Nullable String hint) {
        super(detail, null, false, false);
        this.code = code;
        this.hint = hint;
    }

    ErrorCode code() {
        return code;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    @Nullable
    String hint() {
        return hint;
    }
}
