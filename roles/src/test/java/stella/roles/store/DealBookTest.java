package stella.roles.store;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.fakes.Samples.account;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.roles.fakes.Samples;

/** PP-7: the chain's copy of the deals, and what must be read anew. */
class DealBookTest {
    private final DealBook book = new DealBook();

    private static Deal deal(long id, DealState state) {
        return Samples.deal(id, id, account(1), state);
    }

    private static DealBook.Reading some(Long... deals) {
        return new DealBook.Reading.Some(List.of(deals));
    }

    private void scanned(Deal... deals) {
        book.learn(book.next().orElseThrow(), List.of(deals));
    }

    private List<Long> certain() {
        return book.certain().stream().map(Deal::id).toList();
    }

    @Test
    void readsEverythingFirst() {
        assertThat(book.next()).contains(new DealBook.Reading.All());
    }

    @Test
    void readsOneThingAtATime() {
        book.next();
        book.changed(1);

        assertThat(book.next()).isEmpty();
    }

    @Test
    void readsEverythingAgainWhenThatFailed() {
        book.forget(book.next().orElseThrow());

        assertThat(book.next()).contains(new DealBook.Reading.All());
    }

    @Test
    void readsWhatChangedDuringTheFirstReading() {
        DealBook.Reading all = book.next().orElseThrow();
        book.changed(1);
        book.learn(all, List.of(deal(1, DealState.ACCEPTED)));

        assertThat(certain()).isEmpty();
        assertThat(book.next()).contains(some(1L));
    }

    @Test
    void readsNothingWhenNothingChanged() {
        scanned(deal(1, DealState.ACCEPTED));

        assertThat(book.next()).isEmpty();
        assertThat(certain()).containsExactly(1L);
    }

    @Test
    void doubtsADealWhileItIsRead() {
        scanned(deal(1, DealState.ACCEPTED), deal(2, DealState.ACCEPTED));
        book.changed(1);
        DealBook.Reading reading = book.next().orElseThrow();

        assertThat(certain()).containsExactly(2L);
        book.learn(reading, List.of(deal(1, DealState.ACTIVE)));
        assertThat(certain()).containsExactly(1L, 2L);
        assertThat(book.deal(1)).map(Deal::state).contains(DealState.ACTIVE);
    }

    @Test
    void forgetsADealThatEnded() {
        scanned(deal(1, DealState.ACCEPTED));
        book.changed(1);

        book.learn(book.next().orElseThrow(), List.of(deal(1, DealState.LAPSED)));

        assertThat(book.deal(1)).isEmpty();
        assertThat(book.next()).isEmpty();
    }

    @Test
    void readsADealAnewWhenItsPeriodEnds() {
        scanned(deal(1, DealState.ACCEPTED));

        book.advance(29);
        assertThat(book.next()).isEmpty();
        book.advance(30);

        assertThat(book.next()).contains(some(1L));
    }

    @Test
    void readsAgainWithTheNextBlockWhatCouldNotBeRead() {
        scanned(deal(1, DealState.ACCEPTED));
        book.changed(1);
        book.forget(book.next().orElseThrow());

        assertThat(book.next()).isEmpty();
        assertThat(certain()).isEmpty();
        book.advance(11);
        assertThat(book.next()).contains(some(1L));
    }

    @Test
    void keepsAskingForADealThatTheChainDoesNotKnowYet() {
        scanned();
        book.watch(List.of(5L));
        book.learn(book.next().orElseThrow(), List.of());

        book.advance(11);

        assertThat(book.next()).contains(some(5L));
    }

    @Test
    void asksNothingAboutAWatchedDealThatItKnows() {
        scanned(deal(5, DealState.ACTIVE));

        book.watch(List.of(5L));

        assertThat(book.next()).isEmpty();
    }

    @Test
    void readsManyDealsInParts() {
        scanned();
        book.watch(LongStream.range(0, 300).boxed().toList());

        DealBook.Reading first = book.next().orElseThrow();
        book.learn(first, List.of());
        Optional<DealBook.Reading> second = book.next();

        assertThat(((DealBook.Reading.Some) first).deals()).hasSize(256);
        assertThat(second).map(r -> ((DealBook.Reading.Some) r).deals().size()).contains(44);
    }
}
