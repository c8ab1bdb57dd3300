package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.inspector.FakeChain.account;
import static stella.roles.inspector.FakeChain.endpoint;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stella.protocol.Hash;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.roles.Chance;
import stella.roles.Transfer;

/** The actor on a chain that three anchors share; journal and snapshots pass through the real serializers. */
class InspectorBehaviorTest {
    private static final Config CONFIG = ConfigFactory.parseString("""
                    pekko.loglevel = WARNING
                    pekko.actor.allow-java-serialization = off
                    pekko.actor.serialize-messages = off
                    pekko.persistence.testkit.events.serialize = on
                    pekko.persistence.testkit.snapshots.serialize = on
                    """)
            .withFallback(PersistenceTestKitPlugin.getInstance().config())
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.load());

    private final ActorTestKit kit = ActorTestKit.create("inspector-test", CONFIG);
    private final FakeChain chain = new FakeChain();
    private final FakeNodes nodes = new FakeNodes();
    private final List<ActorRef<Inspector.Command>> inspectors = new ArrayList<>();

    @BeforeEach
    void threeAnchorsAndTwoStores() {
        chain.anchors(List.of(account(1), account(2), account(3)));
        for (int i = 1; i <= 3; i++) chain.register(Role.INSPECTOR, account(i), Optional.empty());
        for (int i = 101; i <= 102; i++) {
            chain.register(Role.STORE, account(i), Optional.empty());
            Content content = Content.random(i);
            nodes.serve(endpoint(account(i)), List.of(content));
            chain.deal(i, account(i), content);
        }
        nodes.tamper(endpoint(account(102)), _ -> new Transfer.Answer.Refused(404, "lost"));
        for (int i = 1; i <= 3; i++) inspectors.add(spawn(i));
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private ActorRef<Inspector.Command> spawn(int number) {
        Random random = new Random(number);
        Chance chance = new Chance() {
            @Override
            public Hash secret() {
                byte[] bytes = new byte[32];
                random.nextBytes(bytes);
                return Hash.of(bytes);
            }

            @Override
            public long below(long bound) {
                return random.nextLong(bound);
            }
        };
        return kit.spawn(Inspector.create(
                "inspector-" + number, chain.ledgerOf(account(number)), nodes, chance, InspectorSettings.FAST));
    }

    private Inspector.Status status(ActorRef<Inspector.Command> inspector) {
        TestProbe<Inspector.Status> probe = kit.createTestProbe();
        inspector.tell(new Inspector.GetStatus(probe.ref()));
        return probe.receiveMessage();
    }

    /** One block, after which every Inspector has seen it and has nothing under way that could still end in this block. */
    private void block() {
        chain.advance();
        TestProbe<Inspector.Status> probe = kit.createTestProbe();
        for (ActorRef<Inspector.Command> inspector : inspectors)
            probe.awaitAssert(Duration.ofSeconds(10), Duration.ofMillis(5), () -> {
                Inspector.Status status = status(inspector);
                assertThat(status.height()).isEqualTo(chain.height());
                assertThat(status.underWay())
                        .allMatch(key ->
                                key.startsWith("commit/") || key.startsWith("reveal/") || key.startsWith("attest/"));
                return status;
            });
    }

    private void blocks(long count) {
        for (long i = 0; i < count; i++) block();
    }

    @Test
    void inspectsSaysAndAttestsEpochAfterEpoch() {
        blocks(5 * FakeChain.EPOCH + 1);

        assertThat(chain.reveals(0)).hasSize(3);
        assertThat(chain.adopted(0)).isPresent();
        assertThat(chain.adopted(1)).isPresent();
        assertThat(status(inspectors.getFirst()).adoptedEpoch()).isEqualTo(2);
        assertThat(status(inspectors.getFirst()).alarms()).isEmpty();
    }

    @Test
    void answersForOneForAllAndWhy() {
        blocks(4 * FakeChain.EPOCH + 1);
        TestProbe<ReputationAnswer.Single> one = kit.createTestProbe();
        TestProbe<ReputationAnswer.Reputations> all = kit.createTestProbe();
        TestProbe<ReputationAnswer.Explanation> why = kit.createTestProbe();
        RoleId loser = RoleId.store(account(102));

        inspectors.getFirst().tell(new ReputationQuery.One(loser, one.ref()));
        inspectors.getFirst().tell(new ReputationQuery.One(RoleId.fetch(account(7)), one.ref()));
        inspectors.getFirst().tell(new ReputationQuery.All(all.ref()));
        inspectors.getFirst().tell(new ReputationQuery.Why(loser, why.ref()));

        assertThat(one.receiveMessage()).isEqualTo(new ReputationAnswer.Reputation(loser, 1, 0, Standing.PROBATION, 0));
        assertThat(one.receiveMessage()).isEqualTo(new ReputationAnswer.Unknown(RoleId.fetch(account(7))));
        assertThat(all.receiveMessage().all()).hasSize(5);
        assertThat(why.receiveMessage().sentences())
                .anySatisfy(line -> assertThat(line).contains("FAIL"));
    }

    @Test
    void subscribersHearOfAdoptedChangesAndAreWarnedBeforeTheSuspension() {
        RoleId loser = RoleId.store(account(102));
        TestProbe<ReputationAnswer.Notice> probe = kit.createTestProbe();
        inspectors.getFirst().tell(new ReputationQuery.Subscribe(List.of(loser), probe.ref()));

        blocks(6 * FakeChain.EPOCH + 1);

        List<ReputationAnswer.Notice> heard = new ArrayList<>();
        do heard.add(probe.receiveMessage());
        while (!(heard.getLast() instanceof ReputationAnswer.Warned));
        assertThat(heard).allSatisfy(notice -> assertThat(notice.id()).isEqualTo(loser));
        assertThat(heard.getFirst()).isInstanceOf(ReputationAnswer.Changed.class);
        assertThat(heard)
                .filteredOn(ReputationAnswer.Warned.class::isInstance)
                .singleElement()
                .satisfies(warned -> assertThat(((ReputationAnswer.Warned) warned).sentences())
                        .anySatisfy(line -> assertThat(line).startsWith("Half of what suspends"))
                        .anySatisfy(line -> assertThat(line).contains("item"))
                        .anySatisfy(line -> assertThat(line).startsWith("The way back")));
    }

    @Test
    void whoUnsubscribesHearsNothingMore() {
        TestProbe<ReputationAnswer.Notice> probe = kit.createTestProbe();
        inspectors.getFirst().tell(new ReputationQuery.Subscribe(List.of(), probe.ref()));
        inspectors.getFirst().tell(new ReputationQuery.Unsubscribe(probe.ref()));

        blocks(4 * FakeChain.EPOCH + 1);

        probe.expectNoMessage(Duration.ofMillis(1));
    }

    @Test
    void theBestTheManyAndThePastAreTold() {
        blocks(4 * FakeChain.EPOCH + 1);
        TestProbe<ReputationAnswer.Reputations> lists = kit.createTestProbe();
        TestProbe<ReputationAnswer.Past> past = kit.createTestProbe();
        RoleId good = RoleId.store(account(101));
        RoleId loser = RoleId.store(account(102));

        inspectors.getFirst().tell(new ReputationQuery.Top(Role.STORE, 1, lists.ref()));
        inspectors
                .getFirst()
                .tell(new ReputationQuery.Many(List.of(loser, RoleId.fetch(account(7)), good), lists.ref()));
        inspectors.getFirst().tell(new ReputationQuery.History(loser, past.ref()));

        assertThat(lists.receiveMessage().all())
                .extracting(ReputationAnswer.Reputation::id)
                .containsExactly(good);
        assertThat(lists.receiveMessage().all())
                .extracting(ReputationAnswer.Reputation::id)
                .containsExactly(loser, good);
        assertThat(past.receiveMessage().changes())
                .isNotEmpty()
                .isSortedAccordingTo(java.util.Comparator.comparingLong(ReputationAnswer.Change::epoch));
    }

    @Test
    void aRestartInTheMiddleLosesNothing() {
        for (int epoch = 0; epoch < 5; epoch++)
            for (long block = 0; block < FakeChain.EPOCH; block++) {
                if (block == 7 || block == 13) restart(0);
                block();
            }

        assertThat(chain.reveals(0)).hasSize(3);
        assertThat(chain.reveals(2)).hasSize(3);
        assertThat(chain.adopted(1)).isPresent();
        assertThat(status(inspectors.getFirst()).astray()).isEmpty();
    }

    private void restart(int index) {
        kit.stop(inspectors.get(index));
        inspectors.set(index, spawn(index + 1));
    }
}
