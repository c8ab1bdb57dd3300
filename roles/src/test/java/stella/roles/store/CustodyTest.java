package stella.roles.store;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.fakes.Samples.CONTENT;
import static stella.roles.fakes.Samples.PIECE;
import static stella.roles.fakes.Samples.PRICE;
import static stella.roles.fakes.Samples.SOURCE;
import static stella.roles.fakes.Samples.account;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.chain.Event;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.deal.Decline;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Piece;
import stella.roles.Ledger.Submission;
import stella.roles.Vault.Intake;
import stella.roles.fakes.Samples;
import stella.roles.store.Custody.Decision;
import stella.roles.store.Custody.State;
import stella.roles.store.Engagement.Stage;

/** DL-3, DL-4, CT-4: every step of an engagement and every way out of it. */
class CustodyTest {
    private static final AccountId SELF = account(1);
    private static final Piece OTHER = Commitment.of(Samples.data(5, 700));
    private static final long REQUEST = 7;
    private static final long DEAL = 70;

    private static Custody.Admitted admitted(long request, long block, Piece piece) {
        return new Custody.Admitted(request, block, piece, CONTENT, SOURCE, PRICE);
    }

    private static State state(Custody.Fact... facts) {
        State state = State.EMPTY;
        for (Custody.Fact fact : facts) state = state.apply(fact);
        return state;
    }

    private static State pulling() {
        return state(admitted(REQUEST, 10, PIECE));
    }

    private static State accepting() {
        return pulling().apply(new Custody.Kept(REQUEST));
    }

    private static State held() {
        return accepting().apply(new Custody.Opened(REQUEST, DEAL));
    }

    private static Engagement of(State state, long request) {
        return state.engagements()
                .getOrDefault(request, admitted(request, 10, PIECE).engagement());
    }

    private static Engagement of(State state) {
        return of(state, REQUEST);
    }

    private static State after(State state, Decision decision) {
        State now = state;
        for (Custody.Fact fact : decision.facts()) now = now.apply(fact);
        return now;
    }

    private static Deal deal(long id, long request, DealState state) {
        return Samples.deal(id, request, SELF, state);
    }

    private static Submission opened(long deal, long request) {
        List<Event> events = new ArrayList<>();
        events.add(new Event.RequestFilled(request));
        events.add(new Event.DealAccepted(deal, request, SELF, account(9), BigInteger.TEN));
        return new Submission.Finalized(12, Samples.hash(12), events);
    }

    private static Decline declined(Decision decision) {
        return decision.effects().stream()
                .filter(Custody.TellDeclined.class::isInstance)
                .map(effect -> ((Custody.TellDeclined) effect).reason())
                .findFirst()
                .orElseThrow();
    }

    // --- admission and pull -----------------------------------------------------------------------------------------

    @Test
    void admittedOfferIsWrittenDownAndPulled() {
        Decision decision = Custody.admit(admitted(REQUEST, 10, PIECE));

        assertThat(decision.facts()).containsExactly(admitted(REQUEST, 10, PIECE));
        assertThat(decision.effects()).containsExactly(new Custody.Pull(of(pulling())));
    }

    @Test
    void keptPieceIsAccepted() {
        Decision decision = Custody.pulled(pulling(), of(pulling()), new Intake.Kept(3000), true);

        assertThat(decision.facts()).containsExactly(new Custody.Kept(REQUEST));
        assertThat(decision.effects()).containsExactly(new Custody.Accept(of(accepting())));
    }

    @Test
    void failedPullEndsTheEngagementAndKeepsNothing() {
        for (Intake outcome : List.of(
                new Intake.SourceUnreachable(3, "timeout"),
                new Intake.CommitmentMismatch("a", "b"),
                new Intake.NoSpace(9, 8))) {
            Decision decision = Custody.pulled(pulling(), of(pulling()), outcome, true);

            assertThat(after(pulling(), decision).engagements())
                    .as(outcome.toString())
                    .isEmpty();
            assertThat(decision.effects()).hasSize(2).last().isEqualTo(new Custody.Discard(PIECE));
        }
    }

    @Test
    void reasonForDecliningCarriesWhatThePullFound() {
        State state = pulling();
        assertThat(declined(Custody.pulled(state, of(state), new Intake.SourceUnreachable(3, "timeout"), true)))
                .isEqualTo(new Decline.SourceUnreachable(3, "timeout"));
        assertThat(declined(Custody.pulled(state, of(state), new Intake.CommitmentMismatch("a", "b"), true)))
                .isEqualTo(new Decline.CommitmentMismatch("a", "b"));
        assertThat(declined(Custody.pulled(state, of(state), new Intake.NoSpace(9, 8), true)))
                .isEqualTo(new Decline.NoSpace(9, 8));
    }

    @Test
    void failingDiskIsTriedAgainAndTold() {
        Decision decision = Custody.pulled(pulling(), of(pulling()), new Intake.DiskFailed("io"), false);

        assertThat(decision.facts()).isEmpty();
        assertThat(decision.effects()).hasSize(2).first().isEqualTo(new Custody.Retry(of(pulling())));
        assertThat(decision.effects().getLast()).isInstanceOf(Custody.Alarm.class);
    }

    @Test
    void diskThatKeepsFailingEndsTheEngagement() {
        Decision decision = Custody.pulled(pulling(), of(pulling()), new Intake.DiskFailed("io"), true);

        assertThat(declined(decision)).isInstanceOf(Decline.ShuttingDown.class);
        assertThat(after(pulling(), decision).engagements()).isEmpty();
    }

    @Test
    void outcomeOfAPullThatIsNotWaitedForChangesNothing() {
        assertThat(Custody.pulled(accepting(), of(accepting()), new Intake.Kept(1), true))
                .isEqualTo(Decision.NOTHING);
        assertThat(Custody.pulled(held(), of(held()), new Intake.NoSpace(1, 0), true))
                .isEqualTo(Decision.NOTHING);
        assertThat(Custody.pulled(State.EMPTY, of(pulling()), new Intake.NoSpace(1, 0), true))
                .isEqualTo(Decision.NOTHING);
    }

    @Test
    void outcomeOfAnEarlierTryForTheSameRequestChangesNothing() {
        State second = state(admitted(REQUEST, 20, PIECE));

        assertThat(Custody.pulled(second, of(pulling()), new Intake.NoSpace(1, 0), true))
                .isEqualTo(Decision.NOTHING);
    }

    @Test
    void bytesThatNobodyWaitsForAreDiscarded() {
        assertThat(Custody.pulled(State.EMPTY, of(pulling()), new Intake.Kept(1), true)
                        .effects())
                .containsExactly(new Custody.Discard(PIECE));
    }

    // --- acceptance -------------------------------------------------------------------------------------------------

    @Test
    void openedDealIsHeldToldAndLookedUp() {
        Decision decision = Custody.accepted(accepting(), of(accepting()), opened(DEAL, REQUEST));

        assertThat(decision.facts()).containsExactly(new Custody.Opened(REQUEST, DEAL));
        assertThat(decision.effects())
                .containsExactly(new Custody.TellTaken(REQUEST, DEAL, PRICE), new Custody.Watch(List.of(DEAL)));
        assertThat(of(after(accepting(), decision)).deal()).hasValue(DEAL);
    }

    @Test
    void acceptanceWithoutADealEndsTheEngagement() {
        Decision decision = Custody.accepted(accepting(), of(accepting()), opened(DEAL, REQUEST + 1));

        assertThat(declined(decision)).isInstanceOf(Decline.Duplicate.class);
        assertThat(after(accepting(), decision).engagements()).isEmpty();
    }

    @Test
    void refusedAcceptanceSaysWhyByTheClosedSetOfReasons() {
        for (String error : List.of("NoSuchRequest", "RequestNotOpen", "AlreadyReplica"))
            assertThat(refusal(error)).as(error).isInstanceOf(Decline.Duplicate.class);
        for (String error : List.of("Suspended", "Disqualified"))
            assertThat(refusal(error)).as(error).isInstanceOf(Decline.Suspended.class);
        assertThat(refusal("FundsUnavailable"))
                .isInstanceOfSatisfying(
                        Decline.ShuttingDown.class,
                        reason -> assertThat(reason.detail())
                                .contains("FundsUnavailable")
                                .contains("why"));
    }

    private static Decline refusal(String error) {
        Decision decision = Custody.accepted(accepting(), of(accepting()), new Submission.Failed(error, "why"));
        assertThat(decision.effects()).contains(new Custody.Discard(PIECE));
        return declined(decision);
    }

    @Test
    void expiredAcceptanceEndsTheEngagement() {
        Decision decision = Custody.accepted(accepting(), of(accepting()), new Submission.Expired());

        assertThat(declined(decision)).isInstanceOf(Decline.ShuttingDown.class);
        assertThat(decision.facts()).hasSize(1).first().isInstanceOf(Custody.Released.class);
    }

    @Test
    void acceptanceThatIsNotWaitedForChangesNothing() {
        assertThat(Custody.accepted(pulling(), of(pulling()), opened(DEAL, REQUEST)))
                .isEqualTo(Decision.NOTHING);
        assertThat(Custody.accepted(held(), of(held()), new Submission.Expired()))
                .isEqualTo(Decision.NOTHING);
        assertThat(Custody.accepted(State.EMPTY, of(held()), new Submission.Expired()))
                .isEqualTo(Decision.NOTHING);
    }

    // --- what the chain shows ---------------------------------------------------------------------------------------

    @Test
    void dealThatEndedIsReleasedAndItsPieceDiscarded() {
        for (DealState ended : DealState.values()) {
            if (ended.isLive()) continue;
            Decision decision = Custody.seen(held(), List.of(deal(DEAL, REQUEST, ended)), false);

            assertThat(decision.facts()).containsExactly(new Custody.Released(REQUEST, ended.word()));
            assertThat(decision.effects()).containsExactly(new Custody.Discard(PIECE));
        }
    }

    @Test
    void pieceThatAnotherEngagementNeedsStays() {
        State both = held().apply(admitted(8, 11, PIECE));

        Decision decision = Custody.seen(both, List.of(deal(DEAL, REQUEST, DealState.LAPSED)), false);

        assertThat(decision.effects()).isEmpty();
    }

    @Test
    void pieceGoesWithTheLastDealThatNeedsIt() {
        State both =
                held().apply(admitted(8, 11, PIECE)).apply(new Custody.Kept(8)).apply(new Custody.Opened(8, 80));

        Decision decision = Custody.seen(
                both, List.of(deal(DEAL, REQUEST, DealState.LAPSED), deal(80, 8, DealState.COMPLETED)), false);

        assertThat(decision.facts()).hasSize(2);
        assertThat(decision.effects()).containsExactly(new Custody.Discard(PIECE));
    }

    @Test
    void liveDealThatIsKnownChangesNothing() {
        assertThat(Custody.seen(held(), List.of(deal(DEAL, REQUEST, DealState.ACTIVE)), true))
                .isEqualTo(Decision.NOTHING);
    }

    @Test
    void endOfAnotherDealForTheRequestChangesNothing() {
        assertThat(Custody.seen(held(), List.of(deal(DEAL - 1, REQUEST, DealState.LAPSED)), false))
                .isEqualTo(Decision.NOTHING);
        assertThat(Custody.seen(accepting(), List.of(deal(DEAL, REQUEST, DealState.LAPSED)), false))
                .isEqualTo(Decision.NOTHING);
        assertThat(Custody.seen(State.EMPTY, List.of(deal(DEAL, REQUEST, DealState.LAPSED)), false))
                .isEqualTo(Decision.NOTHING);
    }

    @Test
    void liveDealIsBelievedBeforeTheSubmissionEnds() {
        Decision decision = Custody.seen(accepting(), List.of(deal(DEAL, REQUEST, DealState.ACCEPTED)), false);

        assertThat(decision.facts()).containsExactly(new Custody.Opened(REQUEST, DEAL));
        assertThat(decision.effects()).containsExactly(new Custody.TellTaken(REQUEST, DEAL, PRICE));
        State now = after(accepting(), decision);
        assertThat(Custody.accepted(now, of(accepting()), opened(DEAL, REQUEST)))
                .isEqualTo(Decision.NOTHING);
    }

    @Test
    void liveDealMissingInTheBooksIsHeld() {
        Decision decision = Custody.seen(State.EMPTY, List.of(deal(DEAL, REQUEST, DealState.ACTIVE)), true);

        Engagement engagement = of(after(State.EMPTY, decision));
        assertThat(engagement.stage()).isEqualTo(Stage.HELD);
        assertThat(engagement.deal()).hasValue(DEAL);
        assertThat(engagement.piece()).isEqualTo(PIECE);
        assertThat(decision.effects()).isEmpty();
    }

    @Test
    void heldDealsThatNoLongerLiveAreLookedUp() {
        Decision decision = Custody.seen(held(), List.of(), true);

        assertThat(decision.facts()).isEmpty();
        assertThat(decision.effects()).containsExactly(new Custody.Watch(List.of(DEAL)));
        assertThat(Custody.seen(held(), List.of(), false)).isEqualTo(Decision.NOTHING);
        assertThat(Custody.seen(accepting(), List.of(), true)).isEqualTo(Decision.NOTHING);
    }

    @Test
    void leftoversOnTheDiskAreDiscarded() {
        assertThat(Custody.swept(held(), List.of(PIECE, OTHER)).effects()).containsExactly(new Custody.Discard(OTHER));
        assertThat(Custody.swept(pulling(), List.of(PIECE)).effects()).isEmpty();
    }

    // --- restart and sums -------------------------------------------------------------------------------------------

    @Test
    void restartTakesUpEveryStage() {
        assertThat(Custody.resume(pulling())).containsExactly(new Custody.Pull(of(pulling())));
        assertThat(Custody.resume(accepting())).containsExactly(new Custody.Accept(of(accepting())));
        assertThat(Custody.resume(held())).isEmpty();
    }

    @Test
    void sameTryHasTheSameKeyAndANewTryAnother() {
        assertThat(of(accepting()).acceptKey()).isEqualTo(of(pulling()).acceptKey());
        assertThat(of(state(admitted(REQUEST, 20, PIECE))).acceptKey())
                .isNotEqualTo(of(pulling()).acceptKey());
    }

    @Test
    void stateIsNotChangedByWhatFollowsFromIt() {
        State before = pulling();

        before.apply(new Custody.Released(REQUEST, "test"));

        assertThat(before).isEqualTo(pulling());
    }

    @Test
    void sumsWhatIsOnItsWay() {
        State both = pulling()
                .apply(admitted(8, 11, OTHER))
                .apply(new Custody.Kept(8))
                .apply(admitted(9, 11, PIECE));

        assertThat(both.pulling()).isEqualTo(2);
        assertThat(both.pullingBytes()).isEqualTo(PIECE.paddedSize()); // one copy, however many want it
        assertThat(both.unacceptedBytes()).isEqualTo(2 * PIECE.paddedSize() + OTHER.paddedSize());
        assertThat(held().unacceptedBytes()).isZero();
    }

    @Test
    void factsAboutAnUnknownRequestChangeNothing() {
        assertThat(state(new Custody.Kept(1), new Custody.Opened(1, 2), new Custody.Released(1, "x")))
                .isEqualTo(State.EMPTY);
    }
}
