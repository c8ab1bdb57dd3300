package stella.devchain.rpc;

import org.jspecify.annotations.Nullable;

/** An answer that is an error: JSON-RPC's code, message and data. */
final class RpcException extends RuntimeException {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;

    /** Substrate's code for everything that goes wrong with the state or a call of the runtime. */
    static final int CLIENT_ERROR = 4003;

    private final int code;
    private final @Nullable String data;

    RpcException(int code, String message) {
        this(code, message, null);
    }

    RpcException(int code, String message, @Nullable String data) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }

    static RpcException invalidParams(String what) {
        return new RpcException(INVALID_PARAMS, "Invalid params", what);
    }

    static RpcException client(String what) {
        return new RpcException(CLIENT_ERROR, "Client error: " + what);
    }

    int code() {
        return code;
    }

    @Nullable
    String data() {
        return data;
    }
}
