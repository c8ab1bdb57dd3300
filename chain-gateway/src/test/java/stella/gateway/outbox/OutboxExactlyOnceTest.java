package stella.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.gateway.outbox.Submissions.Outcome;
import stella.protocol.Bytes;

/**
 * Faults first, then a healthy chain: every call is answered, and has had as many effects as its answer says. The order of the
 * threads is not fixed by the seed; what is promised holds for every order.
 */
class OutboxExactlyOnceTest {
    private static final int CALLS = 25;
    private static final int FAULTY_STEPS = 300;
    private static final int HEALTHY_STEPS_MAX = 3000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final ActorTestKit testKit = ActorTestKit.create(
            "exactly-once",
            PersistenceTestKitPlugin.config()
                    .withFallback(PersistenceTestKitSnapshotPlugin.config())
                    .withFallback(ConfigFactory.parseString("pekko.loglevel = ERROR"))
                    .withFallback(ConfigFactory.load()));

    @AfterAll
    static void stop() {
        testKit.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyCallHasTheEffectsThatItsAnswerSays(long seed) {
        Run run = new Run(seed);

        for (int step = 0; step < FAULTY_STEPS; step++) {
            if (step % (FAULTY_STEPS / CALLS) == 0) run.submit("call/" + step / (FAULTY_STEPS / CALLS));
            if (run.random.nextInt(20) == 0) run.restart();
            run.step();
        }
        run.chain.heal();
        run.restart();
        for (int step = 0; step < HEALTHY_STEPS_MAX && run.answers.size() < CALLS; step++) run.step();

        assertThat(run.answers).hasSize(CALLS);
        run.answers.forEach((key, outcome) -> assertThat(run.chain.effects(Bytes.utf8(key)))
                .as("%s, answered %s, seed %d", key, outcome, seed)
                .isEqualTo(outcome instanceof Outcome.Finalized ? 1 : 0));
        testKit.stop(run.outbox);
    }

    private static final class Run {
        final Random random;
        final FaultyChain chain;
        final Map<String, Outcome> answers = new HashMap<>();
        private final Map<String, Boolean> asked = new HashMap<>();
        private final TestProbe<Outbox.Answer> probe = testKit.createTestProbe();
        private final String account;
        ActorRef<Outbox.Command> outbox;

        Run(long seed) {
            random = new Random(seed);
            chain = new FaultyChain(seed + 1000);
            account = "seed-" + seed;
            outbox = testKit.spawn(Outbox.create(account, chain));
        }

        void submit(String key) {
            asked.put(key, true);
            outbox.tell(new Outbox.Submit(key, "test", Bytes.utf8(key), probe.getRef()));
        }

        /** The process dies and comes back; whoever has no answer asks again. */
        void restart() {
            testKit.stop(outbox);
            outbox = testKit.spawn(Outbox.create(account, chain));
            asked.keySet().stream().filter(key -> !answers.containsKey(key)).forEach(this::submit);
        }

        void step() {
            chain.step();
            // An empty key is refused at once: when that answer is here, everything told before has been taken in.
            outbox.tell(new Outbox.Submit("", "test", Bytes.EMPTY, probe.getRef()));
            while (true) {
                Outbox.Answer answer = probe.receiveMessage(PATIENCE);
                if (answer.key().isEmpty()) return;
                Outcome before = answers.put(answer.key(), answer.outcome());
                if (before != null) assertThat(answer.outcome()).isEqualTo(before);
            }
        }
    }
}
