package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import stella.devchain.chain.BlockRecord;
import stella.devchain.chain.BlockTree;
import stella.devchain.chain.Chain;
import stella.devchain.host.RuntimeFailure;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.devchain.trie.Trie;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** {@code archive_v1_*} of the JSON-RPC interface specification: any block by its hash, final or not. */
final class ArchiveMethods {
    private static final String STORAGE_EVENT = "archive_v1_storageEvent";
    private static final String DIFF_EVENT = "archive_v1_storageDiffEvent";

    private final Chain chain;
    private final BlockTree blocks;

    private ArchiveMethods(Chain chain) {
        this.chain = chain;
        this.blocks = chain.blocks();
    }

    static void addTo(RpcMethods methods, Chain chain) {
        ArchiveMethods own = new ArchiveMethods(chain);
        methods.add(call -> Json.text(own.blocks.genesis().toString()), "archive_v1_genesisHash")
                .add(call -> Json.number(own.blocks.finalized().number()), "archive_v1_finalizedHeight")
                .add(own::hashByHeight, "archive_v1_hashByHeight")
                .add(call -> own.block(call).map(own::encodedHeader).orElse(Json.nothing()), "archive_v1_header")
                .add(call -> own.block(call).map(own::body).orElse(Json.nothing()), "archive_v1_body")
                .add(own::call, "archive_v1_call")
                .add(own::storage, "archive_v1_storage")
                .add(own::storageDiff, "archive_v1_storageDiff")
                .add(
                        call -> Json.bool(call.unsubscribe(0)),
                        "archive_v1_stopStorage",
                        "archive_v1_stopStorageDiff",
                        "archive_v1_storageDiff_stopStorageDiff");
    }

    private JsonNode hashByHeight(RpcCall call) {
        ArrayNode hashes = Json.array();
        blocks.hashesAt(call.u32(0)).forEach(hash -> hashes.add(hash.toString()));
        return hashes;
    }

    private Optional<BlockRecord> block(RpcCall call) {
        return blocks.block(call.hash(0));
    }

    private JsonNode encodedHeader(BlockRecord block) {
        return Json.hex(block.header().encode());
    }

    private JsonNode body(BlockRecord block) {
        return Json.hexList(block.block().extrinsics());
    }

    /** Null for an unknown block; else whether the call succeeded, and its output or why not. */
    private JsonNode call(RpcCall call) {
        Hash hash = call.hash(0);
        String function = call.text(1);
        Bytes arguments = call.bytes(2);
        if (blocks.block(hash).isEmpty()) return Json.nothing();
        try {
            State state = state(hash);
            Bytes output = chain.runtimeOf(state).call(function, arguments, new Overlay(state));
            return Json.object().put("success", true).put("value", output.toHex0x());
        } catch (RuntimeFailure | IllegalArgumentException e) {
            return Json.object().put("success", false).put("error", String.valueOf(e.getMessage()));
        }
    }

    private JsonNode storage(RpcCall call) {
        Hash hash = call.hash(0);
        List<StorageQuery> queries = StorageQuery.list(call, 1);
        Bytes child = call.has(2) ? call.bytes(2) : null;
        return Json.text(call.subscribe(STORAGE_EVENT, subscription -> {
            try {
                Trie trie = state(hash).trie(child);
                for (StorageQuery query : queries) {
                    Iterator<ObjectNode> answers = query.answers(trie);
                    while (answers.hasNext()) subscription.send(answers.next().put("event", "storage"));
                }
                subscription.send(Follow.event("storageDone"));
            } catch (IllegalArgumentException e) {
                subscription.send(Follow.event("storageError").put("error", String.valueOf(e.getMessage())));
            }
            subscription.finish();
        }));
    }

    /** What differs between the storage after a block and that after another, its parent unless told; of the asked prefixes, all unless told. */
    private JsonNode storageDiff(RpcCall call) {
        Hash hash = call.hash(0);
        List<StorageDifference.Query> queries = StorageDifference.queries(call, 1);
        Optional<Hash> previous = call.optionalHash(2);
        return Json.text(call.subscribe(DIFF_EVENT, subscription -> {
            try {
                State now = state(hash);
                State before = state(previous.orElseGet(
                        () -> blocks.block(hash).orElseThrow().header().parentHash()));
                StorageDifference.between(before, now, queries, subscription::send);
                subscription.send(Follow.event("storageDiffDone"));
            } catch (IllegalArgumentException e) {
                subscription.send(Follow.event("storageDiffError").put("error", String.valueOf(e.getMessage())));
            }
            subscription.finish();
        }));
    }

    private State state(Hash hash) {
        return blocks.stateAt(hash)
                .orElseThrow(() -> new IllegalArgumentException(
                        blocks.block(hash).isPresent()
                                ? "the storage of block " + hash + " is no longer kept"
                                : "there is no block " + hash));
    }
}
