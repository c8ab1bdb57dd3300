package stella.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import stella.gateway.outbox.OutboxChain.CallError;
import stella.gateway.outbox.OutboxChain.Fate;
import stella.gateway.outbox.OutboxChain.Result;
import stella.gateway.outbox.Rulings.Draft;
import stella.gateway.outbox.Submissions.Accepted;
import stella.gateway.outbox.Submissions.Outcome;
import stella.gateway.outbox.Submissions.Prepared;
import stella.gateway.outbox.Submissions.Returned;
import stella.gateway.outbox.Submissions.Sent;
import stella.gateway.outbox.Submissions.Settled;
import stella.gateway.outbox.Submissions.State;
import stella.protocol.Bytes;
import stella.protocol.Hash;

class RulingsTest {
    private static final Hash TRANSACTION = Hash.hex("07".repeat(32));
    private static final CallError ERROR = new CallError("Stella.NoAsk", "publish one");

    private final Rulings rulings = new Rulings(OutboxSettings.standard().withBatches(4, 3));

    @Test
    void fewCallsGoOneByOne() {
        assertThat(sequences(rulings.drafts(waiting(3), 10, _ -> true)))
                .containsExactly(List.of(0L), List.of(1L), List.of(2L));
    }

    @Test
    void manyCallsGoInBatchesInTheirOrder() {
        List<Draft> drafts = rulings.drafts(waiting(8), 10, _ -> true);

        assertThat(sequences(drafts)).containsExactly(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L), List.of(6L, 7L));
        assertThat(drafts).extracting(Draft::nonce).containsExactly(10L, 11L, 12L);
    }

    @Test
    void aCallThatMustGoAloneDoes() {
        State state = waiting(5).apply(new Accepted(5, "alone", "test", Bytes.EMPTY, true));

        assertThat(sequences(rulings.drafts(state, 0, entry -> entry.sequence() != 1)))
                .containsExactly(List.of(0L), List.of(1L), List.of(2L, 3L, 4L), List.of(5L));
    }

    @Test
    void aBatchIsBoundedInBytes() {
        State state = State.EMPTY;
        Bytes big = Bytes.owning(new byte[40 << 10]);
        for (long i = 0; i < 4; i++) state = state.apply(new Accepted(i, "k" + i, "test", big, false));

        assertThat(sequences(rulings.drafts(state, 0, _ -> true)))
                .containsExactly(List.of(0L), List.of(1L), List.of(2L), List.of(3L));
    }

    @Test
    void aNonceThatIsOnItsWayIsLeftOut() {
        State state = waiting(2).apply(new Prepared(List.of(0L), sent(11)));

        assertThat(rulings.drafts(state, 11, _ -> true))
                .extracting(Draft::nonce)
                .containsExactly(12L);
    }

    @Test
    void eachCallOfABatchHasItsOwnOutcome() {
        Result items = new Result.Items(List.of(Optional.empty(), Optional.of(ERROR), Optional.empty()));

        assertThat(rulings.ended(batch(), TRANSACTION, finalized(items)))
                .containsExactly(
                        new Settled(0, new Outcome.Finalized(9, Hash.ZERO, TRANSACTION, 0)),
                        new Settled(1, new Outcome.Failed(ERROR)),
                        new Settled(2, new Outcome.Finalized(9, Hash.ZERO, TRANSACTION, 2)));
    }

    @Test
    void aBatchThatFailsAsAWholeIsTakenApart() {
        assertThat(rulings.ended(batch(), TRANSACTION, finalized(new Result.Failed(ERROR))))
                .containsExactly(new Returned(List.of(0L, 1L, 2L), true));
        assertThat(rulings.ended(batch(), TRANSACTION, new Fate.Refused(ERROR)))
                .containsExactly(new Returned(List.of(0L, 1L, 2L), true));
    }

    @Test
    void whatWasTakenApartIsNotPutTogetherAgain() {
        State state = batch().apply(new Returned(List.of(0L, 1L, 2L), true));
        for (long i = 3; i < 6; i++) state = state.apply(new Accepted(i, "k" + i, "test", Bytes.EMPTY, false));

        assertThat(sequences(rulings.drafts(state, 0, _ -> true)))
                .containsExactly(List.of(0L), List.of(1L), List.of(2L), List.of(3L, 4L, 5L));
    }

    /** A batch that had its effects is never sent again, even when nobody can say which calls failed. */
    @Test
    void aBatchWithoutWordOfItsCallsIsNotSentAgain() {
        for (Result result :
                List.of(new Result.Done(), new Result.Items(List.of(Optional.empty())), new Result.Unknown(ERROR)))
            assertThat(rulings.ended(batch(), TRANSACTION, finalized(result)))
                    .hasSize(3)
                    .allSatisfy(fact -> assertThat(((Settled) fact).outcome()).isInstanceOf(Outcome.Failed.class));
    }

    /** A batch that somebody wrote themselves is one call. */
    @Test
    void aCallThatIsABatchItselfIsDoneWhenItIsIncluded() {
        State state = waiting(1).apply(new Prepared(List.of(0L), sent(3)));
        Result items = new Result.Items(List.of(Optional.of(ERROR), Optional.empty()));

        assertThat(rulings.ended(state, TRANSACTION, finalized(items)))
                .containsExactly(new Settled(0, new Outcome.Finalized(9, Hash.ZERO, TRANSACTION, -1)));
    }

    private static State batch() {
        return waiting(3).apply(new Prepared(List.of(0L, 1L, 2L), sent(3)));
    }

    private static Sent sent(long nonce) {
        return new Sent(nonce, 5, TRANSACTION, Bytes.EMPTY);
    }

    private static Fate finalized(Result result) {
        return new Fate.Finalized(9, Hash.ZERO, TRANSACTION, result);
    }

    private static State waiting(int count) {
        State state = State.EMPTY;
        for (long sequence : LongStream.range(0, count).toArray())
            state = state.apply(new Accepted(sequence, "k" + sequence, "test", Bytes.EMPTY, false));
        return state;
    }

    private static List<List<Long>> sequences(List<Draft> drafts) {
        return drafts.stream().map(Draft::sequences).toList();
    }
}
