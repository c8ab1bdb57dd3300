package stella.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.gateway.client.FakeRpc.parse;
import static stella.gateway.client.FakeRpc.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import stella.gateway.extrinsic.ExtrinsicFormat;
import stella.gateway.metadata.RecordedMetadata;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcFailure;
import stella.gateway.rpc.RpcFailure.Malformed;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;

class ChainClientTest {
    private static final Bytes PREFIX = Bytes.hex("aa");
    private static final Bytes EXTRINSIC = Bytes.hex("0c040102");

    private final FakeRpc node = Clients.node();
    private final ChainClient client = Clients.of(node);

    @Test
    void connectingReadsIdentityAndMetadata() {
        assertThat(client.genesis()).isEqualTo(node.chain.getFirst().hash());
        assertThat(client.runtime().version().specVersion()).isEqualTo(100);
        assertThat(client.runtime().metadata().version()).isEqualTo(15);
    }

    @Test
    void aRuntimeWithoutMetadataV15IsReadAsV14() {
        FakeRpc old = Clients.node().on("state_call", _ -> text(Bytes.hex("00")));
        old.on("state_getMetadata", _ -> text(RecordedMetadata.encoded(14)));
        assertThat(Clients.of(old).runtime().metadata().version()).isEqualTo(14);

        old.failing("state_call", new RpcFailure.Refused(-32000, "no such function", ""));
        assertThat(Clients.of(old).runtime().metadata().version()).isEqualTo(14);
    }

    @Test
    void aRuntimeIsReadOnceForManyBlocks() {
        BlockRef block = node.grow(2).chain.get(1).ref();

        await(client.runtimeOf(block));
        await(client.runtimeOf(block));

        assertThat(node.asked.get("state_call"))
                .as("the list of versions and the metadata itself")
                .isEqualTo(2);
    }

    @Test
    void aNodeThatIsAwayAtFirstIsAskedAgainForTheRuntime() {
        BlockRef block = node.grow(2).chain.get(1).ref();
        node.on("state_getRuntimeVersion", _ -> parse(Clients.VERSION.replace("100", "101")));
        node.failing("state_call", new RpcFailure.TimedOut(Duration.ofSeconds(1)));
        assertThat(failure(client.runtimeOf(block))).isInstanceOf(RpcFailure.TimedOut.class);

        node.on("state_call", _ -> text(Bytes.hex("00")))
                .on("state_getMetadata", _ -> text(RecordedMetadata.encoded(14)));

        assertThat(await(client.runtimeOf(block)).version().specVersion()).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "{}", "\"0x0\"", "\"0xzz\"", "\"0x\"", "\"0x00\"", "[]", "true"})
    void aHashThatIsNoneIsMalformed(String json) {
        node.on("chain_getBlockHash", _ -> parse(json));

        assertThat(failure(client.blockHash(1))).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "1.5",
                "\"0x\"",
                "\"seven\"",
                "\"0x10000000000000000\"",
                "\"0x8000000000000000\"",
                "null",
                "[]"
            })
    void aNumberThatIsNoneIsMalformed(String json) {
        node.on("system_accountNextIndex", _ -> parse(json));

        assertThat(failure(client.nextNonce(AccountId.of(new byte[32])))).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"block\":{}}",
                "{\"block\":{\"extrinsics\":[1]}}",
                "{\"block\":{\"extrinsics\":\"0x\"}}"
            })
    void aBodyThatIsNoneIsMalformed(String json) {
        node.on("chain_getBlock", _ -> parse(json));

        assertThat(failure(client.encodedBody(Hash.ZERO))).isInstanceOf(Malformed.class);
    }

    @Test
    void eventsThatCannotBeReadAreMalformed() {
        node.on("state_getStorage", _ -> text(Bytes.hex("04ff")));

        assertThat(failure(client.events(node.chain.getFirst().ref()))).isInstanceOf(Malformed.class);
    }

    @Test
    void aBodyThatCannotBeDecodedIsMalformed() {
        node.on("chain_getBlock", _ -> parse("{\"block\":{\"extrinsics\":[\"0x04ff\"]}}"));

        assertThat(failure(client.body(node.chain.getFirst().ref()))).isInstanceOf(Malformed.class);
    }

    @Test
    void keysOutOfOrderAreMalformed() {
        node.on("state_getKeysPaged", _ -> parse("[\"0xaa02\",\"0xaa01\"]"));
        assertThat(failure(client.storageReader().entries(PREFIX, 100, Hash.ZERO)))
                .isInstanceOf(Malformed.class);

        node.on("state_getKeysPaged", _ -> parse("[\"0xbb\"]"));
        assertThat(failure(client.storageReader().entries(PREFIX, 100, Hash.ZERO)))
                .isInstanceOf(Malformed.class);
    }

    /** A node that names the same full page for ever would keep a trusting client busy for ever. */
    @Test
    void theSamePageAgainIsMalformed() {
        StringBuilder page = new StringBuilder("[");
        for (int i = 0; i < 512; i++) page.append("\"0xaa%04x\",".formatted(i));
        String json = page.substring(0, page.length() - 1) + "]";
        node.on("state_getKeysPaged", _ -> parse(json));
        node.on("state_queryStorageAt", params -> {
            StringBuilder changes = new StringBuilder("[{\"changes\":[");
            params.getFirst().forEach(key -> changes.append("[").append(key).append(",\"0x01\"],"));
            return parse(changes.substring(0, changes.length() - 1) + "]}]");
        });

        assertThat(failure(client.storageReader().entries(PREFIX, 100_000, Hash.ZERO)))
                .isInstanceOf(Malformed.class);
        assertThat(node.asked.get("state_getKeysPaged")).isEqualTo(2);
    }

    @Test
    void moreEntriesThanWantedAreRefused() {
        node.on("state_getKeysPaged", _ -> parse("[\"0xaa01\",\"0xaa02\"]"));
        node.on("state_queryStorageAt", _ -> parse("[{\"changes\":[[\"0xaa01\",\"0x01\"],[\"0xaa02\",\"0x02\"]]}]"));

        assertThat(failure(client.storageReader().entries(PREFIX, 1, Hash.ZERO)))
                .isInstanceOf(Malformed.class);
        assertThat(await(client.storageReader().entries(PREFIX, 2, Hash.ZERO)))
                .containsExactly(
                        new StorageReader.Entry(Bytes.hex("aa01"), Bytes.hex("01")),
                        new StorageReader.Entry(Bytes.hex("aa02"), Bytes.hex("02")));
    }

    @Test
    void valuesComeInTheOrderAskedFor() {
        node.on("state_queryStorageAt", _ -> parse("[{\"changes\":[[\"0x02\",null],[\"0x01\",\"0xff\"]]}]"));

        assertThat(await(client.storageReader().values(List.of(Bytes.hex("01"), Bytes.hex("02")), Hash.ZERO)))
                .containsExactly(Optional.of(Bytes.hex("ff")), Optional.empty());
        assertThat(failure(client.storageReader().values(List.of(Bytes.hex("03")), Hash.ZERO)))
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1010, Transaction is outdated, STALE",
        "1010, Inability to pay some fees (e.g. account balance too low), PAYMENT",
        "1010, Transaction has a bad signature, BAD_PROOF",
        "1010, Transaction has an ancient birth block, ANCIENT_BIRTH_BLOCK",
        "1010, Transaction will be valid in the future, FUTURE",
        "1010, Custom error: 3, CUSTOM",
        "1010, something new, INVALID",
        "1012, '', TEMPORARILY_BANNED",
        "1013, '', ALREADY_IMPORTED",
        "1014, '', TOO_LOW_PRIORITY",
        "1016, '', IMMEDIATELY_DROPPED",
        "1098, '', OTHER"
    })
    void refusalsOfThePoolAreKnownByName(int code, String data, PoolRefusal.Reason reason) {
        node.failing("author_submitAndWatchExtrinsic", new RpcFailure.Refused(code, "refused", data));

        assertThat(await(client.submit(EXTRINSIC)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
    }

    @Test
    void anErrorThatIsNoneOfThePoolSaysNothingAboutTheTransaction() {
        node.failing("author_submitAndWatchExtrinsic", new RpcFailure.Refused(-32601, "Method not found", ""));
        assertThat(await(client.submit(EXTRINSIC))).isInstanceOf(Outcome.Unknown.class);

        node.failing("author_submitAndWatchExtrinsic", new RpcFailure.TimedOut(Duration.ofSeconds(1)));
        assertThat(await(client.submit(EXTRINSIC))).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"dropped\" | DROPPED", "{\"usurped\":\"0x00\"} | USURPED", "\"invalid\" | INVALIDATED"})
    void aTransactionThatLeavesThePoolIsRefused(String status, PoolRefusal.Reason reason) {
        CompletionStage<Outcome> outcome = client.submit(EXTRINSIC);

        node.tell(parse("\"ready\""));
        node.tell(parse("{\"broadcast\":[]}"));
        node.tell(parse(status));

        assertThat(await(outcome))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
    }

    @Test
    void aLostWatchLeavesTheFateOpen() {
        CompletionStage<Outcome> outcome = client.submit(EXTRINSIC);

        node.disconnect();

        assertThat(await(outcome)).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "{}", "\"unheard of\"", "{\"finalized\":7}", "{\"inBlock\":\"0x00\"}"})
    void nonsenseAboutATransactionLeavesItsFateOpen(String status) {
        CompletionStage<Outcome> outcome = client.submit(EXTRINSIC);

        node.tell(parse(status));

        assertThat(await(outcome)).isInstanceOf(Outcome.Unknown.class);
    }

    /** The node may say what it likes: only a block that has the transaction makes it final. */
    @Test
    void aFinalBlockWithoutTheTransactionLeavesItsFateOpen() {
        node.on("chain_getBlock", _ -> parse("{\"block\":{\"extrinsics\":[]}}"));
        CompletionStage<Outcome> outcome = client.submit(EXTRINSIC);

        node.tell(parse("{\"finalized\":\"" + node.chain.getFirst().hash() + "\"}"));

        assertThat(await(outcome))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("does not have it"));
    }

    @Test
    void aBlockWithoutAnyWordAboutItsTransactionIsMalformed() {
        node.on("chain_getBlock", _ -> parse("{\"block\":{\"extrinsics\":[\"" + EXTRINSIC.toHex0x() + "\"]}}"));
        node.on("state_getStorage", _ -> text(Bytes.hex("00")));

        assertThat(failure(client.outcomeIn(node.chain.getFirst().ref(), ExtrinsicFormat.hash(EXTRINSIC))))
                .isInstanceOf(Malformed.class);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static RpcFailure failure(CompletionStage<?> stage) {
        CompletableFuture<?> settled = stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS);
        Throwable thrown =
                RpcException.unwrap(settled.handle((_, failure) -> failure).join());
        assertThat(thrown).isInstanceOf(RpcException.class);
        return ((RpcException) thrown).failure();
    }
}
