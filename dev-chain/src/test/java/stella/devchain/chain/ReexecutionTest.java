package stella.devchain.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import stella.devchain.host.RuntimeFailure;
import stella.devchain.state.State;
import stella.devchain.trie.StateVersion;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** Every block that a real node made leads this host to the same state. */
final class ReexecutionTest {
    private final BlockExecution execution = new BlockExecution(NodeRecording.LOADER);

    @Test
    void genesisOfTheRecordingHasTheNodesRootAndHash() {
        State genesis = NodeRecording.genesisState();
        Block first = NodeRecording.blocks().getFirst();

        assertThat(genesis.root()).isEqualTo(first.header().stateRoot());
        assertThat(first.hash()).isEqualTo(NodeRecording.hashes().getFirst());
    }

    @Test
    void everyRecordedBlockLeadsToTheNodesStateRoot() {
        State state = NodeRecording.genesisState();
        List<Block> blocks = NodeRecording.blocks();
        List<Hash> hashes = NodeRecording.hashes();

        for (Block block : blocks.subList(1, blocks.size())) {
            state = execution.execute(state, block).apply(StateVersion.V1);
            assertThat(state.root())
                    .as("block %s", block.number())
                    .isEqualTo(block.header().stateRoot());
            assertThat(block.hash()).isEqualTo(hashes.get((int) block.number()));
        }
        assertThat(blocks).as("genesis and 54 blocks").hasSize(55);
    }

    @Test
    void blockWithOneChangedBitIsRefusedInTheRuntimesWords() {
        Block honest = NodeRecording.blocks().get(1);
        List<Bytes> extrinsics = new ArrayList<>(honest.extrinsics());
        byte[] timestamp = extrinsics.getFirst().toArray();
        timestamp[5] ^= 1;
        extrinsics.set(0, Bytes.owning(timestamp));

        assertThatThrownBy(
                        () -> execution.execute(NodeRecording.genesisState(), new Block(honest.header(), extrinsics)))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageStartingWith("Core_execute_block: panicked at");
    }
}
