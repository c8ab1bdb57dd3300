package stella.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;
import org.junit.jupiter.api.Test;
import stella.devchain.BlockMode;
import stella.devchain.DevChain;
import stella.devchain.DevChainSettings;
import stella.gateway.client.ChainClient;
import stella.gateway.keys.Keypair;
import stella.gateway.metadata.CommonCalls;
import stella.gateway.outbox.Outbox;
import stella.gateway.outbox.OutboxSettings;
import stella.gateway.outbox.OutboxSingleton;
import stella.gateway.outbox.Submissions.Outcome;
import stella.gateway.stella.ClientOutboxChain;
import stella.protocol.AccountId;
import stella.protocol.Bytes;

/** Two machines of one account: actor systems of their own, one journal, one chain. */
class OutboxSingletonIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String JOURNAL = "jdbc:h2:mem:outbox-singleton;DB_CLOSE_DELAY=-1";
    private static final String SCHEMA = "schema/h2/h2-create-schema.sql";
    private static final BigInteger AMOUNT = BigInteger.valueOf(3_000_000_000_000L);
    private static final int CALLS = 24;

    /** One of the machines: its actor system, its client of the chain, and what leads to the account's one outbox. */
    private record Machine(ActorTestKit kit, ChainClient client, ActorRef<Outbox.Command> outbox)
            implements AutoCloseable {
        static Machine start(DevChain chain, Keypair account, ActorTestKit kit, ActorTestKit first) {
            TestProbe<SelfUp> up = kit.createTestProbe();
            Cluster cluster = Cluster.get(kit.system());
            cluster.subscriptions().tell(Subscribe.create(up.getRef(), SelfUp.class));
            cluster.manager()
                    .tell(Join.create(Cluster.get(first.system()).selfMember().address()));
            up.receiveMessage(PATIENCE);
            ChainClient client = await(ChainClient.connect(chain.rpcUri()));
            ActorRef<Outbox.Command> outbox = OutboxSingleton.start(
                    kit.system(),
                    account.account().toString(),
                    new ClientOutboxChain(client, account),
                    OutboxSettings.standard());
            return new Machine(kit, client, outbox);
        }

        @Override
        public void close() {
            kit.shutdownTestKit();
            client.close();
        }
    }

    @Test
    void theSecondMachineGoesOnWhereTheFirstOneEnds() throws Exception {
        createJournal();
        Keypair account = Keypair.fromSuri("//inspector-15");
        AccountId receiver = Keypair.fromSuri("//receiver//singleton").account();
        try (DevChain chain = DevChain.start(DevChainSettings.standard().withMode(BlockMode.instant()))) {
            ActorTestKit firstKit = kit();
            Machine first = Machine.start(chain, account, firstKit, firstKit);
            try (Machine second = Machine.start(chain, account, kit(), firstKit)) {
                Bytes transfer = new CommonCalls(second.client().runtime().metadata()).transfer(receiver, AMOUNT);
                TestProbe<Outbox.Answer> probe = second.kit().createTestProbe();
                Map<String, Outcome> answers = new HashMap<>();

                for (int i = 0; i < CALLS; i++) ask(second, i, transfer, probe);
                Outbox.Answer early = probe.receiveMessage(PATIENCE);
                answers.put(early.key(), early.outcome());
                first.close();
                for (int attempt = 0; answers.size() < CALLS && attempt < 20; attempt++) {
                    for (int i = 0; i < CALLS; i++)
                        if (!answers.containsKey("call/" + i)) ask(second, i, transfer, probe);
                    collect(probe, answers);
                }

                assertThat(answers).hasSize(CALLS);
                assertThat(answers.values())
                        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Finalized.class));
                assertThat(await(second.client()
                                        .finalizedHead()
                                        .thenCompose(head -> second.client()
                                                .value(
                                                        "System",
                                                        "Account",
                                                        head.hash(),
                                                        stella.gateway.metadata.Value.of(receiver.bytes()))))
                                .orElseThrow()
                                .field("data")
                                .field("free")
                                .number())
                        .isEqualTo(AMOUNT.multiply(BigInteger.valueOf(CALLS)));
            }
        }
    }

    private static void ask(Machine machine, int call, Bytes transfer, TestProbe<Outbox.Answer> probe) {
        machine.outbox().tell(new Outbox.Submit("call/" + call, "transfer", transfer, probe.getRef()));
    }

    /** Answers that come without a pause of some seconds; a message that is lost in the takeover is sent again. */
    private static void collect(TestProbe<Outbox.Answer> probe, Map<String, Outcome> answers) {
        try {
            while (answers.size() < CALLS) {
                Outbox.Answer answer = probe.receiveMessage(Duration.ofSeconds(5));
                Outcome before = answers.put(answer.key(), answer.outcome());
                if (before != null) assertThat(answer.outcome()).isEqualTo(before);
            }
        } catch (AssertionError none) {
            if (none.getMessage() == null || !none.getMessage().contains("Timeout")) throw none;
        }
    }

    private static ActorTestKit kit() {
        Config config = ConfigFactory.parseString(
                        "pekko-persistence-jdbc.shared-databases.slick.db.url = \"" + JOURNAL + "\"\n")
                .withFallback(ConfigFactory.load("stella-dev"));
        return ActorTestKit.create("machines", config);
    }

    private static void createJournal() throws Exception {
        try (Connection connection = DriverManager.getConnection(JOURNAL);
                Statement statement = connection.createStatement();
                var schema = OutboxSingletonIT.class.getClassLoader().getResourceAsStream(SCHEMA)) {
            statement.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
