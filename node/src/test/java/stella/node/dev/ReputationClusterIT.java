package stella.node.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stella.node.api.MemoryLedger;
import stella.node.transfer.HttpTransfer;
import stella.node.transfer.TransferSettings;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.roles.client.ReputationClient;
import stella.roles.client.ReputationWatch;
import stella.roles.inspector.Inspector;
import stella.roles.inspector.InspectorSettings;
import stella.roles.inspector.ReputationAnswer;

/** An Inspector on one member of a cluster is asked from another, over sockets and in protobuf (DL-7). */
@Timeout(120)
class ReputationClusterIT {
    private static final Config CONFIG = ConfigFactory.parseString("""
                    pekko.loglevel = WARNING
                    pekko.actor.provider = cluster
                    pekko.actor.allow-java-serialization = off
                    pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                    pekko.cluster.jmx.enabled = off
                    """)
            .withFallback(PersistenceTestKitPlugin.getInstance().config())
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.load());
    private static final RoleId STORE = RoleId.store(MemoryLedger.account(11));

    private final ActorTestKit here = ActorTestKit.create("stella", CONFIG);
    private final ActorTestKit there = ActorTestKit.create("stella", CONFIG);
    private final HttpTransfer transfer = new HttpTransfer(TransferSettings.defaults());
    private final ReputationClient client = new ReputationClient(here.system(), Duration.ofSeconds(20));

    @BeforeEach
    void oneClusterOfTwo() {
        Cluster first = Cluster.get(here.system());
        Cluster second = Cluster.get(there.system());
        first.manager().tell(Join.create(first.selfMember().address()));
        second.manager().tell(Join.create(first.selfMember().address()));
    }

    @AfterEach
    void stop() {
        transfer.close();
        there.shutdownTestKit();
        here.shutdownTestKit();
    }

    private ActorRef<Inspector.Command> spawnThere() {
        ActorRef<Inspector.Command> inspector = there.spawn(Inspector.create(
                "inspector-1", new MemoryLedger(), transfer, stella.node.Seeded.chance(1), InspectorSettings.FAST));
        TestProbe<ReputationAnswer.Single> probe = here.createTestProbe();
        probe.awaitAssert(Duration.ofSeconds(60), Duration.ofMillis(50), () -> now(client.one(STORE)));
        return inspector;
    }

    private static <T> T now(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyQuestionIsAnsweredFromAnotherMember() {
        spawnThere();

        assertThat(now(client.one(STORE))).isEqualTo(new ReputationAnswer.Unknown(STORE));
        assertThat(now(client.many(List.of(STORE))).all()).isEmpty();
        assertThat(now(client.all()).all()).isEmpty();
        assertThat(now(client.top(Role.STORE, 3)).all()).isEmpty();
        assertThat(now(client.history(STORE))).isEqualTo(new ReputationAnswer.Past(STORE, List.of()));
        assertThat(now(client.why(STORE)).sentences())
                .singleElement()
                .asString()
                .contains("Nothing is known");
    }

    @Test
    void aSubscriberOnAnotherMemberIsKnownByItsAddress() {
        ActorRef<Inspector.Command> inspector = spawnThere();
        TestProbe<ReputationAnswer.Notice> probe = here.createTestProbe();

        ActorRef<Inspector.Command> teller = now(client.subscribe(List.of(STORE), probe.ref()));

        assertThat(teller.path().name()).isEqualTo(inspector.path().name());
        ActorRef<ReputationWatch.Command> watch = here.spawn(ReputationWatch.create(List.of(STORE)));
        TestProbe<ReputationWatch.Standing> warnings = here.createTestProbe();
        watch.tell(new ReputationWatch.GetWarnings(warnings.ref()));
        assertThat(warnings.receiveMessage(Duration.ofSeconds(20)).warnings()).isEmpty();
    }

    @Test
    void withoutAnyInspectorTheQuestionFailsAtOnceWithTheReason() {
        assertThatThrownBy(() -> client.one(STORE).toCompletableFuture().get(30, TimeUnit.SECONDS))
                .hasMessageContaining("no Inspector is known");
    }
}
