package stella.devchain.rpc;

import org.jspecify.annotations.Nullable;
import stella.devchain.chain.BlockRecord;
import stella.devchain.chain.Chain;
import stella.devchain.chain.ChainListener;
import stella.devchain.host.RuntimeVersion;

/** Tells one subscription the runtime's version: at first, and after each upgrade. */
final class VersionWatch implements ChainListener {
    private final Chain chain;
    private final RpcSubscription subscription;
    private @Nullable RuntimeVersion told;

    VersionWatch(Chain chain, RpcSubscription subscription) {
        this.chain = chain;
        this.subscription = subscription;
    }

    @Override
    public void best(BlockRecord block) {
        chain.blocks().stateAt(block.hash()).ifPresent(state -> {
            RuntimeVersion version = chain.runtimeOf(state).version();
            if (version.equals(told)) return;
            told = version;
            subscription.send(Json.version(version));
        });
    }

    @Override
    public void finalized(BlockRecord block) {}
}
