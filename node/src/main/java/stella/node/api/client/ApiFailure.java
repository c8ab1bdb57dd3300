package stella.node.api.client;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.Problem;

/** The node said no, or cannot be asked. The message is what happened, {@link #hint} what mends it. */
public final class ApiFailure extends IOException {
    /** No program answers at the address, or what answers is no Stella node. */
    public static final String UNREACHABLE = "node-unreachable";

    private final String code;
    private final @Nullable String hint;

    private ApiFailure(String code, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
    }

    static ApiFailure of(Problem problem) {
        return new ApiFailure(problem.code(), problem.detail(), problem.hint(), null);
    }

    public static ApiFailure unreachable(String message, @Nullable Throwable cause) {
        return new ApiFailure(UNREACHABLE, message, "./stella dev", cause);
    }

    /** Stable word: one of {@link ErrorCode}, a word of a newer node, or {@link #UNREACHABLE}. */
    public String code() {
        return code;
    }

    public boolean is(ErrorCode expected) {
        return code.equals(expected.word());
    }

    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
