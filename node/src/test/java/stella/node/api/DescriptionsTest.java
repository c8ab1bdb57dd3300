package stella.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import stella.node.api.document.DealView;
import stella.node.api.document.RequestView;
import stella.protocol.deal.DealState;
import stella.protocol.deal.RequestState;

class DescriptionsTest {
    private final Descriptions descriptions =
            new Descriptions(new Names(new FakeNetwork(Path.of("unused")).info()), MemoryLedger.CONSTANTS);

    @Test
    void namesOwnerDeadlineAndNextStepOfAFreshDeal() {
        DealView view = descriptions.deal(TestDeals.accepted(4));

        assertThat(view.owner()).isEqualTo("store");
        assertThat(view.deadline()).isEqualTo(70);
        assertThat(view.nextStep())
                .isEqualTo(
                        "store-1 proves possession for the first time before block 70, or the deal lapses and the credits return");
    }

    @Test
    void namesTheWindowOfTheNextProof() {
        DealView view = descriptions.deal(TestDeals.active(4, 2, false, 2, 0));

        assertThat(view.nextStep()).isEqualTo("store-1 proves period 3 of 10 in blocks 90 to 101, or loses collateral");
        assertThat(view.deadline()).isEqualTo(101);
    }

    @Test
    void leavesAProvenPeriodToTheChain() {
        DealView view = descriptions.deal(TestDeals.active(4, 2, true, 3, 0));

        assertThat(view.owner()).isEqualTo("chain");
        assertThat(view.nextStep()).isEqualTo("period 3 of 10 is proven; it ends in block 102");
    }

    @Test
    void countsTheFirstProofToo() {
        assertThat(descriptions.deal(TestDeals.accepted(4)).proofs()).isZero();
        assertThat(descriptions.deal(TestDeals.active(4, 2, true, 3, 0)).proofs())
                .isEqualTo(4);
    }

    @Test
    void tellsWhatFaultsCost() {
        assertThat(descriptions.deal(TestDeals.active(4, 2, false, 0, 2)).slashed())
                .isEqualTo(2_000);
        assertThat(descriptions.deal(TestDeals.over(4, DealState.COMPLETED)).slashed())
                .isZero();
        assertThat(descriptions.deal(TestDeals.over(4, DealState.LAPSED)).slashed())
                .isEqualTo(1_000);
        assertThat(descriptions.deal(TestDeals.over(4, DealState.TERMINATED)).slashed())
                .isEqualTo(10_000);
    }

    @Test
    void leavesNothingToDoWhenADealIsOver() {
        for (DealState state : DealState.values()) {
            if (state.isLive()) continue;
            DealView view = descriptions.deal(TestDeals.over(4, state));

            assertThat(view.owner()).isEqualTo("nobody");
            assertThat(view.deadline()).isNull();
            assertThat(view.nextStep()).startsWith("nothing: ");
        }
    }

    @Test
    void saysHowManyStoresAnOpenRequestWaitsFor() {
        RequestView view = descriptions.request(TestDeals.request(3, RequestState.OPEN, 1, 1));

        assertThat(view.nextStep()).isEqualTo("1 more Store may take it until block 125, then the open part expires");
        assertThat(view.deadline()).isEqualTo(125);
        assertThat(view.clientName()).isEqualTo("alice");
    }
}
