package stella.gateway.rpc;

import java.util.concurrent.CompletionException;

/** A request without a result; {@link #failure} says why. */
public final class RpcException extends RuntimeException {
    private final String method;
    private final transient RpcFailure failure;

    public RpcException(String method, RpcFailure failure) {
        super(method + ": " + failure.sentence());
        this.method = method;
        this.failure = failure;
    }

    public String method() {
        return method;
    }

    public RpcFailure failure() {
        return failure;
    }

    /** An answer of {@code method} that is not what was asked for. */
    public static RpcException malformed(String method, String what) {
        return new RpcException(method, new RpcFailure.Malformed(what));
    }

    /** The exception below the wrappers that stages put around it. */
    public static Throwable unwrap(Throwable thrown) {
        Throwable inner = thrown;
        while (inner instanceof CompletionException && inner.getCause() != null) inner = inner.getCause();
        return inner;
    }
}
