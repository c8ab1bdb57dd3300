package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import stella.devchain.chain.BlockRecord;
import stella.devchain.chain.BlockTree;
import stella.devchain.chain.Chain;
import stella.devchain.chain.ChainListener;
import stella.protocol.Hash;

/** {@code chain_*}: blocks, headers and their subscriptions. */
final class ChainMethods {
    private final Chain chain;
    private final BlockTree blocks;

    private ChainMethods(Chain chain) {
        this.chain = chain;
        this.blocks = chain.blocks();
    }

    static void addTo(RpcMethods methods, Chain chain) {
        ChainMethods own = new ChainMethods(chain);
        methods.add(own::blockHash, "chain_getBlockHash", "chain_getHead")
                .add(own::header, "chain_getHeader")
                .add(own::block, "chain_getBlock")
                .add(
                        call -> Json.text(own.blocks.finalized().hash().toString()),
                        "chain_getFinalizedHead",
                        "chain_getFinalisedHead")
                .add(
                        call -> own.subscribe(call, "chain_newHead", own.blocks::best, Kind.BEST),
                        "chain_subscribeNewHeads",
                        "chain_subscribeNewHead",
                        "subscribe_newHead")
                .add(
                        call -> own.subscribe(call, "chain_allHead", own.blocks::best, Kind.BEST),
                        "chain_subscribeAllHeads")
                .add(
                        call -> own.subscribe(call, "chain_finalizedHead", own.blocks::finalized, Kind.FINALIZED),
                        "chain_subscribeFinalizedHeads",
                        "chain_subscribeFinalisedHeads")
                .add(
                        call -> Json.bool(call.unsubscribe(0)),
                        "chain_unsubscribeNewHeads",
                        "chain_unsubscribeNewHead",
                        "unsubscribe_newHead",
                        "chain_unsubscribeAllHeads",
                        "chain_unsubscribeFinalizedHeads",
                        "chain_unsubscribeFinalisedHeads");
    }

    private enum Kind {
        BEST,
        FINALIZED
    }

    /** Of the best block, of the block with a number, or of each number in a list; null where there is none. */
    private JsonNode blockHash(RpcCall call) {
        if (!call.has(0)) return Json.text(blocks.best().hash().toString());
        JsonNode wanted = call.raw(0);
        if (!wanted.isArray()) return hashAt(call.u32(0));
        ArrayNode hashes = Json.array();
        for (JsonNode number : wanted) hashes.add(hashAt(call.u32(number, 0)));
        return hashes;
    }

    private JsonNode hashAt(long number) {
        return blocks.hashAt(number).map(hash -> Json.text(hash.toString())).orElse(Json.nothing());
    }

    private JsonNode header(RpcCall call) {
        Hash hash = call.optionalHash(0).orElseGet(() -> blocks.best().hash());
        return blocks.block(hash).map(block -> Json.header(block.header())).orElse(Json.nothing());
    }

    private JsonNode block(RpcCall call) {
        Hash hash = call.optionalHash(0).orElseGet(() -> blocks.best().hash());
        return blocks.block(hash).map(ChainMethods::signedBlock).orElse(Json.nothing());
    }

    private static JsonNode signedBlock(BlockRecord record) {
        ObjectNode block = Json.object();
        block.set("header", Json.header(record.header()));
        block.set("extrinsics", Json.hexList(record.block().extrinsics()));
        return Json.object().<ObjectNode>set("block", block).set("justifications", Json.nothing());
    }

    /** Headers from the present one on; none is sent twice and none is left out. */
    private JsonNode subscribe(RpcCall call, String notification, Supplier<BlockRecord> present, Kind kind) {
        return Json.text(call.subscribe(notification, subscription -> {
            Headers headers = new Headers(subscription, kind, blocks);
            headers.upTo(present.get());
            chain.addListener(headers);
            subscription.onEnd(() -> chain.removeListener(headers));
            headers.upTo(present.get());
        }));
    }

    /** Forwards headers of one kind to one subscription. */
    private static final class Headers implements ChainListener {
        private final RpcSubscription subscription;
        private final Kind kind;
        private final BlockTree blocks;
        private long last = -1;

        private Headers(RpcSubscription subscription, Kind kind, BlockTree blocks) {
            this.subscription = subscription;
            this.kind = kind;
            this.blocks = blocks;
        }

        @Override
        public void best(BlockRecord block) {
            if (kind == Kind.BEST) upTo(block);
        }

        @Override
        public void finalized(BlockRecord block) {
            if (kind == Kind.FINALIZED) upTo(block);
        }

        /** Also fills what came between registering and the first call, by two threads. */
        private synchronized void upTo(BlockRecord block) {
            if (block.number() <= last) return;
            for (long number = last < 0 ? block.number() : last + 1; number < block.number(); number++)
                blocks.hashAt(number).flatMap(blocks::block).ifPresent(this::sendHeader);
            sendHeader(block);
            last = block.number();
        }

        private void sendHeader(BlockRecord block) {
            subscription.send(Json.header(block.header()));
        }
    }
}
