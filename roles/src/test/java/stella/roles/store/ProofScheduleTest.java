package stella.roles.store;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.fakes.Samples.CONSTANTS;
import static stella.roles.fakes.Samples.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.roles.fakes.Samples;

/** PP-2, PP-4, PP-7: periods of 10 blocks with a window of 6; the first proof has 20 blocks. */
class ProofScheduleTest {
    private static Deal accepted() {
        return Samples.deal(1, 2, account(1), DealState.ACCEPTED);
    }

    private static Deal active(long period, boolean proven) {
        Deal d = Samples.deal(1, 2, account(1), DealState.ACTIVE);
        return new Deal(
                d.id(),
                d.request(),
                d.client(),
                d.store(),
                d.content(),
                d.piece(),
                d.price(),
                d.periods(),
                d.tier(),
                d.state(),
                d.acceptedAt(),
                d.activatedAt(),
                period,
                proven,
                0,
                0,
                0,
                d.collateral(),
                d.reserved(),
                12 + (period + 1) * CONSTANTS.provingPeriod());
    }

    private static List<Long> blocksWhenDue(Deal deal) {
        return LongStream.range(0, 100)
                .filter(block -> ProofSchedule.due(deal, block, CONSTANTS).isPresent())
                .boxed()
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return new ArrayList<>(LongStream.rangeClosed(first, last).boxed().toList());
    }

    @Test
    void firstProofIsDueFromTheBlockAfterAcceptanceUntilABlockCanStillTakeIt() {
        // accepted in 10: seed of 11, too late in 30; sent after 28 it lands in 29
        assertThat(blocksWhenDue(accepted())).isEqualTo(range(11, 28));
        assertThat(ProofSchedule.due(accepted(), 11, CONSTANTS)).contains(new ProofSchedule.Due(1, -1, 11, 30));
    }

    @Test
    void proofOfAPeriodIsDueInItsWindowOnly() {
        // active since 12: period 0 ends in 22, its window opens in 16
        assertThat(blocksWhenDue(active(0, false))).isEqualTo(range(16, 20));
        assertThat(ProofSchedule.due(active(0, false), 16, CONSTANTS)).contains(new ProofSchedule.Due(1, 0, 16, 22));
    }

    @Test
    void laterPeriodsFollowTheActivation() {
        assertThat(blocksWhenDue(active(2, false))).isEqualTo(range(36, 40));
    }

    @Test
    void nothingIsDueForAProvenPeriod() {
        assertThat(blocksWhenDue(active(0, true))).isEmpty();
    }

    @Test
    void nothingIsDueWhenAllPeriodsAreOver() {
        assertThat(blocksWhenDue(active(3, false))).isEmpty();
    }

    @Test
    void nothingIsDueForADealThatEnded() {
        for (DealState state : DealState.values())
            if (!state.isLive())
                assertThat(blocksWhenDue(Samples.deal(1, 2, account(1), state)))
                        .as(state.word())
                        .isEmpty();
    }

    @Test
    void isLateWhenMoreThanHalfOfTheWindowHasPassed() {
        ProofSchedule.Due due = new ProofSchedule.Due(1, 0, 16, 22);

        assertThat(due.isLate(16)).isFalse();
        assertThat(due.isLate(19)).isFalse();
        assertThat(due.isLate(20)).isTrue();
    }

    @Test
    void proofsOfDifferentPeriodsAndDealsHaveDifferentKeys() {
        Optional<String> first =
                ProofSchedule.due(active(0, false), 16, CONSTANTS).map(ProofSchedule.Due::key);
        Optional<String> second =
                ProofSchedule.due(active(1, false), 26, CONSTANTS).map(ProofSchedule.Due::key);

        assertThat(first).contains("proof/1/0/16");
        assertThat(second).contains("proof/1/1/26");
    }

    @Test
    void copyIsStaleFromTheDeadlineOfALiveDeal() {
        assertThat(ProofSchedule.staleFrom(accepted())).isEqualTo(30);
        assertThat(ProofSchedule.staleFrom(active(1, false))).isEqualTo(32);
        assertThat(ProofSchedule.staleFrom(Samples.deal(1, 2, account(1), DealState.COMPLETED)))
                .isEqualTo(Long.MAX_VALUE);
    }
}
