package stella.roles.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import stella.roles.store.ProofWork.Concern;

/** PP-7: when a due proof is tried again. */
class ProofWorkTest {
    private final ProofWork work = new ProofWork(new ProofSchedule.Due(1, 0, 16, 22));

    @Test
    void isReadyAtOnce() {
        assertThat(work.ready(0)).isTrue();
    }

    @Test
    void isNotReadyWhileBusy() {
        work.begin();

        assertThat(work.ready(1000)).isFalse();
    }

    @Test
    void isNotReadyBeforeTheBlockThatItWaitsFor() {
        work.begin();

        work.rest(18);

        assertThat(work.ready(17)).isFalse();
        assertThat(work.ready(18)).isTrue();
    }

    @Test
    void countsAttempts() {
        assertThat(work.submit()).isEqualTo(1);
        assertThat(work.submit()).isEqualTo(2);
        assertThat(work.attempts()).isEqualTo(2);
    }

    @Test
    void pausesTwiceAsLongAfterEachAttempt() {
        work.submit();
        assertThat(work.pause()).isEqualTo(1);
        work.submit();
        assertThat(work.pause()).isEqualTo(2);
        work.submit();
        assertThat(work.pause()).isEqualTo(4);
        for (int i = 0; i < 100; i++) work.submit();
        assertThat(work.pause()).isEqualTo(1 << 16);
    }

    @Test
    void raisesEachConcernOnce() {
        assertThat(work.concerns(Concern.LATE)).isTrue();
        assertThat(work.concerns(Concern.LATE)).isFalse();
        assertThat(work.concerns(Concern.MISSING)).isTrue();
    }
}
