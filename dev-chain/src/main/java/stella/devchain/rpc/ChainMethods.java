package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
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
                        call -> own.subscribe(call, "chain_newHead", BestHeads::new, BlockTree::best),
                        "chain_subscribeNewHeads",
                        "chain_subscribeNewHead",
                        "subscribe_newHead")
                .add(
                        call -> own.subscribe(call, "chain_allHead", AllHeads::new, BlockTree::best),
                        "chain_subscribeAllHeads")
                .add(
                        call -> own.subscribe(call, "chain_finalizedHead", FinalHeads::new, BlockTree::finalized),
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
    private JsonNode subscribe(
            RpcCall call,
            String notification,
            Function<RpcSubscription, ChainListener> kind,
            Function<BlockTree, BlockRecord> present) {
        return Json.text(call.subscribe(notification, subscription -> {
            ChainListener listener = kind.apply(subscription);
            chain.observe(listener, tree -> send(subscription, present.apply(tree)));
            subscription.onEnd(() -> chain.removeListener(listener));
        }));
    }

    private static void send(RpcSubscription subscription, BlockRecord block) {
        subscription.send(Json.header(block.header()));
    }

    /** The header of each new best block. */
    private record BestHeads(RpcSubscription subscription) implements ChainListener {
        @Override
        public void best(BlockRecord block) {
            send(subscription, block);
        }

        @Override
        public void finalized(BlockRecord block) {}

        @Override
        public void altered(BlockRecord block) {}
    }

    /** The header of each new block of any branch. */
    private record AllHeads(RpcSubscription subscription) implements ChainListener {
        @Override
        public void imported(BlockTree.Tip block) {
            send(subscription, block.block());
        }

        @Override
        public void best(BlockRecord block) {}

        @Override
        public void finalized(BlockRecord block) {}
    }

    /** The header of each final block. */
    private record FinalHeads(RpcSubscription subscription) implements ChainListener {
        @Override
        public void best(BlockRecord block) {}

        @Override
        public void finalized(BlockRecord block) {
            send(subscription, block);
        }
    }
}
