package stella.devchain.rpc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stella.devchain.chain.BlockRecord;
import stella.devchain.chain.Chain;
import stella.devchain.chain.ChainListener;
import stella.devchain.state.State;
import stella.protocol.Bytes;

/** Tells one subscription the values of some keys: all at first, then with each block those that changed. */
final class StorageWatch implements ChainListener {
    private final Chain chain;
    private final RpcSubscription subscription;
    private final List<Bytes> keys;
    private final Map<Bytes, Optional<Bytes>> told = new HashMap<>();

    StorageWatch(Chain chain, RpcSubscription subscription, List<Bytes> keys) {
        this.chain = chain;
        this.subscription = subscription;
        this.keys = keys;
    }

    @Override
    public void best(BlockRecord block) {
        Optional<State> state = chain.blocks().stateAt(block.hash());
        if (state.isEmpty()) return;
        ObjectNode set = Json.object().put("block", block.hash().toString());
        ArrayNode changes = set.putArray("changes");
        for (Bytes key : keys) {
            Optional<Bytes> value = Optional.ofNullable(state.get().get(key));
            if (value.equals(told.put(key, value))) continue;
            changes.addArray().add(key.toHex0x()).add(Json.hex(value.orElse(null)));
        }
        if (!changes.isEmpty()) subscription.send(set);
    }

    @Override
    public void finalized(BlockRecord block) {}
}
