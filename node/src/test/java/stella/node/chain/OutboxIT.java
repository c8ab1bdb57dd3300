package stella.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import stella.devchain.BlockMode;
import stella.devchain.DevChain;
import stella.devchain.DevChainSettings;
import stella.gateway.client.BlockRef;
import stella.gateway.client.ChainClient;
import stella.gateway.client.Header;
import stella.gateway.client.Outcome.Succeeded;
import stella.gateway.keys.Keypair;
import stella.gateway.metadata.CommonCalls;
import stella.gateway.metadata.Metadata;
import stella.gateway.outbox.Outbox;
import stella.gateway.outbox.OutboxChain;
import stella.gateway.outbox.OutboxSettings;
import stella.gateway.outbox.Submissions.Outcome;
import stella.gateway.stella.ClientOutboxChain;
import stella.gateway.stella.StellaCalls;
import stella.gateway.stella.StellaEvents;
import stella.gateway.stella.StellaState;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.chain.Call;
import stella.protocol.chain.Event;
import stella.protocol.role.Role;

/** The outbox against the real runtime over a real socket, killed where it hurts. Every test has an account of its own. */
class OutboxIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final BigInteger AMOUNT = BigInteger.valueOf(5_000_000_000_000L);

    private static DevChain devChain;
    private static ChainClient client;
    private static ActorTestKit testKit;

    @BeforeAll
    static void start() {
        devChain = DevChain.start(DevChainSettings.standard().withMode(BlockMode.instant()));
        client = await(ChainClient.connect(devChain.rpcUri()));
        testKit = ActorTestKit.create(
                "outbox-it", PersistenceTestKitPlugin.config().withFallback(ConfigFactory.load()));
    }

    @AfterAll
    static void stop() {
        testKit.shutdownTestKit();
        client.close();
        devChain.close();
    }

    @Test
    void aRegisteredRoleIsFinalizedWithItsEvent() {
        Keypair store = Keypair.fromSuri("//store-9");
        Call call = new Call.RegisterRole(Role.STORE, "http://127.0.0.1:9", Optional.empty());

        Outcome outcome = submit(outbox(store), "register", StellaCalls.encode(metadata(), call));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Finalized.class, finalized -> {
            Header header = await(client.header(finalized.hash()));
            assertThat(await(client.outcomeIn(header.ref(), finalized.transaction())))
                    .containsInstanceOf(Succeeded.class)
                    .hasValueSatisfying(found -> assertThat(StellaEvents.read(((Succeeded) found).events()))
                            .containsExactly(
                                    new Event.RoleRegistered(Role.STORE, store.account(), "http://127.0.0.1:9")));
            assertThat(await(new StellaState(client).roles(finalized.hash()))).anySatisfy(role -> {
                assertThat(role.account()).isEqualTo(store.account());
                assertThat(role.endpoint()).isEqualTo("http://127.0.0.1:9");
            });
        });
    }

    @Test
    void aFailedCallIsNamedAsThePalletNamesIt() {
        Bytes call = StellaCalls.encode(metadata(), new Call.WithdrawBond(Role.FETCH));

        Outcome outcome = submit(outbox(Keypair.fromSuri("//fetch-8")), "withdraw", call);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.error().name()).isEqualTo("Stella.NotRegistered");
            assertThat(failed.error().text()).contains("register_role");
        });
    }

    @Test
    void anAccountWithoutMoneyIsRefusedByThePool() {
        Outcome outcome =
                submit(outbox(Keypair.fromSuri("//nobody")), "remark", new CommonCalls(metadata()).remark(Bytes.EMPTY));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error().name()).isEqualTo("Payment"));
    }

    @Test
    void manyCallsAtOnceAllHaveTheirEffect() {
        Keypair sender = Keypair.fromSuri("//inspector-9");
        AccountId receiver = account("many");
        ActorRef<Outbox.Command> outbox = outbox(sender);
        TestProbe<Outbox.Answer> probe = testKit.createTestProbe();

        IntStream.range(0, 50)
                .forEach(i -> outbox.tell(
                        new Outbox.Submit("transfer/" + i, "transfer", transfer(receiver), probe.getRef())));

        for (int i = 0; i < 50; i++)
            assertThat(probe.receiveMessage(PATIENCE).outcome()).isInstanceOf(Outcome.Finalized.class);
        assertThat(received(receiver)).isEqualTo(AMOUNT.multiply(BigInteger.valueOf(50)));
    }

    /** Many calls at once become batches; a failing one fails alone, and each answer leads to its own events. */
    @Test
    void callsOfABatchHaveTheirOwnOutcomesAndEvents() {
        Keypair sender = Keypair.fromSuri("//inspector-14");
        ActorRef<Outbox.Command> outbox = testKit.spawn(Outbox.create(
                sender.account().toString(),
                new ClientOutboxChain(client, sender),
                OutboxSettings.standard().withBatches(2, 10)));
        TestProbe<Outbox.Answer> probe = testKit.createTestProbe();
        Bytes failing = StellaCalls.encode(metadata(), new Call.WithdrawBond(Role.FETCH));

        for (int i = 0; i < 20; i++) {
            Bytes call = i == 13 ? failing : transfer(account("batch-" + i));
            outbox.tell(new Outbox.Submit("call/" + i, "test", call, probe.getRef()));
        }

        int inBatches = 0;
        for (int i = 0; i < 20; i++) {
            Outbox.Answer answer = probe.receiveMessage(PATIENCE);
            if (answer.key().equals("call/13")) {
                assertThat(answer.outcome())
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.error().name()).isEqualTo("Stella.NotRegistered"));
                continue;
            }
            Outcome.Finalized done = (Outcome.Finalized) answer.outcome();
            if (done.item() < 0) continue;
            inBatches++;
            Header header = await(client.header(done.hash()));
            Succeeded batch = (Succeeded)
                    await(client.outcomeIn(header.ref(), done.transaction())).orElseThrow();
            AccountId receiver = account("batch-" + answer.key().substring("call/".length()));
            assertThat(batch.items().get(done.item()).events())
                    .filteredOn(event -> event.is("Balances", "Transfer"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.field("to").bytes()).isEqualTo(receiver.bytes()));
        }
        assertThat(inBatches).isGreaterThan(1);
        assertThat(received(account("batch-12"))).isEqualTo(AMOUNT);
    }

    @Test
    void theSameKeyTwiceHasOneEffect() {
        AccountId receiver = account("twice");
        ActorRef<Outbox.Command> outbox = outbox(Keypair.fromSuri("//inspector-10"));

        Outcome first = submit(outbox, "transfer", transfer(receiver));
        Outcome second = submit(outbox, "transfer", transfer(receiver));

        assertThat(first).isInstanceOf(Outcome.Finalized.class);
        assertThat(second).isEqualTo(first);
        assertThat(received(receiver)).isEqualTo(AMOUNT);
    }

    @Test
    void whatWasWrittenDownButNotSentIsSentAfterARestart() {
        Keypair sender = Keypair.fromSuri("//inspector-11");
        AccountId receiver = account("unsent");
        Interrupted dead = new Interrupted(new ClientOutboxChain(client, sender), false);
        ActorRef<Outbox.Command> killed = testKit.spawn(Outbox.create("//inspector-11", dead));
        killed.tell(new Outbox.Submit(
                "transfer", "transfer", transfer(receiver), testKit.system().ignoreRef()));
        join(dead.reached);
        testKit.stop(killed);

        Outcome outcome = submit(outbox(sender, "//inspector-11"), "transfer", transfer(receiver));

        assertThat(outcome).isInstanceOf(Outcome.Finalized.class);
        assertThat(received(receiver)).isEqualTo(AMOUNT);
        assertThat(await(client.nextNonce(sender.account()))).isEqualTo(1);
    }

    @Test
    void whatWasSentIsFoundAndNotSentTwiceAfterARestart() {
        Keypair sender = Keypair.fromSuri("//inspector-12");
        AccountId receiver = account("sent");
        Interrupted dead = new Interrupted(new ClientOutboxChain(client, sender), true);
        ActorRef<Outbox.Command> killed = testKit.spawn(Outbox.create("//inspector-12", dead));
        killed.tell(new Outbox.Submit(
                "transfer", "transfer", transfer(receiver), testKit.system().ignoreRef()));
        join(dead.reached);
        testKit.stop(killed);

        Outcome outcome = submit(outbox(sender, "//inspector-12"), "transfer", transfer(receiver));

        assertThat(outcome).isInstanceOf(Outcome.Finalized.class);
        assertThat(received(receiver)).isEqualTo(AMOUNT);
        assertThat(await(client.nextNonce(sender.account()))).isEqualTo(1);
    }

    @Test
    void aNonceTakenByAnotherProgramCostsNothing() {
        Keypair sender = Keypair.fromSuri("//inspector-13");
        AccountId receiver = account("other");
        ClientOutboxChain other = new ClientOutboxChain(client, sender);
        Header head = await(client.finalizedHead());
        Bytes foreign = other.sign(
                new CommonCalls(metadata()).remark(Bytes.EMPTY),
                new OutboxChain.Terms(0, new OutboxChain.Head(head.number(), head.hash()), 64, BigInteger.ZERO));
        await(client.submit(foreign));

        Outcome outcome = submit(outbox(sender), "transfer", transfer(receiver));

        assertThat(outcome).isInstanceOf(Outcome.Finalized.class);
        assertThat(received(receiver)).isEqualTo(AMOUNT);
    }

    private static ActorRef<Outbox.Command> outbox(Keypair signer) {
        return outbox(signer, signer.account().toString());
    }

    private static ActorRef<Outbox.Command> outbox(Keypair signer, String name) {
        return testKit.spawn(Outbox.create(name, new ClientOutboxChain(client, signer)));
    }

    private static Outcome submit(ActorRef<Outbox.Command> outbox, String key, Bytes call) {
        TestProbe<Outbox.Answer> probe = testKit.createTestProbe();
        outbox.tell(new Outbox.Submit(key, key, call, probe.getRef()));
        return probe.receiveMessage(PATIENCE).outcome();
    }

    private static Bytes transfer(AccountId to) {
        return new CommonCalls(metadata()).transfer(to, AMOUNT);
    }

    private static AccountId account(String name) {
        return Keypair.fromSuri("//receiver//" + name).account();
    }

    private static BigInteger received(AccountId account) {
        Header head = await(client.finalizedHead());
        BlockRef block = head.ref();
        return await(client.storage(metadata().pallet("System").entry("Account").key(account.bytes()), block.hash()))
                .map(bytes -> metadata()
                        .values()
                        .decode(metadata().pallet("System").entry("Account").value(), bytes)
                        .field("data")
                        .field("free")
                        .number())
                .orElse(BigInteger.ZERO);
    }

    private static Metadata metadata() {
        return client.runtime().metadata();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return join(stage.toCompletableFuture());
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** A chain whose process ends at the moment of sending: before it, or after the transaction is in a block. */
    private record Interrupted(OutboxChain chain, boolean sends, CompletableFuture<Void> reached)
            implements OutboxChain {
        Interrupted(OutboxChain chain, boolean sends) {
            this(chain, sends, new CompletableFuture<>());
        }

        @Override
        public CompletionStage<Fate> submit(Bytes transaction, Consumer<Head> included) {
            if (sends) chain.submit(transaction, included).thenRun(() -> reached.complete(null));
            else reached.complete(null);
            return new CompletableFuture<>();
        }

        @Override
        public AutoCloseable follow(Consumer<Head> listener) {
            return chain.follow(listener);
        }

        @Override
        public CompletionStage<Long> finalizedNonce(Hash at) {
            return chain.finalizedNonce(at);
        }

        @Override
        public CompletionStage<Long> nextNonce() {
            return chain.nextNonce();
        }

        @Override
        public Bytes sign(Bytes call, Terms terms) {
            return chain.sign(call, terms);
        }

        @Override
        public CompletionStage<BigInteger> fee(Bytes transaction) {
            return chain.fee(transaction);
        }

        @Override
        public boolean isBatchable(Bytes call) {
            return chain.isBatchable(call);
        }

        @Override
        public Bytes batch(List<Bytes> calls) {
            return chain.batch(calls);
        }

        @Override
        public Hash hash(Bytes transaction) {
            return chain.hash(transaction);
        }

        @Override
        public CompletionStage<Optional<Fate.Finalized>> find(Set<Hash> transactions, long from, long to) {
            return chain.find(transactions, from, to);
        }

        @Override
        public Bytes nothing() {
            return chain.nothing();
        }
    }
}
