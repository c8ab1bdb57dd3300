package stella.devchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stella.gateway.keys.Keypair;

/** The JSON-RPC server over real sockets: its dialect, its refusals, its bounds. */
final class RpcIT {
    private static final Keypair BOB = Keypair.fromSuri("//Bob");
    private static final String TIME = "0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb";
    private static DevChain chain;
    private RpcClient client;

    @BeforeAll
    static void start() {
        chain = DevChain.start(
                DevChainSettings.standard().withMode(BlockMode.manual()).withClock(TestRuntime.CLOCK));
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @BeforeEach
    void connect() {
        client = new RpcClient(chain.rpcUri());
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ | -32700",
                "[] | -32600",
                "42 | -32600",
                "{\"jsonrpc\":\"1.0\",\"id\":null,\"method\":\"system_name\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":7} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"no_such\"} | -32601",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"state_getStorage\"} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"state_getStorage\",\"params\":{\"key\":\"0x\"}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"state_getStorage\",\"params\":[\"0xzz\"]} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"state_getStorage\",\"params\":[\"0x\",\"0x00\"]} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"chain_getBlockHash\",\"params\":[-1]} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"author_submitExtrinsic\",\"params\":[\"0x04\"]} | 1001",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"state_call\",\"params\":[\"No_such\",\"0x\"]} | 4003"
            })
    void malformedRequestHasItsCodeAndTheServerLives(String request, int code) {
        client.sendText(request);

        assertThat(client.nextUnasked().at("/error/code").intValue()).isEqualTo(code);
        assertThat(client.result("system_chain").textValue()).isEqualTo("Stella Development");
    }

    @Test
    void batchIsAnsweredTogetherAndNotificationsNotAtAll() {
        client.sendText("[{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"system_chain\"},"
                + "{\"jsonrpc\":\"2.0\",\"method\":\"system_name\"},"
                + "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"no_such\"}]");

        JsonNode answers = client.nextUnasked();

        assertThat(answers).hasSize(2);
        assertThat(answers.at("/0/result").textValue()).isEqualTo("Stella Development");
        assertThat(answers.at("/1/error/code").intValue()).isEqualTo(-32601);
    }

    @Test
    void messageAboveTheLimitEndsTheConnectionAndNotTheServer() {
        String piece = " ".repeat(1 << 20);
        try {
            for (int i = 0; i < 18; i++) client.sendPart(piece);
        } catch (RuntimeException e) {
            assertThat(e)
                    .as("the server may close while the client still sends")
                    .hasRootCauseInstanceOf(IOException.class);
        }
        client.awaitClosed();

        try (RpcClient other = new RpcClient(chain.rpcUri())) {
            assertThat(other.result("system_health").get("isSyncing").booleanValue())
                    .isFalse();
        }
    }

    @Test
    void subscriptionsOfOneConnectionAreBounded() {
        for (int i = 0; i < 1024; i++) client.result("chain_subscribeNewHeads");

        assertThat(client.ask("chain_subscribeNewHeads").at("/error/code").intValue())
                .isEqualTo(-32006);
    }

    @Test
    void headsComeOnceEachAndInOrder() {
        String subscription = client.result("chain_subscribeNewHeads").textValue();
        String finalized = client.result("chain_subscribeFinalizedHeads").textValue();
        long first = Long.decode(client.next(subscription).get("number").textValue());

        for (int i = 0; i < 3; i++) chain.newBlock();

        for (long number = first + 1; number <= first + 3; number++)
            assertThat(Long.decode(client.next(subscription).get("number").textValue()))
                    .isEqualTo(number);
        long last = -1;
        while (last < first + 3)
            last = Long.decode(client.next(finalized).get("number").textValue());
        assertThat(client.result("chain_unsubscribeNewHeads", subscription).booleanValue())
                .isTrue();
        assertThat(client.result("chain_unsubscribeNewHeads", subscription).booleanValue())
                .isFalse();
    }

    @Test
    void storageSubscriptionTellsAllAtFirstThenWhatChanged() {
        String subscription = client.result("state_subscribeStorage", List.of(TIME, "0x3a686561707061676573"))
                .textValue();
        assertThat(client.next(subscription).get("changes")).hasSize(2);

        String block = chain.newBlock().toString();

        JsonNode change = client.next(subscription);
        assertThat(change.get("block").textValue()).isEqualTo(block);
        assertThat(change.get("changes")).hasSize(1);
        assertThat(change.at("/changes/0/1").textValue())
                .isEqualTo(client.result("state_getStorage", TIME, block).textValue());
    }

    @Test
    void storageIsReadAtAnyBlock() {
        String old = chain.newBlock().toString();
        String before = client.result("state_getStorage", TIME).textValue();
        chain.newBlock();

        assertThat(client.result("state_getStorage", TIME, old).textValue()).isEqualTo(before);
        assertThat(client.result("state_getStorage", TIME).textValue()).isNotEqualTo(before);
        assertThat(client.result("state_getStorageSize", TIME).intValue()).isEqualTo(8);
        assertThat(client.result("state_queryStorageAt", List.of(TIME), old)
                        .at("/0/changes/0/1")
                        .textValue())
                .isEqualTo(before);
        assertThat(client.ask("state_getStorage", TIME, "0x" + "11".repeat(32))
                        .at("/error/message")
                        .textValue())
                .contains("UnknownBlock");
    }

    @Test
    void pagesOfKeysTogetherAreAllKeysOnceInOrder() {
        List<String> all = texts(client.result("state_getKeysPaged", "0x26aa394e", 1000));
        List<String> first = texts(client.result("state_getKeysPaged", "0x26aa394e", 3));
        List<String> rest = texts(client.result("state_getKeysPaged", "0x26aa394e", 1000, first.getLast()));

        assertThat(all)
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(first.toArray(String[]::new))
                .endsWith(rest.toArray(String[]::new));
        assertThat(first.size() + rest.size()).isEqualTo(all.size());
        assertThat(client.ask("state_getKeysPaged", "0x", 1001)
                        .at("/error/code")
                        .intValue())
                .isEqualTo(4002);
    }

    @Test
    void refusalOfATransactionHasSubstratesCodeAndWords() {
        Transfers transfers = new Transfers(client);
        String good = transfers.transfer(BOB, BOB.account().bytes(), 1, 0, 0);
        String forged = good.substring(0, good.length() - 2) + (good.endsWith("00") ? "01" : "00");
        client.result("author_submitExtrinsic", good);

        JsonNode bad = client.ask("author_submitExtrinsic", forged).get("error");
        JsonNode again = client.ask("author_submitAndWatchExtrinsic", good).get("error");

        assertThat(bad.get("code").intValue()).isEqualTo(1010);
        assertThat(bad.get("message").textValue()).isEqualTo("Invalid Transaction");
        assertThat(bad.get("data").textValue()).isEqualTo("Transaction has a bad signature");
        assertThat(again.get("code").intValue()).isEqualTo(1013);
        assertThat(texts(client.result("author_pendingExtrinsics"))).contains(good);
        chain.newBlock();
        assertThat(client.ask("author_submitExtrinsic", good).at("/error/data").textValue())
                .isEqualTo("Transaction is outdated");
    }

    @Test
    void feeOfATransactionIsTold() {
        String extrinsic = new Transfers(client)
                .transfer(Keypair.fromSuri("//Alice"), BOB.account().bytes(), 1, 0, 0);

        JsonNode info = client.result("payment_queryInfo", extrinsic);
        JsonNode fee = client.result("payment_queryFeeDetails", extrinsic).get("inclusionFee");

        long sum = 0;
        for (JsonNode part : fee) sum += Long.decode(part.textValue());
        assertThat(info.get("class").textValue()).isEqualTo("normal");
        assertThat(info.get("partialFee").textValue())
                .isEqualTo(Long.toString(sum))
                .isNotEqualTo("0");
    }

    @Test
    void everyMethodOfEveryFamilyIsListed() {
        assertThat(texts(client.result("rpc_methods").get("methods")))
                .contains(("rpc_methods system_name system_version system_chain system_chainType system_properties "
                                + "system_health system_nodeRoles system_localPeerId system_accountNextIndex "
                                + "chain_getBlockHash chain_getHeader chain_getBlock chain_getFinalizedHead "
                                + "chain_subscribeNewHeads chain_subscribeFinalizedHeads chain_subscribeAllHeads "
                                + "chain_unsubscribeNewHeads chain_unsubscribeFinalizedHeads chain_unsubscribeAllHeads "
                                + "state_getMetadata state_getRuntimeVersion state_getStorage state_getStorageHash "
                                + "state_getStorageSize state_getKeysPaged state_queryStorageAt state_call "
                                + "state_subscribeStorage state_unsubscribeStorage state_subscribeRuntimeVersion "
                                + "state_unsubscribeRuntimeVersion author_submitExtrinsic "
                                + "author_submitAndWatchExtrinsic author_unwatchExtrinsic author_pendingExtrinsics "
                                + "payment_queryInfo payment_queryFeeDetails system_dryRun state_getKeys state_getPairs "
                                + "childstate_getStorage childstate_getKeysPaged dev_newBlock dev_setStorage "
                                + "dev_timeTravel dev_setHead dev_snapshot dev_revert dev_reorg "
                                + "chainHead_v1_follow chainHead_v1_unfollow chainHead_v1_header chainHead_v1_body "
                                + "chainHead_v1_call chainHead_v1_storage chainHead_v1_continue "
                                + "chainHead_v1_stopOperation chainHead_v1_unpin chainSpec_v1_chainName "
                                + "chainSpec_v1_genesisHash chainSpec_v1_properties transaction_v1_broadcast "
                                + "transaction_v1_stop transactionWatch_v1_submitAndWatch transactionWatch_v1_unwatch "
                                + "archive_v1_body archive_v1_call archive_v1_finalizedHeight archive_v1_genesisHash "
                                + "archive_v1_hashByHeight archive_v1_header archive_v1_storage archive_v1_stopStorage "
                                + "archive_v1_storageDiff archive_v1_stopStorageDiff")
                        .split(" "));
    }

    @Test
    void storageAndTimeAreSetByRpcAndRevertedToASnapshot() {
        chain.newBlock();
        String snapshot = client.result("dev_snapshot").toString();
        client.result("dev_setStorage", List.of(List.of("0x1234", "0xabcd")));
        assertThat(client.result("state_getStorage", "0x1234").textValue()).isEqualTo("0xabcd");

        long time = client.result("dev_timeTravel", "2030-01-01T00:00:00Z").longValue();

        assertThat(time).isEqualTo(1_893_456_000_000L);
        assertThat(client.result("dev_revert", Long.parseLong(snapshot)).booleanValue())
                .isTrue();
        assertThat(client.result("state_getStorage", "0x1234").isNull()).isTrue();
        assertThat(client.ask("dev_timeTravel", "2020-01-01T00:00:00Z")
                        .at("/error/message")
                        .textValue())
                .contains("time only goes forward");
        assertThat(client.ask("dev_timeTravel", "tomorrow").at("/error/code").intValue())
                .isEqualTo(-32602);
        assertThat(client.ask("dev_reorg", 5).at("/error/message").textValue()).contains("blocks are not final");
    }

    @Test
    void unsafeMethodsAreNotOfferedToTheWorldUnlessAsked() {
        try (DevChain open = DevChain.start(
                        DevChainSettings.standard().withHost("0.0.0.0").withMode(BlockMode.manual()));
                RpcClient stranger = new RpcClient(
                        URI.create("ws://127.0.0.1:" + open.rpcUri().getPort()))) {
            assertThat(stranger.ask("dev_newBlock").at("/error/code").intValue())
                    .isEqualTo(-32601);
            assertThat(texts(stranger.result("rpc_methods").get("methods")))
                    .noneMatch(method -> method.startsWith("dev_"));
        }
    }

    @Test
    void postIsAnsweredLikeAMessageButHasNoSubscriptions() throws IOException, InterruptedException {
        JsonNode name = post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system_chain\"}");
        JsonNode subscription = post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"chain_subscribeNewHeads\"}");

        assertThat(name.get("result").textValue()).isEqualTo("Stella Development");
        assertThat(subscription.at("/error/message").textValue()).contains("WebSocket");
    }

    @Test
    void portInUseIsNamed() {
        int port = chain.rpcUri().getPort();

        assertThatThrownBy(() -> DevChain.start(DevChainSettings.standard().withPort(port)))
                .isInstanceOfSatisfying(
                        PortInUseException.class, e -> assertThat(e.port()).isEqualTo(port))
                .hasMessageContaining("port " + port);
    }

    private static JsonNode post(String body) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + chain.rpcUri().getPort() + "/");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return new ObjectMapper()
                    .readTree(http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::textValue).toList();
    }
}
