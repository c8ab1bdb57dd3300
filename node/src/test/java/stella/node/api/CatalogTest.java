package stella.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import stella.protocol.Hash;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;

class CatalogTest {
    private final MemoryLedger ledger = new MemoryLedger();
    private final Catalog<Deal> deals =
            new Catalog<>(ledger::deal, deal -> !deal.state().isLive());

    @Test
    void isEmptyWhenTheChainHasNone() {
        Catalog.Page<Deal> page = deals.page(Long.MAX_VALUE, 10, Hash.ZERO);

        assertThat(page.entries()).isEmpty();
        assertThat(page.next()).isNull();
    }

    @Test
    void findsTheNewestAmongMany() {
        has(1_000, DealState.COMPLETED);

        Catalog.Page<Deal> page = deals.page(Long.MAX_VALUE, 2, Hash.ZERO);

        assertThat(page.entries()).extracting(Deal::id).containsExactly(999L, 998L);
        assertThat(ledger.dealReads).isLessThan(30);
    }

    @Test
    void readsAgainOnlyWhatMayHaveChanged() {
        has(10, DealState.COMPLETED);
        ledger.deals.put(10L, TestDeals.accepted(10));
        deals.page(Long.MAX_VALUE, 100, Hash.ZERO);
        ledger.dealReads = 0;

        Catalog.Page<Deal> page = deals.page(Long.MAX_VALUE, 100, Hash.ZERO);

        assertThat(page.entries()).hasSize(11);
        // the one that lives, and the one after the last that may have come
        assertThat(ledger.dealReads).isLessThanOrEqualTo(3);
    }

    @Test
    void seesWhatWasAdded() {
        has(3, DealState.COMPLETED);
        deals.page(Long.MAX_VALUE, 10, Hash.ZERO);

        ledger.deals.put(3L, TestDeals.accepted(3));

        assertThat(deals.page(Long.MAX_VALUE, 1, Hash.ZERO).entries())
                .extracting(Deal::id)
                .containsExactly(3L);
        assertThat(deals.find(3, Hash.ZERO)).isEqualTo(Optional.of(TestDeals.accepted(3)));
    }

    private void has(int count, DealState state) {
        for (long id = 0; id < count; id++) ledger.deals.put(id, TestDeals.over(id, state));
    }
}
