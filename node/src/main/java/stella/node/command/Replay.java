package stella.node.command;

import stella.devchain.chain.Block;
import stella.devchain.chain.BlockExecution;
import stella.devchain.chain.Genesis;
import stella.devchain.host.RuntimeCode;
import stella.devchain.host.RuntimeFailure;
import stella.devchain.host.RuntimeLoader;
import stella.devchain.state.State;
import stella.devchain.trie.StateVersion;
import stella.protocol.Hash;

/** Executes blocks one after the other, each on the state after the last, and compares what comes out with what was recorded. */
final class Replay {
    private final BlockExecution execution;
    private final Block genesis;
    private State state;
    private Hash hash = Hash.ZERO;
    private long number = -1;
    private long count;

    /** A block does not come out as it was recorded. */
    static final class Difference extends RuntimeException {
        private final transient long number;

        Difference(long number, String message) {
            super("block " + number + " " + message);
            this.number = number;
        }

        long number() {
            return number;
        }
    }

    Replay(Genesis genesis, RuntimeLoader loader) {
        this.execution = new BlockExecution(loader);
        StateVersion version = loader.load(genesis.code()).version().stateVersion();
        this.state = genesis.state(version);
        this.genesis = Genesis.block(state);
    }

    void next(Recording.Recorded recorded) {
        Block block = recorded.block();
        long due = number + 1;
        if (block.number() != due) throw new Difference(block.number(), "stands where block " + due + " is due");
        if (!block.hash().equals(recorded.hash()))
            throw new Difference(due, "hashes to " + block.hash() + ", recorded is " + recorded.hash());
        if (due == 0) {
            if (!block.hash().equals(genesis.hash()))
                throw new Difference(0, "is " + genesis.hash() + " by the specification, recorded is " + block.hash());
        } else execute(block);
        number = due;
        hash = block.hash();
        count++;
    }

    private void execute(Block block) {
        if (!block.header().parentHash().equals(hash))
            throw new Difference(block.number(), "follows " + block.header().parentHash() + ", not " + hash);
        RuntimeCode code = execution.runtimeOf(state);
        State after;
        try {
            after = execution.execute(state, block).apply(code.version().stateVersion());
        } catch (RuntimeFailure e) {
            throw new Difference(block.number(), "is refused by the runtime: " + e.getMessage());
        }
        if (!after.root().equals(block.header().stateRoot()))
            throw new Difference(
                    block.number(),
                    "leads to state root " + after.root() + ", recorded is "
                            + block.header().stateRoot());
        state = after;
    }

    void requireBlocks() {
        if (count == 0) throw new Recording.Malformed("the recording has no blocks");
    }

    void requireGenesis(Hash recorded) {
        if (!recorded.equals(genesis.hash()))
            throw new Difference(0, "is " + genesis.hash() + " by the specification, the recording is of " + recorded);
    }

    long count() {
        return count;
    }

    long number() {
        return number;
    }

    Hash hash() {
        return hash;
    }

    Hash stateRoot() {
        return state.root();
    }
}
