package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** One request: its positional parameters, read with care, and the connection it came by. */
final class RpcCall {
    private static final int LIST_MAX = 8192;

    private final JsonNode params;
    private final @Nullable RpcConnection connection;
    private final List<Runnable> afterResponse;

    /** @param connection null for HTTP, which has no subscriptions */
    RpcCall(JsonNode params, @Nullable RpcConnection connection, List<Runnable> afterResponse) {
        this.params = params;
        this.connection = connection;
        this.afterResponse = afterResponse;
    }

    boolean has(int index) {
        return params.hasNonNull(index);
    }

    String text(int index) {
        JsonNode value = need(index);
        if (!value.isTextual()) throw wrong(index, "a string");
        return value.textValue();
    }

    Bytes bytes(int index) {
        return bytes(need(index), index);
    }

    boolean bool(int index) {
        JsonNode value = need(index);
        if (!value.isBoolean()) throw wrong(index, "true or false");
        return value.booleanValue();
    }

    Hash hash(int index) {
        return hash(bytes(index), index);
    }

    static Hash hash(Bytes bytes, int index) {
        if (bytes.length() != Hash.LENGTH) throw wrong(index, "a hash of 32 bytes");
        return new Hash(bytes);
    }

    Optional<Hash> optionalHash(int index) {
        return has(index) ? Optional.of(hash(index)) : Optional.empty();
    }

    List<Bytes> bytesList(int index) {
        JsonNode list = need(index);
        if (!list.isArray()) throw wrong(index, "a list");
        if (list.size() > LIST_MAX) throw wrong(index, "a list of at most " + LIST_MAX + " items");
        List<Bytes> items = new ArrayList<>(list.size());
        for (JsonNode item : list) items.add(bytes(item, index));
        return items;
    }

    /** A number from 0 to 2^32 - 1, as JSON number or as hexadecimal text. */
    long u32(int index) {
        return u32(need(index), index);
    }

    long u32(JsonNode value, int index) {
        long number = -1;
        if (value.isIntegralNumber() && value.canConvertToLong()) number = value.longValue();
        else if (value.isTextual() && value.textValue().matches("0x[0-9a-fA-F]{1,8}"))
            number = Long.parseLong(value.textValue().substring(2), 16);
        if (number < 0 || number > 0xffff_ffffL) throw wrong(index, "a number from 0 to 4294967295");
        return number;
    }

    JsonNode raw(int index) {
        return need(index);
    }

    /**
     * Opens a subscription: its id is the answer; {@code start} runs once the answer is on its way, and may notify from then on.
     *
     * @param method what notifications are called
     */
    String subscribe(String method, Consumer<RpcSubscription> start) {
        if (connection == null)
            throw new RpcException(RpcException.METHOD_NOT_FOUND, "Subscriptions need a WebSocket connection");
        RpcSubscription subscription = connection.open(method);
        afterResponse.add(() -> start.accept(subscription));
        return subscription.id();
    }

    /** Runs {@code work} once the answer is on its way. */
    void afterwards(Runnable work) {
        afterResponse.add(work);
    }

    /** How many subscriptions of this kind the connection has. */
    int subscriptions(String method) {
        return connection == null ? 0 : connection.count(method);
    }

    /** Whether the subscription with this id is one of this connection's. */
    boolean owns(String id) {
        return connection != null && connection.has(id);
    }

    /** Takes back a subscription that was never announced. */
    void abandon(String id) {
        if (connection != null) connection.close(id);
    }

    /** Ends a subscription of this connection; false when there is none with that id. */
    boolean unsubscribe(int index) {
        JsonNode id = need(index);
        return connection != null && connection.close(id.asText());
    }

    private JsonNode need(int index) {
        if (!has(index)) throw RpcException.invalidParams("parameter " + index + " is missing");
        return params.get(index);
    }

    static Bytes bytes(JsonNode value, int index) {
        String text = value.isTextual() ? value.textValue() : "";
        // polkadot-api gives no arguments as an empty text, which Substrate takes.
        if (value.isTextual() && text.isEmpty()) return Bytes.EMPTY;
        if (!text.startsWith("0x")) throw wrong(index, "hexadecimal text after 0x");
        try {
            return Bytes.hex(text);
        } catch (IllegalArgumentException e) {
            throw wrong(index, "hexadecimal text after 0x");
        }
    }

    private static RpcException wrong(int index, String expected) {
        return RpcException.invalidParams("parameter " + index + " is not " + expected);
    }
}
