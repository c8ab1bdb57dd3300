package stella.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.devchain.BlockMode;
import stella.devchain.DevChain;
import stella.devchain.DevChainSettings;
import stella.gateway.client.ChainClient;
import stella.gateway.client.FinalizedListener;
import stella.gateway.client.Header;
import stella.gateway.client.StorageReader;
import stella.gateway.extrinsic.Era;
import stella.gateway.extrinsic.Extrinsic;
import stella.gateway.extrinsic.SigningContext;
import stella.gateway.keys.Keypair;
import stella.gateway.metadata.ChainEvent;
import stella.gateway.metadata.CommonCalls;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.Value;
import stella.gateway.rpc.RpcException;
import stella.gateway.stella.StellaFace;
import stella.protocol.AccountId;
import stella.protocol.Bytes;

/** The client against the embedded chain over a real socket. */
class ChainClientIT {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path data;

    @Test
    void theRuntimeOfTheProjectHasThePalletThatTheClientKnows() {
        try (DevChain chain = start(0);
                ChainClient client = connect(chain.rpcUri())) {
            StellaFace.check(client.runtime().metadata());

            assertThat(client.genesis()).isEqualTo(chain.genesisHash());
            assertThat(client.runtime().version().specName()).isEqualTo("stella");
        }
    }

    @Test
    void blocksTransactionsAndEventsAreReadAsTheyWereMade() {
        try (DevChain chain = DevChain.start(DevChainSettings.standard().withMode(BlockMode.instant()));
                ChainClient client = connect(chain.rpcUri())) {
            Keypair alice = Keypair.fromSuri("//Alice");
            AccountId receiver = Keypair.fromSuri("//receiver").account();
            BigInteger amount = BigInteger.valueOf(7_000_000_000_000L);
            Metadata metadata = client.runtime().metadata();
            Bytes transfer = new CommonCalls(metadata).transfer(receiver, amount);
            SigningContext context = new SigningContext(
                    client.genesis(),
                    client.runtime().version(),
                    0,
                    new Era.Immortal(),
                    client.genesis(),
                    BigInteger.ZERO);
            CompletionStage<stella.gateway.client.Outcome> watched =
                    client.submit(client.runtime().format().sign(transfer, context, alice));

            assertThat(await(watched))
                    .isInstanceOfSatisfying(stella.gateway.client.Outcome.Succeeded.class, succeeded -> {
                        List<Extrinsic> body = await(client.body(succeeded.block()));
                        assertThat(body.get(succeeded.index()).signed())
                                .hasValueSatisfying(
                                        signed -> assertThat(signed.signer()).isEqualTo(alice.account()));
                        assertThat(body.getFirst().pallet()).isEqualTo("Timestamp");
                        assertThat(await(client.events(succeeded.block()))).containsAll(succeeded.events());
                        assertThat(succeeded.events())
                                .filteredOn(event -> event.is("Balances", "Transfer"))
                                .singleElement()
                                .satisfies(event -> assertThat(
                                                event.field("amount").number())
                                        .isEqualTo(amount));
                        assertThat(succeeded.events())
                                .extracting(ChainEvent::name)
                                .contains("ExtrinsicSuccess");
                    });
        }
    }

    /** The chain of the recorded specification: its runtime offers metadata V16, and a pallet with view functions. */
    @Test
    void runtimeApisAndViewFunctionsAreCalledByName() {
        try (DevChain chain = DevChain.start(DevChainSettings.standard()
                        .withSpecification(Path.of("..", "vectors", "node", "spec.json.gz"))
                        .withMode(BlockMode.manual()));
                ChainClient client = connect(chain.rpcUri())) {
            Keypair alice = Keypair.fromSuri("//Alice");
            Value remark = new Value.Variant("remark", Map.of("remark", Value.of(Bytes.EMPTY)));

            assertThat(client.runtime().metadata().version()).isEqualTo(16);
            assertThat(await(client.runtimeCall(
                            "AccountNonceApi_account_nonce",
                            Map.of("account", Value.of(alice.account().bytes())),
                            client.genesis())))
                    .isEqualTo(Value.of(0));
            assertThat(await(client.view(
                            "Proxy",
                            "check_permissions",
                            Map.of("call", Value.variant("System", remark), "proxy_type", Value.of()),
                            client.genesis())))
                    .isEqualTo(new Value.Bool(true));
        }
    }

    /** The chain reads what we write in form 5; it refuses it because nobody has signed, not because it cannot be read. */
    @Test
    void aGeneralTransactionIsUnderstoodByTheRuntime() {
        try (DevChain chain = start(0);
                ChainClient client = connect(chain.rpcUri())) {
            SigningContext context = new SigningContext(
                    client.genesis(),
                    client.runtime().version(),
                    0,
                    new Era.Immortal(),
                    client.genesis(),
                    BigInteger.ZERO);
            Bytes call = new CommonCalls(client.runtime().metadata()).remark(Bytes.EMPTY);

            stella.gateway.client.Outcome outcome = await(
                    client.submit(client.runtime().format().general(call, context, 0, java.util.Optional.empty())));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            stella.gateway.client.Outcome.Refused.class,
                            refused -> assertThat(refused.refusal().text())
                                    .containsIgnoringCase("invalid")
                                    .doesNotContainIgnoringCase("decode"));
        }
    }

    @Test
    void aMapIsReadWhole() {
        try (DevChain chain = start(0);
                ChainClient client = connect(chain.rpcUri())) {
            var account = client.runtime().metadata().pallet("System").entry("Account");

            List<StorageReader.Entry> entries =
                    await(client.storageReader().entries(account.prefix(), 10_000, client.genesis()));

            assertThat(entries)
                    .extracting(entry -> new AccountId(account.lastKey(entry.key(), 0)))
                    .contains(
                            Keypair.fromSuri("//Alice").account(),
                            Keypair.fromSuri("//store-1").account())
                    .doesNotHaveDuplicates();
        }
    }

    /** While the node is away, 40 blocks are made; the client hears of each of them, in order, once it is back. */
    @Test
    void noFinalizedBlockIsLostOverARestartOfTheNode() throws Exception {
        BlockingQueue<Header> heard = new LinkedBlockingQueue<>();
        URI address;
        ChainClient client;
        try (DevChain first = start(0)) {
            address = first.rpcUri();
            client = connect(address);
            client.follow(0, into(heard));
            blocks(first, 3);
            assertThat(numbers(heard, 4)).containsExactly(0L, 1L, 2L, 3L);
        }
        try (client) {
            try (DevChain elsewhere = start(0)) {
                blocks(elsewhere, 40);
            }
            try (DevChain back = start(address.getPort())) {
                blocks(back, 1);

                List<Long> numbers = numbers(heard, 41);

                for (int i = 0; i < 41; i++) assertThat(numbers.get(i)).isEqualTo(4 + i);
            }
        }
    }

    private DevChain start(int port) {
        return DevChain.start(DevChainSettings.standard()
                .withMode(BlockMode.manual())
                .withData(data)
                .withPort(port));
    }

    private static void blocks(DevChain chain, int count) {
        for (int i = 0; i < count; i++) chain.newBlock();
    }

    private static FinalizedListener into(BlockingQueue<Header> heard) {
        return new FinalizedListener() {
            @Override
            public void block(Header header) {
                heard.add(header);
            }

            @Override
            public void ended(RpcException why) {}
        };
    }

    private static List<Long> numbers(BlockingQueue<Header> heard, int count) throws InterruptedException {
        List<Long> numbers = new ArrayList<>();
        while (numbers.size() < count) {
            Header next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("block after %s", numbers).isNotNull();
            numbers.add(next.number());
        }
        return numbers;
    }

    private static ChainClient connect(URI address) {
        return await(ChainClient.connect(address));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
