package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import stella.devchain.chain.BlockRecord;

/** {@code dev_*}: what only a development chain does. */
final class DevMethods {
    private static final int COUNT_MAX = 1000;

    private DevMethods() {}

    /** @param newBlock makes a block on the author's thread */
    static void addTo(RpcMethods methods, Supplier<CompletableFuture<BlockRecord>> newBlock) {
        methods.add(call -> newBlocks(call, newBlock), "dev_newBlock");
    }

    /** One block, or {@code {"count": n}}; answers the hash of the last. */
    private static JsonNode newBlocks(RpcCall call, Supplier<CompletableFuture<BlockRecord>> newBlock) {
        long count =
                call.has(0) && call.raw(0).has("count") ? call.u32(call.raw(0).get("count"), 0) : 1;
        if (count < 1 || count > COUNT_MAX)
            throw RpcException.invalidParams("count is from 1 to " + COUNT_MAX + ", not " + count);
        String hash = "";
        for (long i = 0; i < count; i++) {
            try {
                hash = newBlock.get().join().hash().toString();
            } catch (CompletionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                throw RpcException.client("no block was made: " + cause.getMessage());
            }
        }
        return Json.text(hash);
    }
}
