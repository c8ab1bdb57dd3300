package stella.devchain.chain;

import stella.devchain.host.RuntimeCode;
import stella.devchain.host.RuntimeFailure;
import stella.devchain.host.RuntimeLoader;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.protocol.Bytes;

/** Executes finished blocks, as every node does with the blocks of others. */
public final class BlockExecution {
    private final RuntimeLoader loader;

    public BlockExecution(RuntimeLoader loader) {
        this.loader = loader;
    }

    /**
     * The storage after {@code block}. The runtime itself compares both roots of the header with what comes out.
     *
     * @throws RuntimeFailure when the runtime refuses the block
     */
    public Overlay execute(State parent, Block block) {
        RuntimeCode code = runtimeOf(parent);
        Overlay overlay = new Overlay(parent);
        code.call("Core_execute_block", block.encode(), overlay);
        return overlay;
    }

    /** The runtime that a state carries. */
    public RuntimeCode runtimeOf(State state) {
        Bytes code = state.code();
        if (code == null) throw new IllegalStateException("a state without :code has no runtime");
        return loader.load(code);
    }
}
