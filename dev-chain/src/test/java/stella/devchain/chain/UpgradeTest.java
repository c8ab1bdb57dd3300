package stella.devchain.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;

/** Other code than the build compiled: first interpreted, then compiled, with the same answers. */
final class UpgradeTest {
    /** One byte holds it. */
    private static final int RAISED =
            (int) TestRuntime.LOADER.load(TestRuntime.WASM).version().specVersion() + 1;

    /** A custom section with an empty name changes the blob and nothing else. */
    private static final Bytes UPGRADE = Bytes.concat(TestRuntime.WASM, Bytes.hex("000100"));

    /** {@code System.LastRuntimeUpgrade}: the version as a compact number, then the name. */
    private static final String LAST_UPGRADE = "0x26aa394eea5630e07c48ae0c9558cef7f9cce9c888469bb1a0dceaa129672ef8";

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
    void clientsHearOfARaisedVersionAndItsCodeMakesTheNextBlock() {
        Bytes raised = raised();
        try (DevChain chain = DevChain.start(DevChainSettings.standard()
                        .withMode(BlockMode.manual())
                        .withClock(TestRuntime.CLOCK)
                        .withVerifyBlocks(true));
                RpcClient client = new RpcClient(chain.rpcUri())) {
            String versions = client.result("state_subscribeRuntimeVersion").textValue();
            assertThat(client.next(versions).get("specVersion").intValue()).isEqualTo(RAISED - 1);
            String follow = client.result("chainHead_v1_follow", true).textValue();
            client.result(
                    "author_submitExtrinsic",
                    new Transfers(client).checkedUpgrade(Keypair.fromSuri("//Alice"), raised, 0));

            chain.newBlock();
            chain.newBlock();

            assertThat(client.next(versions).get("specVersion").intValue()).isEqualTo(RAISED);
            JsonNode event = client.next(follow);
            while (!event.has("newRuntime")) event = client.next(follow);
            assertThat(event.at("/newRuntime/spec/specVersion").intValue()).isEqualTo(RAISED);
            String upgraded = client.result("state_getStorage", LAST_UPGRADE).textValue();
            assertThat(upgraded)
                    .as("the new code has run and says so")
                    .startsWith(new ScaleWriter().compact(RAISED).toBytes().toHex0x());
        }
    }

    /** The runtime with a version raised by one, where it says so to those who call it and to those who only look. */
    private static Bytes raised() {
        byte[] wasm = TestRuntime.WASM.toArray();
        byte[] before = {1, 0, 0, 0, (byte) (RAISED - 1), 0, 0, 0, 1, 0, 0, 0};
        int found = 0;
        for (int i = 0; i + before.length < wasm.length; i++) {
            if (!Arrays.equals(wasm, i, i + before.length, before, 0, before.length)) continue;
            wasm[i + 4] = (byte) RAISED;
            found++;
        }
        assertThat(found).as("in the data and in a custom section").isGreaterThan(1);
        return Bytes.owning(wasm);
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
