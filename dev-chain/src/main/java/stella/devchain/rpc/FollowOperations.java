package stella.devchain.rpc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import stella.devchain.chain.BlockTree;
import stella.devchain.host.RuntimeCode;
import stella.devchain.host.RuntimeFailure;
import stella.devchain.state.Overlay;
import stella.devchain.trie.Trie;
import stella.protocol.Bytes;

/** The operations that one follower has under way: each begins after its answer and ends with an event. */
final class FollowOperations {
    private static final int OPERATIONS_MAX = 16;
    /** After so many items the client must ask for more. */
    private static final int PAGE_ITEMS = 1024;

    private final RpcSubscription subscription;
    private final Map<String, Operation> all = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();

    FollowOperations(RpcSubscription subscription) {
        this.subscription = subscription;
    }

    /** An operation: {@code run} is called at first and each time it is told to go on, and answers whether it is done. */
    private static final class Operation {
        private final Supplier<Boolean> run;
        private boolean waiting;

        private Operation(Supplier<Boolean> run) {
            this.run = run;
        }
    }

    /** Its id; empty when there are too many. */
    Optional<String> body(RpcCall call, BlockTree.Tip tip) {
        return start(call, id -> {
            subscription.send(event("operationBodyDone", id)
                    .set("value", Json.hexList(tip.block().block().extrinsics())));
            return true;
        });
    }

    /** Its id; empty when there are too many. */
    Optional<String> call(RpcCall call, RuntimeCode code, String function, Bytes arguments, BlockTree.Tip tip) {
        return start(call, id -> {
            Bytes output = code.call(function, arguments, new Overlay(tip.state()));
            subscription.send(event("operationCallDone", id).put("output", output.toHex0x()));
            return true;
        });
    }

    /** Its id; empty when there are too many. */
    Optional<String> storage(RpcCall call, List<StorageQuery> queries, Trie trie) {
        Iterator<ObjectNode> items = queries.stream()
                .<ObjectNode>mapMulti((query, sink) -> query.answers(trie).forEachRemaining(sink))
                .iterator();
        return start(call, id -> {
            ObjectNode event = event("operationStorageItems", id);
            ArrayNode page = event.putArray("items");
            while (items.hasNext() && page.size() < PAGE_ITEMS) page.add(items.next());
            if (!page.isEmpty()) subscription.send(event);
            boolean done = !items.hasNext();
            if (done) subscription.send(event("operationStorageDone", id));
            return done;
        });
    }

    /** Lets a waiting operation go on once the answer is sent; false when it does not wait. */
    boolean goOn(RpcCall call, String id) {
        Operation operation = all.get(id);
        if (operation == null) return false;
        synchronized (operation) {
            if (!operation.waiting) return false;
            operation.waiting = false;
        }
        call.afterwards(() -> run(id, operation));
        return true;
    }

    void stop(String id) {
        all.remove(id);
    }

    void end() {
        all.clear();
    }

    private interface Work {
        boolean run(String id);
    }

    private synchronized Optional<String> start(RpcCall call, Work work) {
        if (all.size() >= OPERATIONS_MAX) return Optional.empty();
        String id = Long.toString(counter.incrementAndGet(), 36);
        Operation operation = new Operation(() -> work.run(id));
        all.put(id, operation);
        call.afterwards(() -> run(id, operation));
        return Optional.of(id);
    }

    private void run(String id, Operation operation) {
        if (!all.containsKey(id)) return;
        boolean done = true;
        try {
            done = operation.run.get();
        } catch (RuntimeFailure e) {
            subscription.send(event("operationError", id).put("error", String.valueOf(e.getMessage())));
        } finally {
            if (done) all.remove(id);
        }
        if (done) return;
        synchronized (operation) {
            operation.waiting = true;
        }
        subscription.send(event("operationWaitingForContinue", id));
    }

    private static ObjectNode event(String name, String id) {
        return Follow.event(name).put("operationId", id);
    }
}
