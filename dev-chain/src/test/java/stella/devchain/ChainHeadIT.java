package stella.devchain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stella.gateway.keys.Keypair;
import stella.protocol.Bytes;

/** The families of the JSON-RPC interface specification over real sockets, on a chain whose finality lags behind. */
final class ChainHeadIT {
    private static final String TIME = "0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb";
    private static final String ACCOUNTS = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";
    private static final int LAG = 3;
    private static DevChain chain;
    private RpcClient client;

    @BeforeAll
    static void start() {
        chain = DevChain.start(DevChainSettings.standard()
                .withMode(BlockMode.manual())
                .withFinalityLag(LAG)
                .withClock(TestRuntime.CLOCK));
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

    @Test
    void followTellsBlocksThenTheBestThenTheFinal() {
        String follow = follow(true);
        JsonNode initialized = client.next(follow);
        assertThat(event(initialized)).isEqualTo("initialized");
        assertThat(initialized.get("finalizedBlockHashes")).hasSize(1);
        assertThat(initialized.at("/finalizedBlockRuntime/spec/specName").textValue())
                .isEqualTo("stella");
        skipPast(follow, "bestBlockChanged");

        List<String> made = new ArrayList<>();
        for (int i = 0; i <= LAG; i++) made.add(chain.newBlock().toString());

        String finalized = "";
        List<String> told = new ArrayList<>();
        while (!finalized.equals(made.getFirst())) {
            JsonNode event = client.next(follow);
            switch (event(event)) {
                case "newBlock" -> {
                    told.add(event.get("blockHash").textValue());
                    assertThat(event.get("newRuntime").isNull()).isTrue();
                }
                case "bestBlockChanged" ->
                    assertThat(told).endsWith(event.get("bestBlockHash").textValue());
                case "finalized" ->
                    finalized = event.at("/finalizedBlockHashes/0").textValue();
                default -> throw new AssertionError(event);
            }
        }
        assertThat(told).isEqualTo(made);
    }

    @Test
    void forkIsToldAndTheLoserIsPruned() {
        String follow = follow(false);
        assertThat(client.next(follow).has("finalizedBlockRuntime")).isFalse();
        skipPast(follow, "bestBlockChanged");
        String replaced = chain.newBlock().toString();

        List<String> fork = texts(client.result("dev_reorg", 1));
        for (int i = 0; i < LAG; i++) chain.newBlock();

        List<String> told = new ArrayList<>();
        JsonNode event = client.next(follow);
        for (; !prunes(event, replaced); event = client.next(follow))
            if (event(event).equals("newBlock")) told.add(event.get("blockHash").textValue());
        assertThat(told).startsWith(replaced, fork.get(0), fork.get(1));
        assertThat(event.at("/finalizedBlockHashes/0").textValue()).isEqualTo(fork.get(0));
        assertThat(client.result("chainHead_v1_header", follow, replaced).textValue())
                .as("it is pinned though the chain forgot it")
                .startsWith("0x");
    }

    @Test
    void operationsEndWithAnEventAfterTheirAnswer() {
        String follow = follow(true);
        String block = client.next(follow).at("/finalizedBlockHashes/0").textValue();
        skipPast(follow, "bestBlockChanged");

        String body = started("chainHead_v1_body", follow, block);
        JsonNode bodyDone = client.next(follow);
        String call = started("chainHead_v1_call", follow, block, "Core_version", "0x");
        JsonNode callDone = client.next(follow);
        started("chainHead_v1_call", follow, block, "No_such", "0x");
        JsonNode callError = client.next(follow);

        assertThat(event(bodyDone)).isEqualTo("operationBodyDone");
        assertThat(bodyDone.get("operationId").textValue()).isEqualTo(body);
        assertThat(event(callDone)).isEqualTo("operationCallDone");
        assertThat(callDone.get("operationId").textValue()).isEqualTo(call);
        assertThat(callDone.get("output").textValue()).startsWith("0x187374656c6c61");
        assertThat(event(callError)).isEqualTo("operationError");
    }

    @Test
    void storageIsAnsweredInEveryForm() {
        String follow = follow(false);
        String block = client.next(follow).at("/finalizedBlockHashes/0").textValue();
        skipPast(follow, "bestBlockChanged");
        List<Map<String, String>> items = List.of(
                Map.of("key", "0x3a686561707061676573", "type", "value"),
                Map.of("key", "0x3a636f6465", "type", "hash"),
                Map.of("key", "0x", "type", "closestDescendantMerkleValue"),
                Map.of("key", ACCOUNTS, "type", "descendantsValues"),
                Map.of("key", ACCOUNTS, "type", "descendantsHashes"));

        started("chainHead_v1_storage", follow, block, items, null);

        JsonNode answer = client.next(follow);
        assertThat(event(answer)).isEqualTo("operationStorageItems");
        JsonNode root = client.result("chain_getHeader", block).get("stateRoot");
        long accounts =
                client.result("state_getKeysPaged", ACCOUNTS, 1000, null, block).size();
        assertThat(answer.get("items"))
                .filteredOn(item -> item.has("closestDescendantMerkleValue"))
                .extracting(item -> item.get("closestDescendantMerkleValue"))
                .containsExactly(root);
        assertThat(answer.get("items")).filteredOn(item -> item.has("value")).hasSize((int) accounts);
        assertThat(answer.get("items")).filteredOn(item -> item.has("hash")).hasSize((int) accounts + 1);
        assertThat(event(client.next(follow))).isEqualTo("operationStorageDone");
    }

    @Test
    void longStorageAnswerWaitsForTheClient() {
        String follow = follow(false);
        String block = client.next(follow).at("/finalizedBlockHashes/0").textValue();
        skipPast(follow, "bestBlockChanged");
        List<Map<String, String>> items = new ArrayList<>();
        for (int i = 0; i < 1500; i++) items.add(Map.of("key", ACCOUNTS, "type", "closestDescendantMerkleValue"));

        String operation = started("chainHead_v1_storage", follow, block, items, null);

        assertThat(client.next(follow).get("items")).hasSize(1024);
        assertThat(event(client.next(follow))).isEqualTo("operationWaitingForContinue");
        client.result("chainHead_v1_continue", follow, operation);
        assertThat(client.next(follow).get("items")).hasSize(1500 - 1024);
        assertThat(event(client.next(follow))).isEqualTo("operationStorageDone");
        assertThat(code("chainHead_v1_continue", follow, operation)).isEqualTo(-32803);
    }

    @Test
    void refusalsHaveTheNumbersOfTheSpecification() {
        String follow = follow(false);
        String block = client.next(follow).at("/finalizedBlockHashes/0").textValue();
        follow(false);

        assertThat(code("chainHead_v1_follow", false)).isEqualTo(-32800);
        assertThat(code("chainHead_v1_header", follow, "0x" + "11".repeat(32))).isEqualTo(-32801);
        assertThat(code("chainHead_v1_call", follow, block, "Core_version", "0x"))
                .isEqualTo(-32802);
        assertThat(code("chainHead_v1_continue", follow, "none")).isEqualTo(-32803);
        assertThat(code("chainHead_v1_unpin", follow, List.of(block, block))).isEqualTo(-32804);
        client.result("chainHead_v1_unpin", follow, block);
        assertThat(code("chainHead_v1_body", follow, block)).isEqualTo(-32801);
        assertThat(code("chainHead_v1_unpin", follow, block)).isEqualTo(-32801);
        client.result("chainHead_v1_unfollow", follow);
        assertThat(client.result("chainHead_v1_header", follow, block).isNull()).isTrue();
        assertThat(client.result("chainHead_v1_body", follow, block)
                        .get("result")
                        .textValue())
                .isEqualTo("limitReached");
    }

    @Test
    void followOfAnotherConnectionIsNobodys() {
        String follow = follow(false);
        String block = client.next(follow).at("/finalizedBlockHashes/0").textValue();

        try (RpcClient stranger = new RpcClient(chain.rpcUri())) {
            assertThat(stranger.result("chainHead_v1_header", follow, block).isNull())
                    .isTrue();
        }
    }

    @Test
    void chainThatGoesBackBehindFinalBlocksStopsTheFollower() {
        try (DevChain other = DevChain.start(DevChainSettings.standard().withMode(BlockMode.manual()));
                RpcClient there = new RpcClient(other.rpcUri())) {
            String finals = there.result("chain_subscribeFinalizedHeads").textValue();
            there.next(finals);
            other.newBlock();
            there.next(finals);
            String follow = there.result("chainHead_v1_follow", false).textValue();
            there.next(follow);
            there.next(follow);

            there.result("dev_setHead", 0);

            assertThat(event(there.next(follow))).isEqualTo("stop");
        }
    }

    @Test
    void watchedTransactionGoesThroughItsEvents() {
        Keypair dave = Keypair.fromSuri("//Dave");
        String extrinsic = new Transfers(client).remark(dave, Bytes.utf8("hello"), 0);

        String watch =
                client.result("transactionWatch_v1_submitAndWatch", extrinsic).textValue();
        assertThat(event(client.next(watch))).isEqualTo("validated");
        String block = chain.newBlock().toString();
        JsonNode included = client.next(watch);
        for (int i = 0; i < LAG; i++) chain.newBlock();
        JsonNode finalized = client.next(watch);
        String late =
                client.result("transactionWatch_v1_submitAndWatch", extrinsic).textValue();

        assertThat(event(included)).isEqualTo("bestChainBlockIncluded");
        assertThat(included.at("/block/hash").textValue()).isEqualTo(block);
        assertThat(included.at("/block/index").intValue()).isEqualTo(1);
        assertThat(event(finalized)).isEqualTo("finalized");
        assertThat(client.next(late).get("error").textValue()).isEqualTo("Transaction is outdated");
    }

    @Test
    void broadcastTransactionIsOfferedAgainUntilItIsValid() {
        Keypair poor = Keypair.fromSuri("//Poor");
        Keypair ferdie = Keypair.fromSuri("//Ferdie");
        Transfers transfers = new Transfers(client);
        String unpaid = transfers.remark(poor, Bytes.utf8("first"), 0);
        assertThat(code("author_submitExtrinsic", unpaid)).isEqualTo(1010);
        String broadcast = client.result("transaction_v1_broadcast", unpaid).textValue();

        client.result(
                "author_submitExtrinsic",
                transfers.transfer(ferdie, poor.account().bytes(), 5_000_000_000_000L, 0, 0));

        boolean included = false;
        for (int i = 0; i < 20 && !included; i++)
            included = texts(client.result("archive_v1_body", chain.newBlock().toString()))
                    .contains(unpaid);
        assertThat(included).isTrue();
        assertThat(client.result("transaction_v1_stop", broadcast).isNull()).isTrue();
        assertThat(code("transaction_v1_stop", broadcast)).isEqualTo(-32602);
    }

    @Test
    void archiveAnswersForAnyBlock() {
        String old = chain.newBlock().toString();
        String later = chain.newBlock().toString();
        long height =
                Long.decode(client.result("chain_getHeader", old).get("number").textValue());

        assertThat(texts(client.result("archive_v1_hashByHeight", height))).contains(old);
        assertThat(client.result("archive_v1_genesisHash").textValue())
                .isEqualTo(chain.genesisHash().toString());
        assertThat(client.result("archive_v1_finalizedHeight").longValue()).isLessThan(height);
        assertThat(client.result("archive_v1_header", old).textValue()).startsWith("0x");
        assertThat(client.result("archive_v1_call", old, "Core_version", "0x")
                        .get("success")
                        .booleanValue())
                .isTrue();
        assertThat(client.result("archive_v1_call", "0x" + "11".repeat(32), "Core_version", "0x")
                        .isNull())
                .isTrue();
        String storage = client.result("archive_v1_storage", old, List.of(Map.of("key", TIME, "type", "value")), null)
                .textValue();
        assertThat(client.next(storage).get("value")).isEqualTo(client.result("state_getStorage", TIME, old));
        assertThat(event(client.next(storage))).isEqualTo("storageDone");
        String difference = client.result(
                        "archive_v1_storageDiff", later, List.of(Map.of("key", TIME, "returnType", "value")), old)
                .textValue();
        assertThat(client.next(difference).get("type").textValue()).isEqualTo("modified");
        assertThat(event(client.next(difference))).isEqualTo("storageDiffDone");
    }

    @Test
    void specificationIsTold() {
        assertThat(client.result("chainSpec_v1_chainName").textValue()).isEqualTo("Stella Development");
        assertThat(client.result("chainSpec_v1_genesisHash").textValue())
                .isEqualTo(chain.genesisHash().toString());
        assertThat(client.result("chainSpec_v1_properties").get("ss58Format").intValue())
                .isEqualTo(42);
    }

    private String follow(boolean withRuntime) {
        return client.result("chainHead_v1_follow", withRuntime).textValue();
    }

    private String started(String method, @Nullable Object... params) {
        JsonNode answer = client.result(method, params);
        assertThat(answer.get("result").textValue()).isEqualTo("started");
        return answer.get("operationId").textValue();
    }

    private int code(String method, Object... params) {
        return client.ask(method, params).at("/error/code").intValue();
    }

    private void skipPast(String follow, String name) {
        while (!event(client.next(follow)).equals(name)) {}
    }

    private static boolean prunes(JsonNode event, String block) {
        return event(event).equals("finalized")
                && texts(event.get("prunedBlockHashes")).contains(block);
    }

    private static String event(JsonNode event) {
        return event.get("event").textValue();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::textValue).toList();
    }
}
