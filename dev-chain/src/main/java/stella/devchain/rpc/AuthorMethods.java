package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stella.devchain.pool.Submission;
import stella.devchain.pool.TransactionPool;
import stella.devchain.pool.TransactionStatus;
import stella.devchain.pool.TransactionWatcher;
import stella.gateway.scale.ScaleException;
import stella.gateway.scale.ScaleReader;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;

/** {@code author_*}: transactions into the pool. */
final class AuthorMethods {
    private static final int REMOVED_MAX = 1024;

    private final TransactionPool pool;
    private final Runnable came;

    private AuthorMethods(TransactionPool pool, Runnable came) {
        this.pool = pool;
        this.came = came;
    }

    /** @param came told when a transaction has come into the pool */
    static void addTo(RpcMethods methods, TransactionPool pool, Runnable came) {
        AuthorMethods own = new AuthorMethods(pool, came);
        methods.add(own::submit, "author_submitExtrinsic")
                .add(own::submitAndWatch, "author_submitAndWatchExtrinsic")
                .add(call -> Json.bool(call.unsubscribe(0)), "author_unwatchExtrinsic")
                .add(call -> Json.hexList(pool.ready()), "author_pendingExtrinsics");
    }

    /** With these anybody could take transactions of others out of the pool. */
    static void addUnsafeTo(RpcMethods methods, TransactionPool pool) {
        methods.add(call -> remove(call, pool), "author_removeExtrinsic");
    }

    /** Of {@code {"hash"}} and {@code {"extrinsic"}}, those that were in the pool; they are banned for a while. */
    private static JsonNode remove(RpcCall call, TransactionPool pool) {
        JsonNode list = call.raw(0);
        if (!list.isArray() || list.size() > REMOVED_MAX)
            throw RpcException.invalidParams("parameter 0 is not a list of at most " + REMOVED_MAX + " items");
        ArrayNode removed = Json.array();
        for (JsonNode item : list) {
            Hash hash = item.has("extrinsic")
                    ? Digests.blake2b256(RpcCall.bytes(item.get("extrinsic"), 0))
                    : RpcCall.hash(RpcCall.bytes(item.path("hash"), 0), 0);
            if (pool.remove(hash)) removed.add(hash.toString());
        }
        return removed;
    }

    private JsonNode submit(RpcCall call) {
        Submission.Accepted accepted = accept(extrinsic(call), TransactionWatcher.NOBODY);
        came.run();
        return Json.text(accepted.hash().toString());
    }

    /** The transaction is judged before there is a subscription, so that a refusal is the answer; its first steps wait for the answer. */
    private JsonNode submitAndWatch(RpcCall call) {
        Bytes extrinsic = extrinsic(call);
        Watch watch = new Watch();
        String id = call.subscribe("author_extrinsicUpdate", subscription -> {
            watch.to(subscription);
            came.run();
        });
        try {
            accept(extrinsic, watch);
        } catch (RpcException e) {
            call.abandon(id);
            throw e;
        }
        return Json.text(id);
    }

    private Submission.Accepted accept(Bytes extrinsic, TransactionWatcher watcher) {
        return switch (pool.submit(extrinsic, watcher)) {
            case Submission.Accepted accepted -> accepted;
            case Submission.Rejected rejected ->
                throw new RpcException(
                        rejected.reason().code(),
                        rejected.message(),
                        rejected.data().isEmpty() ? null : rejected.data());
        };
    }

    /** An extrinsic with its length in front, and nothing behind it. */
    static Bytes extrinsic(RpcCall call) {
        Bytes bytes = call.bytes(0);
        try {
            ScaleReader in = new ScaleReader(bytes);
            in.bytes(bytes.length());
            in.end();
            return bytes;
        } catch (ScaleException e) {
            throw new RpcException(
                    Submission.Reason.BAD_FORMAT.code(), "Extrinsic has invalid format: " + e.getMessage());
        }
    }

    /** Keeps the steps until the subscription may notify, then forwards them. */
    private static final class Watch implements TransactionWatcher {
        private final List<TransactionStatus> early = new ArrayList<>();
        private @Nullable RpcSubscription subscription;

        @Override
        public synchronized void changed(TransactionStatus status) {
            if (subscription == null) early.add(status);
            else send(subscription, status);
        }

        synchronized void to(RpcSubscription target) {
            subscription = target;
            early.forEach(status -> send(target, status));
            early.clear();
        }

        private static void send(RpcSubscription target, TransactionStatus status) {
            target.send(json(status));
            if (status.last()) target.finish();
        }
    }

    private static JsonNode json(TransactionStatus status) {
        ObjectNode node = Json.object();
        return switch (status) {
            case TransactionStatus.Future f -> Json.text("future");
            case TransactionStatus.Ready r -> Json.text("ready");
            case TransactionStatus.Dropped d -> Json.text("dropped");
            case TransactionStatus.Invalid i -> Json.text("invalid");
            case TransactionStatus.InBlock in -> node.put("inBlock", in.block().toString());
            case TransactionStatus.Retracted from ->
                node.put("retracted", from.block().toString());
            case TransactionStatus.Finalized in ->
                node.put("finalized", in.block().toString());
            case TransactionStatus.Usurped usurped ->
                node.put("usurped", usurped.by().toString());
        };
    }
}
