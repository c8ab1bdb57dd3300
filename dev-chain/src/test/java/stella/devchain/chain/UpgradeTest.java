package stella.devchain.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import stella.devchain.BlockMode;
import stella.devchain.DevChain;
import stella.devchain.DevChainSettings;
import stella.devchain.RpcClient;
import stella.devchain.TestRuntime;
import stella.devchain.Transfers;
import stella.devchain.host.RuntimeCode;
import stella.devchain.host.RuntimeLoader;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.gateway.keys.Keypair;
import stella.protocol.Bytes;

/** Other code than the build compiled: first interpreted, then compiled, with the same answers. */
final class UpgradeTest {
    /** A custom section with an empty name changes the blob and nothing else. */
    private static final Bytes UPGRADE = Bytes.concat(TestRuntime.WASM, Bytes.hex("000100"));

    @Test
    void newCodeRunsFromTheBlockAfterTheUpgrade() {
        try (DevChain chain = DevChain.start(DevChainSettings.standard()
                        .withMode(BlockMode.manual())
                        .withClock(TestRuntime.CLOCK)
                        .withVerifyBlocks(true));
                RpcClient client = new RpcClient(chain.rpcUri())) {
            client.result(
                    "author_submitExtrinsic", new Transfers(client).upgrade(Keypair.fromSuri("//Alice"), UPGRADE, 0));

            chain.newBlock();

            assertThat(chain.chain().blocks().tip().state().code()).isEqualTo(UPGRADE);
            chain.newBlock();
            assertThat(chain.bestNumber()).isEqualTo(2);
        }
    }

    @Test
    void interpretedCodeAnswersLikeCompiledCode() {
        List<Runnable> compilations = new ArrayList<>();
        RuntimeLoader loader = new RuntimeLoader(List.of(), compilations::add, Duration.ofSeconds(60));
        RuntimeCode code = loader.load(UPGRADE);
        Bytes interpreted = presets(code);

        compilations.forEach(Runnable::run);

        assertThat(compilations).hasSize(1);
        assertThat(presets(code)).isEqualTo(interpreted).isEqualTo(presets(TestRuntime.LOADER.load(TestRuntime.WASM)));
    }

    private static Bytes presets(RuntimeCode code) {
        return code.call("GenesisBuilder_get_preset", Bytes.of((byte) 0), new Overlay(State.EMPTY));
    }
}
