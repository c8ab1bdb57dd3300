package stella.roles.store;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.fakes.Samples.DATA;
import static stella.roles.fakes.Samples.PIECE;
import static stella.roles.fakes.Samples.PRICE;
import static stella.roles.fakes.Samples.SOURCE;
import static stella.roles.fakes.Samples.account;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.testkit.javadsl.SnapshotTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.chain.Call;
import stella.protocol.deal.DealState;
import stella.protocol.deal.Decline;
import stella.roles.Ledger.Submission;
import stella.roles.Vault.Intake;
import stella.roles.fakes.FakeChain;
import stella.roles.fakes.FakeVault;
import stella.roles.fakes.Kits;
import stella.roles.fakes.Samples;

/** A Store from offer to deal, its restarts and its refusals (AS-1, DL-3, DL-7). */
class StoreBehaviorTest {
    private static final ActorTestKit KIT = Kits.persistent();
    private static final PersistenceTestKit JOURNAL = PersistenceTestKit.create(KIT.system());
    private static final SnapshotTestKit SNAPSHOTS = SnapshotTestKit.create(KIT.system());
    private static final StoreSettings SETTINGS = new StoreSettings(2, 4, 3, Duration.ofMillis(1));
    private static final AccountId SELF = account(1);
    private static final AccountId CLIENT = account(0xc1);
    private static int entities;

    private final FakeChain chain = new FakeChain().withStore(SELF, Samples.ask());
    private final FakeVault vault = new FakeVault();
    private final TestProbe<Store.OfferReply> client = KIT.createTestProbe(Store.OfferReply.class);
    private final String entity = "store-" + ++entities;
    private ActorRef<Store.Command> store;

    @BeforeEach
    void start() {
        vault.serve(SOURCE, DATA);
        spawn();
        chain.mine();
    }

    @AfterEach
    void stop() {
        KIT.stop(store);
        assertThat(chain.followers()).isZero();
    }

    @AfterAll
    static void shutdown() {
        KIT.shutdownTestKit();
    }

    private void spawn() {
        store = KIT.spawn(Store.create(entity, chain.ledgerOf(SELF), vault, SETTINGS));
        status(); // it follows the chain from here on
    }

    private void crash() {
        KIT.stop(store);
        spawn();
        chain.mine();
    }

    private long offer() {
        long request = chain.request(CLIENT, Samples.terms(1, 2));
        offer(request);
        return request;
    }

    private void offer(long request) {
        store.tell(new Store.Offer(request, "", client.getRef()));
    }

    private Store.Status status() {
        TestProbe<Store.Status> probe = KIT.createTestProbe(Store.Status.class);
        store.tell(new Store.GetStatus(probe.getRef()));
        return probe.receiveMessage();
    }

    private Decline declined() {
        return client.expectMessageClass(Store.DealDeclined.class).reason();
    }

    /** Offers, accepts on chain, and hears of it. */
    private Store.DealTaken take() {
        offer();
        chain.awaitSubmitted(Call.AcceptDeal.class);
        chain.mine();
        return client.expectMessageClass(Store.DealTaken.class);
    }

    @Test
    void takesAnOfferAndProvesEveryPeriodUntilTheDealIsOver() {
        Store.DealTaken taken = take();
        assertThat(taken.store()).isEqualTo(SELF);
        assertThat(taken.price()).isEqualTo(PRICE);

        chain.mine();
        chain.awaitSubmitted(Call.SubmitProof.class);
        chain.mine();
        long activated = chain.deal(taken.deal()).activatedAt().orElseThrow();
        for (int period = 0; period < 2; period++) {
            long end = activated + (period + 1) * Samples.CONSTANTS.provingPeriod();
            chain.mineTo(end - Samples.CONSTANTS.provingWindow());
            FakeChain.Submitted proof = chain.awaitSubmitted();
            assertThat(proof.call()).isInstanceOf(Call.SubmitProof.class);
            assertThat(proof.afterBlock()).isEqualTo(end - Samples.CONSTANTS.provingWindow());
            chain.mine();
            assertThat(chain.deal(taken.deal()).proven()).isTrue();
            chain.mineTo(end);
        }

        assertThat(chain.deal(taken.deal()).state()).isEqualTo(DealState.COMPLETED);
        assertThat(vault.awaitDiscard()).isEqualTo(PIECE);
        assertThat(status().engagements()).isEmpty();
        assertThat(status().alarms()).isEmpty();
        assertThat(chain.submitted()).hasSize(4);
    }

    @Test
    void declinesOtherBytesThanPromisedAndKeepsNothing() {
        vault.serve(SOURCE, Samples.data(2, 3000));

        offer();

        assertThat(declined())
                .isInstanceOfSatisfying(
                        Decline.CommitmentMismatch.class,
                        reason -> assertThat(reason.expected())
                                .isEqualTo(PIECE.cid().toString()));
        assertThat(vault.awaitDiscard()).isEqualTo(PIECE);
        assertThat(status().engagements()).isEmpty();
        assertThat(chain.submitted()).isEmpty();
    }

    @Test
    void declinesASourceThatDoesNotAnswer() {
        long request = chain.request(CLIENT, Samples.terms(1, 2));

        store.tell(new Store.Offer(request, "http://nobody/x", client.getRef()));

        assertThat(declined()).isInstanceOf(Decline.SourceUnreachable.class);
    }

    @Test
    void declinesARequestThatIsNotOnChain() {
        offer(999);

        assertThat(declined()).isInstanceOf(Decline.ClientWithoutCredits.class);
    }

    @Test
    void declinesWhileTheChainCannotBeRead() {
        chain.reachable(false);

        offer();

        assertThat(declined()).isInstanceOf(Decline.ShuttingDown.class);
    }

    @Test
    void tellsProgressToEveryoneWhoWaits() {
        vault.hold(true);
        TestProbe<Store.OfferReply> second = KIT.createTestProbe(Store.OfferReply.class);
        long request = offer();
        FakeVault.Pull pull = vault.awaitPull();
        store.tell(new Store.Offer(request, "", second.getRef()));
        store.tell(new Store.Offer(request, "", second.getRef()));
        status();

        pull.progress().at(1000, 3000);

        Store.TransferStatus expected = new Store.TransferStatus(request, SELF, 1000, 3000);
        client.expectMessage(expected);
        second.expectMessage(expected);
        pull.outcome().complete(vault.pullNow(PIECE, SOURCE));
        chain.awaitSubmitted(Call.AcceptDeal.class);
        chain.mine();
        client.expectMessageClass(Store.DealTaken.class);
        second.expectMessageClass(Store.DealTaken.class);
    }

    @Test
    void answersARepeatedOfferWithTheDealItHas() {
        Store.DealTaken taken = take();

        offer(taken.request());

        client.expectMessage(taken);
        assertThat(chain.count(Call.AcceptDeal.class)).isEqualTo(1);
    }

    @Test
    void tellsWhyTheChainRefusedAndGivesTheBytesUp() {
        chain.interfere(Call.AcceptDeal.class, new Submission.Failed("RequestNotOpen", "nothing is left"));
        offer();
        chain.awaitSubmitted(Call.AcceptDeal.class);

        chain.mine();

        assertThat(declined())
                .isInstanceOfSatisfying(
                        Decline.Duplicate.class,
                        reason -> assertThat(reason.detail()).contains("RequestNotOpen"));
        assertThat(vault.awaitDiscard()).isEqualTo(PIECE);
    }

    @Test
    void givesTheBytesUpWhenTheAcceptanceExpires() {
        chain.interfere(Call.AcceptDeal.class, new Submission.Expired());
        offer();
        chain.awaitSubmitted(Call.AcceptDeal.class);

        chain.mine();

        assertThat(declined()).isInstanceOf(Decline.ShuttingDown.class);
        assertThat(vault.awaitDiscard()).isEqualTo(PIECE);
    }

    @Test
    void asksAgainWhenNothingIsKnownOfAnAcceptance() {
        chain.breakSubmission(Call.AcceptDeal.class);

        take();

        assertThat(vault.discarded()).isEmpty();
    }

    @Test
    void pullsNoMoreAtATimeThanItMay() {
        vault.hold(true);
        offer();
        offer();
        vault.awaitPull();

        offer();

        assertThat(declined()).isInstanceOf(Decline.ShuttingDown.class);
    }

    @Test
    void promisesTheSameSpaceOnlyOnce() {
        vault.freeBytes(PIECE.paddedSize() * 3 / 2);
        vault.hold(true);
        byte[] other = Samples.data(3, 3000);
        var terms = Samples.terms(1, 2);
        long second = chain.request(
                CLIENT,
                new stella.protocol.deal.StorageRequest(
                        terms.content(),
                        stella.protocol.piece.Commitment.of(other),
                        1,
                        2,
                        PRICE,
                        terms.tier(),
                        SOURCE));

        offer();
        offer(second);

        assertThat(declined()).isEqualTo(new Decline.NoSpace(PIECE.paddedSize(), PIECE.paddedSize() / 2));
    }

    @Test
    void triesAFailingDiskAgainAndThenGivesUp() {
        vault.hold(true);
        offer();

        for (int i = 0; i < SETTINGS.attemptsMax(); i++)
            vault.awaitPull().outcome().complete(new Intake.DiskFailed("bad sector"));

        assertThat(declined())
                .isInstanceOfSatisfying(
                        Decline.ShuttingDown.class,
                        reason -> assertThat(reason.detail()).contains("bad sector"));
        assertThat(status().engagements()).isEmpty();
        assertThat(status().alarms()).singleElement().asString().contains("bad sector");
    }

    @Test
    void goesOnAfterTheDiskFailedOnce() {
        vault.next(new Intake.DiskFailed("busy"));

        take();
    }

    @Test
    void pullsAgainAfterACrashWhilePulling() {
        vault.hold(true);
        offer();
        vault.awaitPull();

        crash();
        FakeVault.Pull again = vault.awaitPull();
        again.outcome().complete(vault.pullNow(again.piece(), again.source()));
        chain.awaitSubmitted(Call.AcceptDeal.class);
        chain.mine();
        chain.mine();

        chain.awaitSubmitted(Call.SubmitProof.class);
        assertThat(chain.count(Call.AcceptDeal.class)).isEqualTo(1);
    }

    @Test
    void acceptsOnceAfterACrashWhileAccepting() {
        offer();
        chain.awaitSubmitted(Call.AcceptDeal.class);

        crash();
        chain.mine();

        chain.awaitSubmitted(Call.SubmitProof.class);
        assertThat(chain.count(Call.AcceptDeal.class)).isEqualTo(1);
        assertThat(status().engagements())
                .singleElement()
                .satisfies(engagement -> assertThat(engagement.stage()).isEqualTo(Engagement.Stage.HELD));
    }

    @Test
    void learnsAfterACrashThatTheDealWasOpenedMeanwhile() {
        offer();
        chain.awaitSubmitted(Call.AcceptDeal.class);
        KIT.stop(store);
        chain.mine();

        spawn();
        chain.mine();

        chain.awaitSubmitted(Call.SubmitProof.class);
        assertThat(chain.count(Call.AcceptDeal.class)).isEqualTo(1);
    }

    @Test
    void goesOnProvingAfterACrashWhileHolding() {
        Store.DealTaken taken = take();

        crash();

        chain.awaitSubmitted(Call.SubmitProof.class);
        chain.mine();
        assertThat(chain.deal(taken.deal()).state()).isEqualTo(DealState.ACTIVE);
        assertThat(chain.count(Call.AcceptDeal.class)).isEqualTo(1);
    }

    @Test
    void goesOnFromASnapshot() {
        Store.DealTaken taken = take();
        for (int i = 0; i < 250; i++) {
            vault.next(new Intake.SourceUnreachable(1, "gone"));
            offer();
            declined();
        }
        assertThat(SNAPSHOTS.persistedInStorage("store|" + entity)).isNotEmpty();

        crash();

        assertThat(status().engagements())
                .singleElement()
                .satisfies(engagement -> assertThat(engagement.deal()).hasValue(taken.deal()));
    }

    @Test
    void releasesADealThatLapsedWhileItWasDown() {
        take();
        KIT.stop(store);
        chain.mineTo(chain.height() + Samples.CONSTANTS.activationTimeout());

        spawn();

        assertThat(vault.awaitDiscard()).isEqualTo(PIECE);
        assertThat(status().engagements()).isEmpty();
    }

    @Test
    void releasesADealThatWasOpenedAndLapsedBeforeItKnew() {
        offer();
        chain.awaitSubmitted(Call.AcceptDeal.class);
        KIT.stop(store);
        chain.mineTo(chain.height() + Samples.CONSTANTS.activationTimeout() + 1);

        spawn();

        assertThat(vault.awaitDiscard()).isEqualTo(PIECE);
        assertThat(status().engagements()).isEmpty();
    }

    @Test
    void takesARequestAgainWhoseDealLapsed() {
        Store.DealTaken first = take();
        vault.lose(PIECE);
        chain.mineTo(chain.height() + Samples.CONSTANTS.activationTimeout());
        vault.awaitDiscard();

        offer(first.request());
        while (!(chain.awaitSubmitted().call() instanceof Call.AcceptDeal)) {}
        chain.mine();

        assertThat(client.expectMessageClass(Store.DealTaken.class).deal()).isNotEqualTo(first.deal());
    }

    @Test
    void keepsAPieceThatAnotherDealNeeds() {
        take();
        chain.interfere(Call.AcceptDeal.class, new Submission.Failed("AlreadyReplica", "twice"));
        offer();
        chain.awaitSubmitted(Call.AcceptDeal.class);
        chain.mine();
        declined();

        assertThat(status().engagements()).hasSize(1);
        assertThat(vault.discarded()).isEmpty();
        assertThat(vault.holds(PIECE)).isTrue();
    }

    @Test
    void sweepsPiecesThatACrashLeftBehind() {
        byte[] orphan = Samples.data(4, 500);
        take();
        vault.put(orphan);

        crash();

        assertThat(vault.awaitDiscard()).isEqualTo(stella.protocol.piece.Commitment.of(orphan));
        status();
        assertThat(vault.holds(PIECE)).isTrue();
    }

    @Test
    void holdsALiveDealThatItsBooksLost() {
        KIT.stop(store);
        vault.put(DATA);
        chain.put(Samples.deal(7, 77, SELF, DealState.ACCEPTED));

        spawn();
        chain.mine();

        chain.awaitSubmitted(Call.SubmitProof.class);
        assertThat(status().engagements())
                .singleElement()
                .satisfies(engagement -> assertThat(engagement.deal()).hasValue(7));
    }

    @Test
    void followsTheChainOnceAfterARestart() {
        Store.DealTaken taken = take();
        vault.failOnce();

        store.tell(new Store.GetStatus(KIT.createTestProbe(Store.Status.class).getRef()));
        assertThat(status().engagements()).hasSize(1);
        chain.mine();

        chain.awaitSubmitted(Call.SubmitProof.class);
        chain.mine();
        assertThat(chain.deal(taken.deal()).state()).isEqualTo(DealState.ACTIVE);
        assertThat(chain.followers()).isEqualTo(2);
    }

    @Test
    void provesAlthoughTheJournalFails() {
        Store.DealTaken taken = take();
        JOURNAL.failNextNPersisted("store|" + entity, 1);
        offer();
        assertThat(declined()).isInstanceOf(Decline.ShuttingDown.class);

        chain.mine();

        chain.awaitSubmitted(Call.SubmitProof.class);
        chain.mine();
        assertThat(chain.deal(taken.deal()).state()).isEqualTo(DealState.ACTIVE);
        assertThat(chain.count(Call.AcceptDeal.class)).isEqualTo(1);
    }

    @Test
    void asksTheDiskOnceForAPullThatOutlivesAFailingJournal() {
        vault.hold(true);
        offer();
        FakeVault.Pull pull = vault.awaitPull();
        JOURNAL.failNextNPersisted("store|" + entity, 1);
        long other = offer();
        assertThat(client.expectMessageClass(Store.DealDeclined.class).request())
                .isEqualTo(other);

        pull.outcome().complete(vault.pullNow(PIECE, SOURCE));

        chain.awaitSubmitted(Call.AcceptDeal.class);
        chain.mine();
        client.expectMessageClass(Store.DealTaken.class);
        assertThat(vault.pulls()).isEqualTo(1);
    }

    @Test
    void introducesItself() {
        TestProbe<Store.Identity> probe = KIT.createTestProbe(Store.Identity.class);

        store.tell(new Store.Identify(probe.getRef()));

        probe.expectMessage(new Store.Identity(SELF, store));
    }

    @Test
    void writesNothingDownForAnOfferThatItDeclines() {
        offer(999);
        declined();

        assertThat(JOURNAL.persistedInStorage("store|" + entity)).isEqualTo(List.of());
    }
}
