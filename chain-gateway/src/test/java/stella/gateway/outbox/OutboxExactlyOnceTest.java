package stella.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults first, then a healthy chain: every call is answered, and has had as many effects as its answer says. */
class OutboxExactlyOnceTest {
    private static final int CALLS = 40;
    private static final int FAULTY_STEPS = 300;
    private static final int HEALTHY_STEPS_MAX = 3000;
    private static final OutboxSettings SETTINGS =
            OutboxSettings.standard().withBatches(3, 5).withTips(BigInteger.ONE, BigInteger.valueOf(64));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void everyCallHasTheEffectsThatItsAnswerSays(long seed) {
        try (OutboxRun run = faulty(seed)) {
            run.check("seed " + seed);
            assertThat(run.answers).hasSize(CALLS);
        }
    }

    @Test
    void theFaultsHappened() {
        int abandoned = 0;
        int batches = 0;
        int outbid = 0;
        for (long seed = 1; seed <= 4; seed++) {
            try (OutboxRun run = faulty(seed)) {
                abandoned += run.chain.abandoned;
                batches += run.chain.batches;
                outbid += run.chain.outbid;
            }
        }
        assertThat(abandoned).isGreaterThan(50);
        assertThat(batches).isGreaterThan(5);
        assertThat(outbid).isGreaterThan(5);
    }

    @Test
    void theSameSeedGoesTheSameWay() {
        try (OutboxRun first = faulty(7);
                OutboxRun second = faulty(7)) {
            assertThat(second.written()).isEqualTo(first.written());
            assertThat(second.answers).isEqualTo(first.answers);
        }
    }

    private static OutboxRun faulty(long seed) {
        Random random = new Random(seed);
        OutboxRun run = new OutboxRun(seed + 1000, SETTINGS);
        run.chain.faulty(true);
        int asked = 0;
        for (int step = 0; step < FAULTY_STEPS; step++) {
            while (asked < CALLS && random.nextInt(6) == 0) {
                run.submit((random.nextInt(6) == 0 ? "fail/" : random.nextInt(12) == 0 ? "refuse/" : "call/") + asked);
                asked++;
            }
            int handled = random.nextInt(60);
            for (int i = 0; i < handled && run.step(); i++) {}
            if (random.nextInt(25) == 0) run.restart();
            if (random.nextInt(100) == 0) run.die();
            if (random.nextInt(3) > 0) run.settle();
            run.chain.step();
        }
        while (asked < CALLS) run.submit("call/" + asked++);
        run.chain.faulty(false);
        run.die();
        run.finish(HEALTHY_STEPS_MAX);
        return run;
    }
}
