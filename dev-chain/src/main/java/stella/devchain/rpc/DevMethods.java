package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import stella.devchain.DevControl;
import stella.devchain.chain.BlockRecord;
import stella.devchain.chain.BlockTree;
import stella.devchain.host.RuntimeFailure;
import stella.devchain.state.StorageChanges;
import stella.devchain.state.StorageKey;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** {@code dev_*}: what only a development chain does. Names and forms follow chopsticks where it has them. */
final class DevMethods {
    private static final int COUNT_MAX = 1000;

    private final DevControl control;
    private final BlockTree blocks;

    private DevMethods(DevControl control, BlockTree blocks) {
        this.control = control;
        this.blocks = blocks;
    }

    static void addTo(RpcMethods methods, DevControl control, BlockTree blocks) {
        DevMethods own = new DevMethods(control, blocks);
        methods.add(own.asking(own::newBlocks), "dev_newBlock")
                .add(own.asking(own::reorganize), "dev_reorg")
                .add(own.asking(own::setHead), "dev_setHead")
                .add(own.asking(own::setStorage), "dev_setStorage")
                .add(own.asking(own::travel), "dev_timeTravel")
                .add(own.asking(_ -> Json.number(control.snapshot())), "dev_snapshot")
                .add(own.asking(call -> Json.bool(control.revert(call.u32(0)))), "dev_revert");
    }

    private RpcMethods.Method asking(Function<RpcCall, JsonNode> work) {
        return call -> {
            try {
                return work.apply(call);
            } catch (IllegalArgumentException e) {
                throw RpcException.client(String.valueOf(e.getMessage()));
            } catch (RuntimeFailure e) {
                throw RpcException.client("no block was made: " + e.getMessage());
            }
        };
    }

    /** One block, or {@code {"count": n}}, or as many as lead {@code {"to": number}}; answers the hash of the last. */
    private JsonNode newBlocks(RpcCall call) {
        long count = 1;
        JsonNode to = option(call, "to");
        JsonNode given = option(call, "count");
        if (given != null) count = call.u32(given, 0);
        else if (to != null) count = call.u32(to, 0) - blocks.best().number();
        if (count < 1 || count > COUNT_MAX)
            throw RpcException.invalidParams("from 1 to " + COUNT_MAX + " blocks are made at once, not " + count);
        String hash = "";
        for (long i = 0; i < count; i++) hash = control.newBlock().hash().toString();
        return Json.text(hash);
    }

    /**
     * A depth, or {@code {"depth": d, "blocks": n, "transactions": b}}: the last d blocks are replaced by n others, one more unless told. The replaced
     * blocks' transactions are in the new ones if {@code transactions} is true, else they wait in the pool again. Answers the new blocks' hashes.
     */
    private JsonNode reorganize(RpcCall call) {
        boolean object = call.has(0) && call.raw(0).isObject();
        JsonNode given = object ? option(call, "depth") : call.raw(0);
        long depth = given == null ? 1 : call.u32(given, 0);
        JsonNode wanted = option(call, "blocks");
        long length = wanted == null ? depth + 1 : call.u32(wanted, 0);
        if (depth > COUNT_MAX || length > COUNT_MAX)
            throw RpcException.invalidParams("a fork has at most " + COUNT_MAX + " blocks");
        JsonNode transactions = option(call, "transactions");
        boolean included = transactions != null && transactions.asBoolean();
        ArrayNode hashes = Json.array();
        for (BlockRecord block : control.reorganize((int) depth, (int) length, included))
            hashes.add(block.hash().toString());
        return hashes;
    }

    /** A hash, or a number of the best chain; answers the hash. */
    private JsonNode setHead(RpcCall call) {
        JsonNode wanted = call.raw(0);
        boolean isNumber = wanted.isNumber() || wanted.asText().length() < 2 + 2 * Hash.LENGTH;
        Hash hash = isNumber
                ? blocks.hashAt(call.u32(0))
                        .orElseThrow(() -> RpcException.client("there is no block " + wanted.asText()))
                : call.hash(0);
        control.setHead(hash);
        return Json.text(hash.toString());
    }

    /** A list of keys with their values, null removes: {@code [["0x…","0x…"],["0x…",null]]}. Answers the block whose storage was altered. */
    private JsonNode setStorage(RpcCall call) {
        JsonNode values = call.raw(0);
        if (!values.isArray() || values.size() > COUNT_MAX)
            throw RpcException.invalidParams("values are a list of at most " + COUNT_MAX + " pairs of key and value");
        TreeMap<StorageKey, Optional<Bytes>> changes = new TreeMap<>();
        for (JsonNode pair : values) {
            if (!pair.isArray() || pair.size() != 2)
                throw RpcException.invalidParams("each of the values is a pair of key and value");
            Optional<Bytes> value =
                    pair.get(1).isNull() ? Optional.empty() : Optional.of(RpcCall.bytes(pair.get(1), 0));
            changes.put(StorageKey.top(RpcCall.bytes(pair.get(0), 0)), value);
        }
        control.setStorage(new StorageChanges(changes));
        return Json.text(blocks.best().hash().toString());
    }

    /** Milliseconds since 1970, or a time such as {@code 2026-11-24T00:00:00Z}; answers the time of the block made then. */
    private JsonNode travel(RpcCall call) {
        JsonNode wanted = call.raw(0);
        try {
            Instant time = wanted.isIntegralNumber() && wanted.canConvertToLong()
                    ? Instant.ofEpochMilli(wanted.longValue())
                    : OffsetDateTime.parse(wanted.asText()).toInstant();
            return Json.number(control.travelTo(time));
        } catch (DateTimeException | ArithmeticException e) {
            throw RpcException.invalidParams(
                    "a time is a number of milliseconds since 1970 or has the form 2026-11-24T00:00:00Z");
        }
    }

    private static @Nullable JsonNode option(RpcCall call, String name) {
        return call.has(0) && call.raw(0).hasNonNull(name) ? call.raw(0).get(name) : null;
    }
}
