package stella.roles.store;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.fakes.Samples.PIECE;
import static stella.roles.fakes.Samples.PRICE;
import static stella.roles.fakes.Samples.account;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Decline;
import stella.protocol.deal.Request;
import stella.protocol.deal.RequestState;
import stella.protocol.deal.StorageRequest;
import stella.protocol.deal.Tier;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.Standing;
import stella.roles.fakes.Samples;

/** AS-1, DL-3: what is taken, and each reason why not. */
class DealDeskTest {
    private static final long BLOCK = 50;
    private static final long SIZE = PIECE.paddedSize();
    private static final DealDesk.Space PLENTY = new DealDesk.Space(1L << 40, 0);

    private Optional<Request> request = Optional.of(request(Samples.terms(2, 3), RequestState.OPEN, 2, 100));
    private Optional<RoleEntry> role = Optional.of(Samples.store(account(1)));
    private Optional<Ask> ask = Optional.of(Samples.ask());
    private Standing standing = Standing.PROBATION;
    private DealDesk.Space space = PLENTY;

    private static Request request(StorageRequest terms, RequestState state, int open, long expiresAt) {
        return new Request(7, account(9), terms, state, open, 0, BigInteger.ZERO, 10, expiresAt);
    }

    private DealDesk.Ruling ruling() {
        return DealDesk.judge(7, new DealDesk.Facts(request, role, ask, standing, BLOCK), space);
    }

    private Decline refused() {
        return ((DealDesk.Ruling.Refuse) ruling()).reason();
    }

    private void asks(long sizeMin, long sizeMax, long periodsMax, long capacity, Tier tier, long expiresAt) {
        ask = Optional.of(new Ask(PRICE, sizeMin, sizeMax, periodsMax, capacity, tier, expiresAt));
    }

    @Test
    void takesAtItsOwnAsk() {
        StorageRequest terms = Samples.terms(1, 3);
        request = Optional.of(request(
                new StorageRequest(
                        terms.content(), PIECE, 1, 3, PRICE.multiply(BigInteger.TEN), Tier.HOT, terms.source()),
                RequestState.OPEN,
                1,
                100));

        assertThat(ruling()).isEqualTo(new DealDesk.Ruling.Take(PRICE));
    }

    @Test
    void takesWhatJustFits() {
        asks(SIZE, SIZE, 3, SIZE, Tier.HOT, BLOCK + 1);
        space = new DealDesk.Space(SIZE, 0);

        assertThat(ruling()).isEqualTo(new DealDesk.Ruling.Take(PRICE));
    }

    @Test
    void refusesARequestThatIsNotOnChain() {
        request = Optional.empty();

        assertThat(refused()).isInstanceOf(Decline.ClientWithoutCredits.class);
    }

    @Test
    void refusesARequestWithoutOpenReplicas() {
        request = Optional.of(request(Samples.terms(2, 3), RequestState.OPEN, 0, 100));
        assertThat(refused()).isInstanceOf(Decline.Duplicate.class);

        for (RequestState state : RequestState.values()) {
            if (state == RequestState.OPEN) continue;
            request = Optional.of(request(Samples.terms(2, 3), state, 1, 100));
            assertThat(refused()).as(state.name()).isInstanceOf(Decline.Duplicate.class);
        }
    }

    @Test
    void refusesARequestThatExpiresNow() {
        request = Optional.of(request(Samples.terms(2, 3), RequestState.OPEN, 2, BLOCK));

        assertThat(refused()).isInstanceOf(Decline.Duplicate.class);
    }

    @Test
    void refusesEverythingWhileSuspended() {
        standing = Standing.SUSPENDED;
        assertThat(refused()).isInstanceOf(Decline.Suspended.class);

        standing = Standing.DISQUALIFIED;
        assertThat(refused()).isInstanceOf(Decline.Suspended.class);
    }

    @Test
    void refusesWhenItIsLeavingOrNotRegistered() {
        role = Optional.empty();
        assertThat(refused()).isInstanceOf(Decline.ShuttingDown.class);

        RoleEntry entry = Samples.store(account(1));
        role = Optional.of(new RoleEntry(
                entry.role(),
                entry.account(),
                entry.bond(),
                entry.endpoint(),
                entry.operator(),
                0,
                Optional.of(40L),
                0));
        assertThat(refused()).isInstanceOf(Decline.ShuttingDown.class);
    }

    @Test
    void refusesWithoutAnAskThatCounts() {
        ask = Optional.empty();
        assertThat(refused()).isInstanceOf(Decline.ShuttingDown.class);

        asks(128, 1 << 20, 100, 1 << 20, Tier.HOT, BLOCK);
        assertThat(refused()).isInstanceOf(Decline.ShuttingDown.class);
    }

    @Test
    void refusesPiecesOutsideItsSizes() {
        asks(SIZE + 1, SIZE * 2, 100, 1 << 20, Tier.HOT, 1000);
        assertThat(refused()).isEqualTo(new Decline.PieceTooLarge(SIZE, SIZE + 1, SIZE * 2));

        asks(1, SIZE - 1, 100, 1 << 20, Tier.HOT, 1000);
        assertThat(refused()).isEqualTo(new Decline.PieceTooLarge(SIZE, 1, SIZE - 1));
    }

    @Test
    void refusesAnotherTier() {
        asks(1, 1 << 20, 100, 1 << 20, Tier.FILECOIN, 1000);

        assertThat(refused()).isInstanceOf(Decline.ShuttingDown.class);
    }

    @Test
    void refusesLongerThanItTakes() {
        asks(1, 1 << 20, 2, 1 << 20, Tier.HOT, 1000);

        assertThat(refused()).isInstanceOf(Decline.ShuttingDown.class);
    }

    @Test
    void refusesBelowItsPrice() {
        ask = Optional.of(Samples.ask(PRICE.add(BigInteger.ONE), 1 << 20));

        assertThat(refused()).isEqualTo(new Decline.PriceTooLow(PRICE, PRICE.add(BigInteger.ONE)));
    }

    @Test
    void refusesBeyondItsCapacityOnChain() {
        asks(1, 1 << 20, 100, SIZE - 1, Tier.HOT, 1000);

        assertThat(refused()).isEqualTo(new Decline.NoSpace(SIZE, SIZE - 1));
    }

    @Test
    void refusesBeyondItsDisk() {
        space = new DealDesk.Space(SIZE - 1, 0);

        assertThat(refused()).isEqualTo(new Decline.NoSpace(SIZE, SIZE - 1));
    }

    @Test
    void countsWhatTheChainDoesNotKnowYetAgainstItsCapacity() {
        asks(1, 1 << 20, 100, 2 * SIZE, Tier.HOT, 1000);
        space = new DealDesk.Space(1 << 20, SIZE + 1);

        assertThat(refused()).isEqualTo(new Decline.NoSpace(SIZE, SIZE - 1));
    }

    @Test
    void neverSpeaksOfLessThanNoSpace() {
        space = new DealDesk.Space(-5, 0);

        assertThat(refused()).isEqualTo(new Decline.NoSpace(SIZE, 0));
    }

    // --- before an offer is weighed ---------------------------------------------------------------------------------

    private static final StoreSettings SETTINGS = new StoreSettings(2, 10, 3, Duration.ZERO);

    private static Optional<Decline> obstacle(String source, boolean connected, long pulls, long engagements) {
        return DealDesk.obstacle(source, connected, new DealDesk.Engaged(pulls, engagements), SETTINGS);
    }

    @Test
    void weighsAnOfferWithinItsBounds() {
        assertThat(obstacle("", true, 1, 9)).isEmpty();
        assertThat(obstacle("u".repeat(128), true, 0, 0)).isEmpty();
    }

    @Test
    void weighsNothingBeforeItHasSeenTheChain() {
        assertThat(obstacle("", false, 0, 0)).containsInstanceOf(Decline.ShuttingDown.class);
    }

    @Test
    void weighsNothingWithALongSource() {
        assertThat(obstacle("ü".repeat(65), true, 0, 0)).containsInstanceOf(Decline.SourceUnreachable.class);
    }

    @Test
    void weighsNothingBeyondItsPullsAndEngagements() {
        assertThat(obstacle("", true, 2, 2)).containsInstanceOf(Decline.ShuttingDown.class);
        assertThat(obstacle("", true, 0, 10)).containsInstanceOf(Decline.ShuttingDown.class);
    }
}
