package stella.devchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.devchain.chain.ChainDataException;
import stella.gateway.keys.Keypair;
import stella.protocol.Bytes;

/** The chain over real sockets. */
final class DevChainIT {
    private static final Keypair ALICE = Keypair.fromSuri("//Alice");
    private static DevChain chain;
    private static RpcClient client;
    private static Transfers transfers;

    @BeforeAll
    static void start() {
        chain = DevChain.start(DevChainSettings.standard()
                .withMode(BlockMode.manual())
                .withClock(InstantSource.fixed(Instant.parse("2026-11-24T00:00:00Z")))
                .withVerifyBlocks(true));
        client = new RpcClient(chain.rpcUri());
        transfers = new Transfers(client);
    }

    @AfterAll
    static void stop() {
        client.close();
        chain.close();
    }

    @Test
    void transferIsReadyThenInBlockThenFinalized() {
        long nonce = client.result("system_accountNextIndex", ALICE.account().toString())
                .longValue();
        String extrinsic =
                transfers.transfer(ALICE, Keypair.fromSuri("//Carol").account().bytes(), 5_000_000_000_000L, nonce, 0);

        String subscription =
                client.result("author_submitAndWatchExtrinsic", extrinsic).textValue();
        assertThat(client.next(subscription).textValue()).isEqualTo("ready");
        assertThat(client.result("system_accountNextIndex", ALICE.account().toString())
                        .longValue())
                .isEqualTo(nonce + 1);
        String block = client.result("dev_newBlock").textValue();
        assertThat(client.next(subscription).get("inBlock").textValue()).isEqualTo(block);
        assertThat(client.next(subscription).get("finalized").textValue()).isEqualTo(block);

        JsonNode extrinsics = client.result("chain_getBlock", block).at("/block/extrinsics");
        assertThat(extrinsics).hasSize(2);
        assertThat(extrinsics.get(1).textValue()).isEqualTo(extrinsic);
    }

    @Test
    void metadataIsThatOfARuntimeWithStella() {
        Bytes metadata = Bytes.hex(client.result("state_getMetadata").textValue());

        assertThat(metadata.slice(0, 4)).isEqualTo(Bytes.utf8("meta"));
        assertThat(client.result("state_getRuntimeVersion").get("specName").textValue())
                .isEqualTo("stella");
    }

    @Test
    void instantModeMakesABlockWhenATransactionComes() {
        try (DevChain instant = DevChain.start(DevChainSettings.standard().withMode(BlockMode.instant()));
                RpcClient other = new RpcClient(instant.rpcUri())) {
            String extrinsic = new Transfers(other).remark(ALICE, Bytes.utf8("hello"), 0);

            String subscription =
                    other.result("author_submitAndWatchExtrinsic", extrinsic).textValue();

            assertThat(other.next(subscription).textValue()).isEqualTo("ready");
            assertThat(other.next(subscription).has("inBlock")).isTrue();
            assertThat(other.next(subscription).has("finalized")).isTrue();
            assertThat(instant.bestNumber()).isEqualTo(1);
        }
    }

    @Test
    void intervalModeMakesEmptyBlocks() {
        try (DevChain interval = DevChain.start(
                        DevChainSettings.standard().withMode(BlockMode.interval(Duration.ofMillis(20))));
                RpcClient other = new RpcClient(interval.rpcUri())) {
            String subscription = other.result("chain_subscribeNewHeads").textValue();
            long first = Long.decode(other.next(subscription).get("number").textValue());

            assertThat(Long.decode(other.next(subscription).get("number").textValue()))
                    .isEqualTo(first + 1);
        }
    }

    @Test
    void folderOfAnotherChainIsRefused(@TempDir Path folder) {
        DevChainSettings settings =
                DevChainSettings.standard().withMode(BlockMode.manual()).withData(folder);
        DevChain.start(settings).close();

        assertThatThrownBy(() ->
                        DevChain.start(settings.withSpecification(Path.of("..", "vectors", "node", "spec.json.gz"))))
                .isInstanceOf(ChainDataException.class)
                .hasMessageContaining("but the specification begins with 0xb0cb8a78");
    }
}
