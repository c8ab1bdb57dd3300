package stella.gateway.rpc;

import java.time.Duration;

/** Why a request has no result. */
public sealed interface RpcFailure {
    /** The node answered with an error of JSON-RPC: {@code code} is its number for it, {@code data} more text or empty. */
    record Refused(int code, String message, String data) implements RpcFailure {}

    /** The node answered something that is no answer to the request. */
    record Malformed(String what) implements RpcFailure {}

    /** The connection was lost before the answer came; the node may or may not have seen the request. */
    record Disconnected(String why) implements RpcFailure {}

    /** No answer in time; the node may or may not have seen the request. */
    record TimedOut(Duration after) implements RpcFailure {}

    /** More requests wait than the settings allow; this one was not sent. */
    record Overloaded(int waiting) implements RpcFailure {}

    /** The client was closed. */
    record Closed() implements RpcFailure {}

    /** Whether the same request may succeed later without anything being mended. */
    default boolean isTransient() {
        return switch (this) {
            case Disconnected _, TimedOut _, Overloaded _ -> true;
            case Refused _, Malformed _, Closed _ -> false;
        };
    }

    /** A sentence without a period. */
    default String sentence() {
        return switch (this) {
            case Refused(int code, String message, String data) ->
                "the node refused: " + message + (data.isEmpty() ? "" : " (" + data + ")") + " [" + code + "]";
            case Malformed(String what) -> "the node's answer is malformed: " + what;
            case Disconnected(String why) -> "the connection to the node was lost: " + why;
            case TimedOut(Duration after) -> "the node did not answer within " + after.toMillis() + " ms";
            case Overloaded(int waiting) -> waiting + " requests wait for the node already";
            case Closed() -> "the client is closed";
        };
    }
}
