package stella.devchain.host;

/** A call into the runtime that did not return. The message names the call and why, with the runtime's own words when it panicked. */
public final class RuntimeFailure extends RuntimeException {
    /** What ended the call. */
    public enum Kind {
        /** The runtime panicked; the message has its text. */
        PANIC,
        /** The wasm did what wasm must not, or a host function refused its arguments. */
        TRAP,
        /** The call ran longer than allowed. */
        TIMEOUT,
        /** The runtime has no function of that name. */
        NO_SUCH_CALL,
        /** The blob is no runtime: not wasm, or its imports and exports are not a runtime's. */
        BAD_CODE
    }

    private final Kind kind;

    RuntimeFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    RuntimeFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
