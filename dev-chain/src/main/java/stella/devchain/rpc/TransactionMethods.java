package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import stella.devchain.chain.Chain;
import stella.devchain.pool.Submission;
import stella.devchain.pool.TransactionStatus;
import stella.devchain.pool.TransactionWatcher;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** {@code transaction_v1_*} and {@code transactionWatch_v1_*} of the JSON-RPC interface specification. */
final class TransactionMethods {
    private static final String EVENT = "transactionWatch_v1_watchEvent";
    private static final String BROADCAST = "transaction_v1_broadcast";
    private static final int BROADCASTS_MAX = 16;

    private final Chain chain;
    private final Runnable came;
    private final Executor background;

    private TransactionMethods(Chain chain, Runnable came, Executor background) {
        this.chain = chain;
        this.came = came;
        this.background = background;
    }

    /**
     * @param came told when a transaction has come into the pool
     * @param background where transactions are offered to the pool again
     */
    static void addTo(RpcMethods methods, Chain chain, Runnable came, Executor background) {
        TransactionMethods own = new TransactionMethods(chain, came, background);
        methods.add(own::broadcast, BROADCAST)
                .add(own::stop, "transaction_v1_stop")
                .add(own::watch, "transactionWatch_v1_submitAndWatch")
                .add(call -> Json.bool(call.unsubscribe(0)), "transactionWatch_v1_unwatch");
    }

    /** The id to stop by; null when the connection has too many. */
    private JsonNode broadcast(RpcCall call) {
        Bytes extrinsic = AuthorMethods.extrinsic(call);
        if (call.subscriptions(BROADCAST) >= BROADCASTS_MAX) return Json.nothing();
        return Json.text(call.subscribe(BROADCAST, subscription -> {
            Broadcast broadcast = new Broadcast(chain, extrinsic, came, background);
            chain.observe(broadcast, _ -> {});
            subscription.onEnd(() -> chain.removeListener(broadcast));
            broadcast.offer();
        }));
    }

    private JsonNode stop(RpcCall call) {
        if (!call.unsubscribe(0)) throw RpcException.invalidParams("there is no broadcast of that id");
        return Json.nothing();
    }

    /** What is wrong with the transaction is told by an event, not by the answer. */
    private JsonNode watch(RpcCall call) {
        Bytes extrinsic = AuthorMethods.extrinsic(call);
        return Json.text(call.subscribe(EVENT, subscription -> {
            if (chain.pool().submit(extrinsic, new Watch(subscription)) instanceof Submission.Rejected rejected) {
                subscription.send(refusal(rejected));
                subscription.finish();
            } else {
                came.run();
            }
        }));
    }

    private static JsonNode refusal(Submission.Rejected rejected) {
        String error = rejected.data().isEmpty() ? rejected.message() : rejected.data();
        return switch (rejected.reason()) {
            case INVALID, UNKNOWN_VALIDITY, BANNED, NO_TAGS, BAD_FORMAT ->
                Follow.event("invalid").put("error", error);
            case IMMEDIATELY_DROPPED, TOO_LOW_PRIORITY ->
                Follow.event("dropped").put("error", error);
            case VERIFICATION, ALREADY_IMPORTED -> Follow.event("error").put("error", error);
        };
    }

    /** Forwards the steps of one transaction in the words of this family. */
    private static final class Watch implements TransactionWatcher {
        private final RpcSubscription subscription;
        private boolean validated;

        private Watch(RpcSubscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public void changed(TransactionStatus status) {
            JsonNode event = event(status);
            if (event != null) subscription.send(event);
            if (status.last()) subscription.finish();
        }

        private @Nullable JsonNode event(TransactionStatus status) {
            return switch (status) {
                case TransactionStatus.Future f -> validated();
                case TransactionStatus.Ready r -> validated();
                case TransactionStatus.InBlock in -> place("bestChainBlockIncluded", in.block(), in.index());
                case TransactionStatus.Retracted r ->
                    Follow.event("bestChainBlockIncluded").set("block", Json.nothing());
                case TransactionStatus.Finalized in -> place("finalized", in.block(), in.index());
                case TransactionStatus.Usurped by ->
                    Follow.event("invalid").put("error", "another transaction took its place: " + by.by());
                case TransactionStatus.Dropped d ->
                    Follow.event("dropped").put("error", "the transaction was dropped from the pool");
                case TransactionStatus.Invalid i ->
                    Follow.event("invalid").put("error", "the transaction can no longer be included");
            };
        }

        private @Nullable JsonNode validated() {
            if (validated) return null;
            validated = true;
            return Follow.event("validated");
        }

        private static JsonNode place(String name, Hash block, int index) {
            ObjectNode event = Follow.event(name);
            event.putObject("block").put("hash", block.toString()).put("index", index);
            return event;
        }
    }
}
