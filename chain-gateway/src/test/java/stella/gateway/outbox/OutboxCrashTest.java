package stella.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stella.gateway.outbox.Submissions.Outcome;

/**
 * The process dies at every moment there is, one after the other: after each event that is written down, after each request that
 * the chain has carried out, and after each answer. The same calls are brought to the chain each time, with blocks that are
 * abandoned on the way.
 */
class OutboxCrashTest {
    private static final OutboxSettings SETTINGS =
            OutboxSettings.standard().withBatches(3, 4).withTips(BigInteger.ONE, BigInteger.valueOf(4));
    private static final List<String> CALLS = List.of("call/0", "call/1", "fail/2", "call/3", "refuse/4", "call/5");

    @ParameterizedTest(name = "dies at moment {0}")
    @MethodSource("moments")
    void everyCallHasOneEffectWhereverTheProcessDies(int moment) {
        try (OutboxRun run = play(moment)) {
            run.check("killed at moment " + moment);
            assertThat(run.answers.get("call/0")).isInstanceOf(Outcome.Finalized.class);
            assertThat(run.answers.get("fail/2")).isInstanceOf(Outcome.Failed.class);
            assertThat(run.answers.get("refuse/4")).isInstanceOf(Outcome.Failed.class);
        }
    }

    static Stream<Integer> moments() {
        try (OutboxRun undisturbed = play(Integer.MAX_VALUE)) {
            return IntStream.rangeClosed(1, undisturbed.moment()).boxed().toList().stream();
        }
    }

    private static OutboxRun play(int moment) {
        OutboxRun run = new OutboxRun(1, SETTINGS);
        boolean[] died = {false};
        run.submit(CALLS.getFirst());
        settle(run, moment, died);
        CALLS.subList(1, CALLS.size()).forEach(run::submit);
        settle(run, moment, died);
        for (int block = 0; block < 8; block++) {
            run.chain.block(true);
            settle(run, moment, died);
            if (block == 1 || block == 4) run.chain.abandon(2);
        }
        run.finish(200);
        return run;
    }

    private static void settle(OutboxRun run, int moment, boolean[] died) {
        while (run.step()) {
            if (!died[0] && run.moment() >= moment) {
                died[0] = true;
                run.die();
            }
        }
    }
}
