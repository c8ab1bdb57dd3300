package stella.roles.client;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.fakes.Samples.PRICE;
import static stella.roles.fakes.Samples.account;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.chain.Call;
import stella.protocol.chain.Event;
import stella.protocol.deal.DealState;
import stella.protocol.deal.Pricing;
import stella.protocol.deal.RequestState;
import stella.protocol.deal.StorageRequest;
import stella.protocol.role.Standing;
import stella.roles.Ledger.Submission;
import stella.roles.fakes.FakeChain;
import stella.roles.fakes.FakeStore;
import stella.roles.fakes.Kits;
import stella.roles.fakes.Samples;
import stella.roles.fakes.SeededChance;
import stella.roles.store.Store;

/** A client's request from quote to proven replicas, and every way in which it fails (DL-1 to DL-4). */
class PlacementBehaviorTest {
    private static final ActorTestKit KIT = Kits.timeless();
    private static final ManualTime TIME = ManualTime.get(KIT.system());
    private static final AccountId CLIENT = account(0xc1);

    private final FakeChain chain = new FakeChain();
    private final List<FakeStore> stores = new ArrayList<>();
    private final TestProbe<Placement.Progress> heard = KIT.createTestProbe(Placement.Progress.class);
    private StorageRequest terms = Samples.terms(1, 2);

    private ActorRef<Placement.Command> placement = KIT.system().deadLetters().unsafeUpcast();

    @BeforeEach
    void rich() {
        chain.credits(CLIENT, Long.MAX_VALUE);
    }

    @AfterEach
    void stop() {
        KIT.stop(placement);
        stores.forEach(store -> KIT.stop(store.ref()));
        assertThat(chain.followers()).isZero();
    }

    @AfterAll
    static void shutdown() {
        KIT.shutdownTestKit();
    }

    private void registered(int count) {
        for (int i = 1; i <= count; i++) chain.withStore(account(i), Samples.ask());
    }

    private FakeStore present(int number) {
        FakeStore store = new FakeStore(KIT, chain, account(number));
        stores.add(store);
        return store;
    }

    /** Stores 1 to {@code count}, on chain and here. */
    private void stores(int count) {
        registered(count);
        for (int i = 1; i <= count; i++) present(i);
    }

    private void place() {
        chain.mine();
        placement = KIT.spawn(
                Placement.create(chain.ledgerOf(CLIENT), new SeededChance(7), "put/1", terms, heard.getRef()));
    }

    private <P extends Placement.Progress> P hear(Class<P> kind) {
        return heard.expectMessageClass(kind);
    }

    private Placement.Failed failed(String code) {
        Placement.Failed failed = hear(Placement.Failed.class);
        assertThat(failed.code()).isEqualTo(code);
        heard.expectTerminated(placement);
        return failed;
    }

    /** Up to the request on chain; its number. */
    private long request() {
        place();
        hear(Placement.Quoted.class);
        chain.awaitSubmitted(Call.RequestStorage.class);
        chain.mine();
        return hear(Placement.Requested.class).request();
    }

    /** The Store that is offered next. */
    private FakeStore offered() {
        AccountId to = hear(Placement.Offered.class).store();
        return stores.stream()
                .filter(store -> store.account().equals(to))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void placesEveryReplicaAndSaysSo() {
        terms = Samples.terms(2, 2);
        stores(3);
        long request = request();
        FakeStore first = offered();
        FakeStore second = offered();

        long one = first.accept(first.awaitOffer());
        assertThat(hear(Placement.Taken.class)).isEqualTo(new Placement.Taken(first.account(), one, PRICE));
        long two = second.accept(second.awaitOffer());
        hear(Placement.Taken.class);
        chain.activate(one);
        assertThat(hear(Placement.Proved.class).deal()).isEqualTo(one);
        chain.activate(two);
        assertThat(hear(Placement.Proved.class).deal()).isEqualTo(two);

        Placement.Active active = hear(Placement.Active.class);
        assertThat(active.request()).isEqualTo(request);
        assertThat(active.deals())
                .containsOnlyKeys(first.account(), second.account())
                .containsValues(one, two);
        heard.expectTerminated(placement);
    }

    @Test
    void buysTheCreditsThatAreMissing() {
        chain.credits(CLIENT, 100);
        stores(1);
        place();

        Placement.Quoted quoted = hear(Placement.Quoted.class);

        BigInteger reserve = Pricing.reserve(PRICE, terms.piece(), 2, 1);
        assertThat(quoted).isEqualTo(new Placement.Quoted(PRICE, reserve, reserve.subtract(BigInteger.valueOf(100))));
        assertThat(chain.awaitSubmitted(Call.TopUpCredits.class).amount()).isEqualTo(quoted.topUp());
        chain.mine();
        chain.awaitSubmitted(Call.RequestStorage.class);
    }

    @Test
    void passesOnHowFarABytesTransferIs() {
        stores(1);
        request();
        FakeStore store = offered();
        Store.Offer offer = store.awaitOffer();

        store.progress(offer, 1000);

        assertThat(hear(Placement.Transferring.class))
                .isEqualTo(new Placement.Transferring(store.account(), 1000, Samples.DATA.length));
    }

    @Test
    void offersToAnotherStoreWhenOneDeclines() {
        stores(2);
        request();
        FakeStore first = offered();

        first.decline(first.awaitOffer());

        assertThat(hear(Placement.Declined.class).store()).isEqualTo(first.account());
        FakeStore second = offered();
        assertThat(second).isNotSameAs(first);
        second.accept(second.awaitOffer());
        hear(Placement.Taken.class);
    }

    @Test
    void spendsNothingWhenTooFewStoresFit() {
        terms = Samples.terms(2, 2);
        stores(2);
        chain.standing(account(2), Standing.SUSPENDED, 0);

        place();

        Placement.Failed failed = failed("no-store-fits");
        assertThat(failed.message()).contains("2 Stores are needed and 1 fit").contains("is Suspended");
        assertThat(chain.submitted()).isEmpty();
    }

    @Test
    void spendsNothingOnMoreReplicasThanTheChainTakes() {
        terms = Samples.terms(17, 2);
        stores(1);

        place();

        assertThat(failed("refused").message()).contains("1 to 16 replicas");
        assertThat(chain.submitted()).isEmpty();
    }

    @Test
    void spendsNothingWhenTheChainCannotBeRead() {
        stores(1);
        chain.reachable(false);

        place();

        failed("chain-unreachable");
        assertThat(chain.submitted()).isEmpty();
    }

    @Test
    void offersNoneTheMarketsPrice() {
        terms = new StorageRequest(terms.content(), terms.piece(), 1, 2, BigInteger.ZERO, terms.tier(), terms.source());
        stores(2);
        chain.withStore(account(3), Samples.ask(BigInteger.TEN.pow(30), 1 << 20));

        place();

        assertThat(hear(Placement.Quoted.class).priceMax()).isEqualTo(PRICE);
    }

    @Test
    void saysWhyCreditsCouldNotBeBought() {
        chain.credits(CLIENT, 0);
        stores(1);
        chain.interfere(Call.TopUpCredits.class, new Submission.Failed("FundsUnavailable", "balance 3"));
        place();
        hear(Placement.Quoted.class);
        chain.awaitSubmitted(Call.TopUpCredits.class);

        chain.mine();

        assertThat(failed("not-enough-funds").message())
                .contains("FundsUnavailable")
                .contains("balance 3");
        assertThat(chain.count(Call.RequestStorage.class)).isZero();
    }

    @Test
    void saysWhyTheChainRefusedTheRequest() {
        stores(1);
        chain.interfere(Call.RequestStorage.class, new Submission.Failed("BadPeriods", "too long"));
        place();
        hear(Placement.Quoted.class);
        chain.awaitSubmitted(Call.RequestStorage.class);

        chain.mine();

        assertThat(failed("refused").message()).contains("BadPeriods");
    }

    @Test
    void givesUpWhenTheRequestNeverGetsIn() {
        stores(1);
        chain.interfere(Call.RequestStorage.class, new Submission.Expired());
        place();
        hear(Placement.Quoted.class);
        chain.awaitSubmitted(Call.RequestStorage.class);

        chain.mine();

        failed("chain-unreachable");
    }

    @Test
    void cancelsTheOpenPartWhenNobodyTakesIt() {
        stores(2);
        long request = request();
        for (int i = 0; i < 2; i++) {
            FakeStore store = offered();
            store.decline(store.awaitOffer());
            hear(Placement.Declined.class);
        }

        assertThat(chain.awaitSubmitted(Call.CancelRequest.class).request()).isEqualTo(request);
        chain.mine();

        Placement.Failed failed = failed("no-store-fits");
        assertThat(failed.message()).contains("0 of 1").contains("the piece needs");
        assertThat(failed.hint()).contains("credits are free again");
        assertThat(chain.requestState(request)).isEqualTo(RequestState.CANCELLED);
    }

    @Test
    void saysSoWhenTheOpenPartCannotBeCancelled() {
        stores(1);
        request();
        FakeStore store = offered();
        chain.interfere(Call.CancelRequest.class, new Submission.Failed("RequestNotOpen", ""));
        store.decline(store.awaitOffer());
        hear(Placement.Declined.class);
        chain.awaitSubmitted(Call.CancelRequest.class);

        chain.mine();

        assertThat(failed("no-store-fits").hint()).contains("could not be cancelled (RequestNotOpen)");
    }

    @Test
    void takesASilentStoreForARefusal() {
        stores(2);
        request();
        FakeStore first = offered();
        first.awaitOffer();

        TIME.timePasses(Placement.SILENCE_MAX);

        assertThat(hear(Placement.Declined.class))
                .isEqualTo(new Placement.Declined(first.account(), "does not answer"));
        assertThat(offered()).isNotSameAs(first);
    }

    @Test
    void waitsForAStoreThatShowsProgress() {
        stores(1);
        request();
        FakeStore store = offered();
        Store.Offer offer = store.awaitOffer();

        for (int i = 1; i <= 3; i++) {
            TIME.timePasses(Placement.SILENCE_MAX.minusSeconds(1));
            store.progress(offer, i);
            hear(Placement.Transferring.class);
            chain.mine();
        }

        store.accept(offer);
        hear(Placement.Taken.class);
    }

    @Test
    void countsADealThatASilentStoreOpensAfterAll() {
        stores(2);
        request();
        FakeStore first = offered();
        Store.Offer offer = first.awaitOffer();
        TIME.timePasses(Placement.SILENCE_MAX);
        hear(Placement.Declined.class);
        FakeStore second = offered();

        long deal = first.accept(offer);
        hear(Placement.Taken.class);
        second.decline(second.awaitOffer());
        hear(Placement.Declined.class);
        chain.activate(deal);
        hear(Placement.Proved.class);

        hear(Placement.Active.class);
        assertThat(chain.count(Call.CancelRequest.class)).isZero();
    }

    @Test
    void goesOnWhenTheLastStoreTakesItBeforeTheCancellation() {
        stores(1);
        request();
        FakeStore store = offered();
        Store.Offer offer = store.awaitOffer();
        chain.holdSubmissions(true);
        TIME.timePasses(Placement.SILENCE_MAX);
        hear(Placement.Declined.class);
        chain.awaitSubmitted(Call.CancelRequest.class);

        chain.putFirst(store.account(), "accept", new Call.AcceptDeal(offer.request(), PRICE));
        chain.holdSubmissions(false);
        chain.mine();

        long deal = hear(Placement.Taken.class).deal();
        chain.activate(deal);
        hear(Placement.Proved.class);
        hear(Placement.Active.class);
    }

    @Test
    void waitsAWhileForStoresThatAreNotKnownHereYet() {
        registered(1);
        request();

        present(1);

        FakeStore store = offered();
        store.accept(store.awaitOffer());
        hear(Placement.Taken.class);
    }

    @Test
    void cancelsWhenNoStoreCanBeReachedFromHere() {
        registered(1);
        request();

        TIME.timePasses(Placement.INTRODUCTIONS);

        chain.awaitSubmitted(Call.CancelRequest.class);
        chain.mine();
        assertThat(failed("no-store-fits").message()).contains("0 of 1");
    }

    @Test
    void believesNoDealThatIsNotOnChain() {
        stores(1);
        request();
        FakeStore store = offered();
        chain.put(Samples.deal(7, 3, store.account(), DealState.ACTIVE));

        store.sayTaken(store.awaitOffer(), 7);

        assertThat(hear(Placement.Declined.class).reason()).contains("none of this request");
    }

    @Test
    void believesTheChainWhenTheStoresWordIsLost() {
        stores(1);
        request();
        FakeStore store = offered();

        long deal = store.accept(store.awaitOffer());

        assertThat(hear(Placement.Taken.class).deal()).isEqualTo(deal);
    }

    @Test
    void countsARepeatedWordOnce() {
        stores(1);
        request();
        FakeStore store = offered();
        Store.Offer offer = store.awaitOffer();
        long deal = store.accept(offer);
        hear(Placement.Taken.class);

        store.sayTaken(offer, deal);
        store.sayTaken(offer, deal);
        chain.activate(deal);

        hear(Placement.Proved.class);
        hear(Placement.Active.class);
    }

    @Test
    void offersTheReplicaOfALapsedDealAgain() {
        stores(2);
        request();
        FakeStore first = offered();
        first.accept(first.awaitOffer());
        hear(Placement.Taken.class);

        chain.mineTo(chain.height() + Samples.CONSTANTS.activationTimeout());

        assertThat(hear(Placement.Declined.class).reason()).contains("ended as Lapsed");
        FakeStore second = offered();
        assertThat(second).isNotSameAs(first);
        long deal = second.accept(second.awaitOffer());
        hear(Placement.Taken.class);
        chain.activate(deal);
        hear(Placement.Proved.class);
        assertThat(hear(Placement.Active.class).deals()).containsOnlyKeys(second.account());
    }

    @Test
    void doesNotCountAReplicaThatWasProvenAndEnded() {
        terms = Samples.terms(2, 2);
        stores(3);
        request();
        FakeStore first = offered();
        FakeStore second = offered();
        long one = first.accept(first.awaitOffer());
        hear(Placement.Taken.class);
        long two = second.accept(second.awaitOffer());
        hear(Placement.Taken.class);
        chain.activate(one);
        hear(Placement.Proved.class);

        chain.mine(List.of(
                new Event.DealEnded(one, first.account(), DealState.TERMINATED, BigInteger.ZERO, BigInteger.ZERO)));
        hear(Placement.Declined.class);
        FakeStore third = offered();
        chain.activate(two);

        hear(Placement.Proved.class);
        third.decline(third.awaitOffer());
        hear(Placement.Declined.class);
        chain.awaitSubmitted(Call.CancelRequest.class);
    }

    @Test
    void failsWhenTheRequestExpires() {
        stores(1);
        request();
        offered().awaitOffer();

        chain.mineTo(chain.height() + Samples.CONSTANTS.requestTtl());

        assertThat(failed("no-store-fits").message()).contains("has expired");
    }

    @Test
    void goesOnWithTheRequestOfItsKey() {
        stores(2);
        request();
        FakeStore store = offered();
        long deal = store.accept(store.awaitOffer());
        hear(Placement.Taken.class);
        chain.activate(deal);
        hear(Placement.Proved.class);
        hear(Placement.Active.class);

        place();

        hear(Placement.Quoted.class);
        hear(Placement.Requested.class);
        hear(Placement.Taken.class);
        hear(Placement.Proved.class);
        assertThat(hear(Placement.Active.class).deals()).containsEntry(store.account(), deal);
        assertThat(chain.count(Call.RequestStorage.class)).isEqualTo(1);
    }

    @Test
    void saysSoWhenTheChainFallsSilent() {
        stores(1);
        long request = request();
        offered();

        // Just below what a silent Store is given, so that only the chain is silent.
        for (int i = 0; i < 6; i++) {
            TIME.timePasses(Duration.ofMinutes(1));
            if (i == 1) {
                hear(Placement.Declined.class);
                chain.awaitSubmitted(Call.CancelRequest.class);
            }
        }

        assertThat(failed("chain-unreachable").message()).contains("request " + request + " is on chain");
    }

    @Test
    void saysSoWhenItIsStopped() {
        stores(1);
        long request = request();
        offered();

        KIT.stop(placement);

        assertThat(failed("interrupted").message()).contains("request " + request);
    }
}
