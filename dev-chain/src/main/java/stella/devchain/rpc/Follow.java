package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stella.devchain.chain.BlockRecord;
import stella.devchain.chain.BlockTree;
import stella.devchain.chain.Chain;
import stella.devchain.chain.ChainListener;
import stella.devchain.host.RuntimeVersion;
import stella.devchain.state.State;
import stella.protocol.Hash;

/**
 * One subscription of {@code chainHead_v1_follow}: tells the tree of blocks from the final one on, and holds every block it told until the client unpins
 * it, whatever the chain forgets meanwhile. A client that pins too much is told to stop.
 */
final class Follow implements ChainListener {
    private static final int PINNED_MAX = 1024;

    private final Chain chain;
    private final RpcSubscription subscription;
    private final boolean withRuntime;
    private final Map<Hash, BlockTree.Tip> pinned = new HashMap<>();
    private final Map<Hash, BlockRecord> unfinalized = new LinkedHashMap<>();
    private final FollowOperations operations;
    private boolean ended;

    Follow(Chain chain, RpcSubscription subscription, boolean withRuntime) {
        this.chain = chain;
        this.subscription = subscription;
        this.withRuntime = withRuntime;
        this.operations = new FollowOperations(subscription);
    }

    boolean withRuntime() {
        return withRuntime;
    }

    FollowOperations operations() {
        return operations;
    }

    /** The first events: how things stand. */
    void begin(BlockTree blocks) {
        BlockRecord last = blocks.finalized();
        BlockTree.Tip tip = blocks.tipAt(last.hash()).orElseThrow();
        pin(tip);
        ObjectNode initialized = event("initialized");
        initialized.putArray("finalizedBlockHashes").add(last.hash().toString());
        if (withRuntime) initialized.set("finalizedBlockRuntime", runtime(tip.state()));
        subscription.send(initialized);
        for (BlockRecord block : blocks.unfinalized())
            blocks.tipAt(block.hash()).ifPresent(this::imported);
        best(blocks.best());
    }

    @Override
    public synchronized void imported(BlockTree.Tip tip) {
        if (ended) return;
        BlockRecord block = tip.block();
        ObjectNode event = event("newBlock")
                .put("blockHash", block.hash().toString())
                .put("parentBlockHash", block.header().parentHash().toString());
        event.set("newRuntime", newRuntime(tip));
        pin(tip);
        unfinalized.put(block.hash(), block);
        subscription.send(event);
        if (pinned.size() > PINNED_MAX) stop();
    }

    @Override
    public void best(BlockRecord block) {
        subscription.send(
                event("bestBlockChanged").put("bestBlockHash", block.hash().toString()));
    }

    @Override
    public synchronized void finalized(BlockRecord block) {
        unfinalized.remove(block.hash());
        List<Hash> pruned = new ArrayList<>();
        for (BlockRecord other : List.copyOf(unfinalized.values())) {
            boolean parentGone = other.number() <= block.number()
                    || pruned.contains(other.header().parentHash());
            if (!parentGone) continue;
            unfinalized.remove(other.hash());
            pruned.add(other.hash());
        }
        ObjectNode event = event("finalized");
        event.putArray("finalizedBlockHashes").add(block.hash().toString());
        ArrayNode prunedHashes = event.putArray("prunedBlockHashes");
        pruned.forEach(hash -> prunedHashes.add(hash.toString()));
        subscription.send(event);
    }

    @Override
    public synchronized void altered(BlockRecord block) {
        if (pinned.containsKey(block.hash()))
            pinned.put(block.hash(), chain.blocks().tip());
    }

    /** No client can follow a chain that takes back what was final. */
    @Override
    public void rewound(BlockRecord block) {
        stop();
    }

    /** A block that this follower may ask about. */
    synchronized Optional<BlockTree.Tip> pinned(Hash hash) {
        return Optional.ofNullable(pinned.get(hash));
    }

    /** False, and nothing happens, when one of the blocks is not pinned. */
    synchronized boolean unpin(List<Hash> hashes) {
        if (!pinned.keySet().containsAll(hashes)) return false;
        hashes.forEach(pinned::remove);
        return true;
    }

    /** The subscription is over. */
    synchronized void end() {
        ended = true;
        pinned.clear();
        unfinalized.clear();
        operations.end();
    }

    private void stop() {
        subscription.send(event("stop"));
        subscription.finish();
    }

    private synchronized void pin(BlockTree.Tip tip) {
        if (!ended) pinned.put(tip.block().hash(), tip);
    }

    /** Only when it differs from the parent's. */
    private @Nullable JsonNode newRuntime(BlockTree.Tip tip) {
        if (!withRuntime) return Json.nothing();
        State state = tip.state();
        boolean same = Optional.ofNullable(pinned.get(tip.block().header().parentHash()))
                .or(() -> chain.blocks().tipAt(tip.block().header().parentHash()))
                .map(parent -> Objects.equals(parent.state().code(), state.code()))
                .orElse(false);
        return same ? Json.nothing() : runtime(state);
    }

    private JsonNode runtime(State state) {
        RuntimeVersion version = chain.runtimeOf(state).version();
        ObjectNode spec = Json.object()
                .put("specName", version.specName())
                .put("implName", version.implName())
                .put("specVersion", version.specVersion())
                .put("implVersion", version.implVersion())
                .put("transactionVersion", version.transactionVersion());
        ObjectNode apis = spec.putObject("apis");
        version.apis().forEach(api -> apis.put(api.id().toHex0x(), api.version()));
        return Json.object().put("type", "valid").set("spec", spec);
    }

    static ObjectNode event(String name) {
        return Json.object().put("event", name);
    }
}
