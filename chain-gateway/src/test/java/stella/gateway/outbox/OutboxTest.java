package stella.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import stella.gateway.outbox.FakeChain.Handed;
import stella.gateway.outbox.OutboxChain.CallError;
import stella.gateway.outbox.OutboxChain.Fate;
import stella.gateway.outbox.OutboxChain.Head;
import stella.gateway.outbox.OutboxChain.Result;
import stella.gateway.outbox.Submissions.Outcome;
import stella.protocol.Bytes;
import stella.protocol.Hash;

class OutboxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final OutboxSettings SETTINGS = OutboxSettings.standard().withBatches(100, 1);
    private static final int FLIGHTS_MAX = SETTINGS.flightsMax();
    private static final int ERA = SETTINGS.era();

    private static final ActorTestKit testKit = ActorTestKit.create(
            "outbox",
            PersistenceTestKitPlugin.config()
                    .withFallback(PersistenceTestKitSnapshotPlugin.config())
                    .withFallback(ConfigFactory.load()));
    private static final PersistenceTestKit journal = PersistenceTestKit.create(testKit.system());

    private final FakeChain chain = new FakeChain();
    private final List<ActorRef<Outbox.Command>> spawned = new ArrayList<>();
    private final TestProbe<Outbox.Answer> probe = testKit.createTestProbe();
    private String account = "";
    private OutboxSettings settings = SETTINGS;

    @AfterAll
    static void stop() {
        testKit.shutdownTestKit();
    }

    @BeforeEach
    void name(TestInfo test) {
        account = test.getDisplayName();
        chain.head(100, 0);
    }

    @AfterEach
    void end() {
        spawned.forEach(testKit::stop);
    }

    @Test
    void aCallIsWrittenDownBeforeItIsSent() {
        submit(outbox(), "one");

        Handed sent = chain.next();

        assertThat(journal.persistedInStorage("outbox|" + account))
                .anySatisfy(fact -> assertThat(fact)
                        .isInstanceOfSatisfying(
                                Submissions.Prepared.class,
                                prepared -> assertThat(prepared.sent().transaction())
                                        .isEqualTo(sent.transaction())));
    }

    @Test
    void aFinalizedCallIsAnswered() {
        submit(outbox(), "one");
        Handed sent = chain.next();

        sent.fate().complete(finalized(101));

        assertThat(answer()).isEqualTo(new Outbox.Answer("one", new Outcome.Finalized(101, Hash.ZERO, Hash.ZERO, -1)));
    }

    @Test
    void aFailedCallIsAnsweredWithThePalletsWords() {
        CallError error = new CallError("Stella.NotRegistered", "call `register_role` first");
        submit(outbox(), "one");

        chain.next().fate().complete(new Fate.Finalized(101, Hash.ZERO, Hash.ZERO, new Result.Failed(error)));

        assertThat(answer().outcome()).isEqualTo(new Outcome.Failed(error));
    }

    @Test
    void aCallThatThePoolRefusesForGoodIsAnswered() {
        CallError error = new CallError("Payment", "no money");
        submit(outbox(), "one");

        chain.next().fate().complete(new Fate.Refused(error));

        assertThat(answer().outcome()).isEqualTo(new Outcome.Failed(error));
    }

    @Test
    void callsAreOnTheirWayTogetherWithConsecutiveNonces() {
        chain.head(100, 7);
        ActorRef<Outbox.Command> outbox = outbox();

        for (int i = 0; i < 5; i++) submit(outbox, "call/" + i);

        for (int i = 0; i < 5; i++) {
            Handed sent = chain.next();
            assertThat(sent.nonce()).isEqualTo(7 + i);
            assertThat(sent.call()).isEqualTo(Bytes.utf8("call/" + i));
        }
    }

    @Test
    void noMoreThanTheBoundAreOnTheirWayAtOnce() {
        ActorRef<Outbox.Command> outbox = outbox();
        for (int i = 0; i < FLIGHTS_MAX + 1; i++) submit(outbox, "call/" + i);
        List<Handed> sent = new ArrayList<>();
        for (int i = 0; i < FLIGHTS_MAX; i++) sent.add(chain.next());
        assertThat(chain.handed).isEmpty();

        chain.poolNonce(FLIGHTS_MAX);
        sent.getFirst().fate().complete(finalized(101));

        assertThat(chain.next().call()).isEqualTo(Bytes.utf8("call/" + FLIGHTS_MAX));
    }

    @Test
    void anUnclearSubmissionIsSentAgainAsItIs() {
        submit(outbox(), "one");
        Handed first = chain.next();
        first.fate().complete(new Fate.Unclear("connection lost"));

        Handed second = nextAfterHead(110, 0);

        assertThat(second.transaction()).isEqualTo(first.transaction());
    }

    @Test
    void anUnclearSubmissionWhoseNonceIsUsedIsFoundInItsBlock() {
        submit(outbox(), "one");
        Handed sent = chain.next();
        sent.fate().complete(new Fate.Unclear("connection lost"));
        chain.include(sent.transaction(), 105);

        chain.head(110, 1);

        assertThat(answerWithHeads(111, 1).outcome())
                .isEqualTo(new Outcome.Finalized(105, Hash.ZERO, FakeChain.hashOf(sent.transaction()), -1));
        assertThat(chain.handed).isEmpty();
    }

    @Test
    void aNonceThatSomebodyElseUsedIsReplaced() {
        submit(outbox(), "one");
        Handed first = chain.next();
        first.fate().complete(new Fate.Unclear("Stale"));

        Handed second = nextAfterHead(110, 1);

        assertThat(second.call()).isEqualTo(first.call());
        assertThat(second.nonce()).isEqualTo(1);
    }

    @Test
    void aTransactionWhoseEraIsOverIsSignedAnew() {
        submit(outbox(), "one");
        Handed first = chain.next();
        first.fate().complete(new Fate.Unclear("dropped"));

        Handed second = nextAfterHead(100 + ERA, 0);

        assertThat(second.call()).isEqualTo(first.call());
        assertThat(second.nonce()).isEqualTo(first.nonce());
        assertThat(second.birth()).isGreaterThanOrEqualTo(100 + ERA);
    }

    @Test
    void aWatchThatNeverEndsDoesNotHoldACallUpForEver() {
        submit(outbox(), "one");
        Handed first = chain.next();

        Handed second = nextAfterHead(100 + ERA, 0);

        assertThat(second.call()).isEqualTo(first.call());
        assertThat(second.transaction()).isNotEqualTo(first.transaction());
    }

    @Test
    void aCallThatIsNeverIncludedExpires() {
        submit(outbox(), "one");
        long head = 100;
        for (int attempt = 1; attempt <= SETTINGS.attemptsMax(); attempt++) {
            Handed sent = attempt == 1 ? chain.next() : nextAfterHead(head, 0);
            sent.fate().complete(new Fate.Unclear("dropped"));
            head = sent.birth() + ERA;
        }

        assertThat(answerWithHeads(head, 0).outcome()).isInstanceOf(Outcome.Expired.class);
    }

    @Test
    void theSameKeyWhileUnderWayIsOneCallWithTwoAnswers() {
        ActorRef<Outbox.Command> outbox = outbox();
        submit(outbox, "one");
        submit(outbox, "one");

        chain.next().fate().complete(finalized(101));

        assertThat(answer()).isEqualTo(answer());
        assertThat(chain.handed).isEmpty();
    }

    @Test
    void aSettledKeyIsAnsweredAtOnceAlsoAfterARestart() {
        ActorRef<Outbox.Command> outbox = outbox();
        submit(outbox, "one");
        chain.next().fate().complete(finalized(101));
        Outbox.Answer first = answer();
        testKit.stop(outbox);

        submit(outbox(), "one");

        assertThat(answer()).isEqualTo(first);
        assertThat(chain.handed).isEmpty();
    }

    @Test
    void whatWasOnItsWayIsSentAgainAsItWasAfterARestart() {
        ActorRef<Outbox.Command> outbox = outbox();
        submit(outbox, "one");
        Handed first = chain.next();
        testKit.stop(outbox);

        submit(outbox(), "one");
        Handed again = chain.next();
        again.fate().complete(finalized(103));

        assertThat(again.transaction()).isEqualTo(first.transaction());
        assertThat(answer().outcome()).isInstanceOf(Outcome.Finalized.class);
    }

    @Test
    void whatWasIncludedMeanwhileIsNotSentAgainAfterARestart() {
        ActorRef<Outbox.Command> outbox = outbox();
        submit(outbox, "one");
        Handed sent = chain.next();
        testKit.stop(outbox);
        chain.include(sent.transaction(), 130);
        chain.head(500, 1);

        submit(outbox(), "one");

        assertThat(answer().outcome())
                .isEqualTo(new Outcome.Finalized(130, Hash.ZERO, FakeChain.hashOf(sent.transaction()), -1));
        assertThat(chain.handed).isEmpty();
    }

    @Test
    void aNonceThatWasRefusedDoesNotHoldUpLaterOnes() {
        ActorRef<Outbox.Command> outbox = outbox();
        submit(outbox, "refused");
        submit(outbox, "later");
        Handed refused = chain.next();
        Handed later = chain.next();

        refused.fate().complete(new Fate.Refused(new CallError("Call", "not allowed")));
        Handed filler = nextAfterHead(101, 0);

        assertThat(later.nonce()).isEqualTo(1);
        assertThat(filler.nonce()).isZero();
        assertThat(filler.call()).isEqualTo(Bytes.utf8("nothing"));
    }

    @Test
    void aChainThatIsAwayIsAskedAgainAtTheNextBlock() {
        chain.away(true);
        submit(outbox(), "one");
        chain.head(101, 0);

        chain.away(false);

        assertThat(nextAfterHead(102, 0).call()).isEqualTo(Bytes.utf8("one"));
    }

    @Test
    void aCallThatCostsTooMuchIsRefusedBeforeItIsSigned() {
        chain.fee = SETTINGS.feeMax().add(BigInteger.ONE);
        submit(outbox(), "dear");

        assertThat(answer().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error().name()).isEqualTo("FeeAboveMaximum"));
        assertThat(chain.handed).isEmpty();
    }

    @Test
    void aTransactionThatIsOutbidIsSentWithAHigherTipUnderTheSameNonce() {
        submit(outbox(), "one");
        Handed first = chain.next();

        first.fate().complete(new Fate.Outbid("low priority"));
        Handed second = chain.next();
        second.fate().complete(new Fate.Outbid("low priority"));
        Handed third = chain.next();

        assertThat(second.nonce()).isEqualTo(first.nonce());
        assertThat(second.call()).isEqualTo(first.call());
        assertThat(first.tip()).isZero();
        assertThat(second.tip()).isEqualTo(SETTINGS.tipMin());
        assertThat(third.tip()).isEqualTo(SETTINGS.tipMin().shiftLeft(1));
    }

    @Test
    void theCheaperOfTwoTransactionsWithOneNonceMayBeTheOneInTheBlock() {
        submit(outbox(), "one");
        Handed first = chain.next();
        first.fate().complete(new Fate.Outbid("low priority"));
        Handed second = chain.next();
        second.fate().complete(new Fate.Unclear("Stale"));
        chain.include(first.transaction(), 105);

        assertThat(answerWithHeads(110, 1).outcome())
                .isEqualTo(new Outcome.Finalized(105, Hash.ZERO, FakeChain.hashOf(first.transaction()), -1));
    }

    @Test
    void tipsEndAtTheirBound() {
        settings = SETTINGS.withTips(BigInteger.TWO, BigInteger.TWO);
        submit(outbox(), "one");
        chain.next().fate().complete(new Fate.Outbid("low priority"));

        Handed last = chain.next();
        last.fate().complete(new Fate.Outbid("low priority"));

        assertThat(last.tip()).isEqualTo(BigInteger.TWO);
        assertThat(nextAfterHead(110, 0).transaction()).isEqualTo(last.transaction());
    }

    @Test
    void whoWantsToKnowHearsOfEachInclusion() {
        TestProbe<Outbox.Included> included = testKit.createTestProbe();
        outbox().tell(new Outbox.Submit(
                "one", "test", Bytes.utf8("one"), true, Optional.of(included.getRef()), probe.getRef()));
        Handed sent = chain.next();

        sent.included().accept(new Head(101, Hash.ZERO));
        sent.included().accept(new Head(102, Hash.ZERO));
        sent.fate().complete(finalized(102));

        assertThat(included.receiveMessage(PATIENCE)).isEqualTo(new Outbox.Included("one", 101, Hash.ZERO));
        assertThat(included.receiveMessage(PATIENCE)).isEqualTo(new Outbox.Included("one", 102, Hash.ZERO));
        assertThat(answer().outcome()).isInstanceOf(Outcome.Finalized.class);
    }

    @Test
    void aKeyThatIsEmptyOrTooLongIsRefused() {
        ActorRef<Outbox.Command> outbox = outbox();

        submit(outbox, "");
        submit(outbox, "x".repeat(Outbox.KEY_LENGTH_MAX + 1));

        for (int i = 0; i < 2; i++)
            assertThat(answer().outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.error().name()).isEqualTo("OutboxRefuses"));
        assertThat(chain.handed).isEmpty();
    }

    private ActorRef<Outbox.Command> outbox() {
        ActorRef<Outbox.Command> outbox = testKit.spawn(Outbox.create(account, chain, settings));
        spawned.add(outbox);
        return outbox;
    }

    private void submit(ActorRef<Outbox.Command> outbox, String key) {
        outbox.tell(new Outbox.Submit(key, "test", Bytes.utf8(key), probe.getRef()));
    }

    private Outbox.Answer answer() {
        return probe.receiveMessage(PATIENCE);
    }

    /**
     * Lets blocks come until something is submitted. One may come before the outbox has taken in what happened last, so there is
     * another one; a chain goes on, too.
     */
    private Handed nextAfterHead(long number, long nonce) {
        for (long head = number; head < number + 1000; head++) {
            chain.head(head, nonce);
            Handed next = poll();
            if (next != null) return next;
        }
        throw new AssertionError("nothing was submitted");
    }

    private Outbox.Answer answerWithHeads(long number, long nonce) {
        for (long head = number; head < number + 1000; head++) {
            chain.head(head, nonce);
            try {
                return probe.receiveMessage(Duration.ofMillis(100));
            } catch (AssertionError notYet) {
                // the next block
            }
        }
        throw new AssertionError("no answer");
    }

    private @org.jspecify.annotations.Nullable Handed poll() {
        try {
            return chain.handed.poll(100, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Fate finalized(long block) {
        return new Fate.Finalized(block, Hash.ZERO, Hash.ZERO, new Result.Done());
    }
}
