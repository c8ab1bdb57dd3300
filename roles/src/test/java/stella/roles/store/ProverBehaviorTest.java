package stella.roles.store;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.fakes.Samples.DATA;
import static stella.roles.fakes.Samples.PIECE;
import static stella.roles.fakes.Samples.account;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.chain.Call;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.roles.Ledger.Submission;
import stella.roles.fakes.FakeChain;
import stella.roles.fakes.FakeVault;
import stella.roles.fakes.Kits;
import stella.roles.fakes.Samples;

/** PP-4, PP-5, PP-7: when proofs are made, sent again, given up, and when a person hears of it. */
class ProverBehaviorTest {
    private static final ActorTestKit KIT = Kits.plain();
    private static final AccountId SELF = account(1);
    private static final int ATTEMPTS_MAX = 3;
    private static final long DEAL = 500;

    private final FakeChain chain = new FakeChain().withStore(SELF, Samples.ask());
    private final FakeVault vault = new FakeVault();
    private final BlockingQueue<String> alarms = new LinkedBlockingQueue<>();
    private final BlockingQueue<Deal> seen = new LinkedBlockingQueue<>();
    private ActorRef<Prover.Command> prover = KIT.system().deadLetters().unsafeUpcast();

    @AfterEach
    void stop() {
        KIT.stop(prover);
        assertThat(chain.followers()).isZero();
    }

    @AfterAll
    static void shutdown() {
        KIT.shutdownTestKit();
    }

    /** The deal is accepted in block 10; the Prover starts there. */
    private void start() {
        vault.put(DATA);
        startWithoutPiece();
    }

    private void startWithoutPiece() {
        chain.mine();
        chain.put(Samples.deal(DEAL, 100, SELF, DealState.ACCEPTED));
        spawn();
    }

    private void spawn() {
        prover = KIT.spawn(Prover.create(chain.ledgerOf(SELF), vault, ATTEMPTS_MAX, new Prover.Listener() {
            @Override
            public void seen(List<Deal> deals, boolean all) {
                seen.addAll(deals);
            }

            @Override
            public void alarm(String text) {
                alarms.add(text);
            }
        }));
        awaitSeen();
    }

    private Deal awaitSeen() {
        return await(seen);
    }

    private String awaitAlarm() {
        return await(alarms);
    }

    private static <T> T await(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(10, TimeUnit.SECONDS);
            if (next == null) throw new AssertionError("nothing came");
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * Waits until everything told so far has been dealt with: a deal that is asked for is seen after it. Twice, for the second question
     * comes after what the Prover tells itself during the first.
     */
    private void settle() {
        chain.put(Samples.deal(999, 1, SELF, DealState.COMPLETED));
        for (int i = 0; i < 2; i++) {
            seen.clear();
            prover.tell(new Prover.Watch(List.of(999L)));
            while (awaitSeen().id() != 999) {}
        }
    }

    private List<FakeChain.Submitted> proofs() {
        return chain.submitted();
    }

    @Test
    void makesTheFirstProofInTheBlockOfItsSeed() {
        start();
        settle();
        assertThat(proofs()).isEmpty();

        chain.mine();

        assertThat(chain.awaitSubmitted().afterBlock()).isEqualTo(11);
        chain.mine();
        assertThat(chain.deal(DEAL).state()).isEqualTo(DealState.ACTIVE);
    }

    @Test
    void sendsNothingOutsideTheWindow() {
        start();
        chain.mine();
        chain.awaitSubmitted();
        chain.mine();
        long activated = chain.deal(DEAL).activatedAt().orElseThrow();
        long opens = activated + Samples.CONSTANTS.provingPeriod() - Samples.CONSTANTS.provingWindow();

        chain.mineTo(opens - 1);
        settle();
        assertThat(proofs()).hasSize(1);
        chain.mine();

        assertThat(chain.awaitSubmitted().afterBlock()).isEqualTo(opens);
        chain.mine();
        chain.mineTo(activated + Samples.CONSTANTS.provingPeriod());
        settle();
        assertThat(proofs()).hasSize(2);
    }

    @Test
    void sendsNothingThatCanNoLongerArriveInTime() {
        start();

        vault.lose(PIECE);
        chain.mineTo(28);
        settle();
        vault.put(DATA);
        chain.mine();
        settle();

        assertThat(proofs()).isEmpty();
    }

    @Test
    void sendsARefusedProofAgain() {
        start();
        chain.interfere(Call.SubmitProof.class, new Submission.Failed("PoolFull", "later"));
        chain.mine();
        FakeChain.Submitted first = chain.awaitSubmitted();
        chain.mine();
        settle();

        chain.mine();

        FakeChain.Submitted second = chain.awaitSubmitted();
        assertThat(second.call()).isEqualTo(first.call());
        assertThat(second.key()).isNotEqualTo(first.key());
        chain.mine();
        assertThat(chain.deal(DEAL).state()).isEqualTo(DealState.ACTIVE);
    }

    @Test
    void sendsAProofAgainThatNeverGotIn() {
        start();
        chain.interfere(Call.SubmitProof.class, new Submission.Expired());
        chain.mine();
        chain.awaitSubmitted();
        chain.mine();
        settle();

        chain.mine();

        chain.awaitSubmitted(Call.SubmitProof.class);
    }

    @Test
    void waitsLongerAfterEachRefusalAndGivesUpLoudly() {
        start();
        for (int i = 0; i < 2 * ATTEMPTS_MAX; i++)
            chain.interfere(Call.SubmitProof.class, new Submission.Failed("PoolFull", "later"));

        for (int block = 11; block <= 26; block++) {
            chain.mine();
            settle();
        }

        assertThat(proofs()).extracting(FakeChain.Submitted::afterBlock).containsExactly(11L, 13L, 16L);
        assertThat(awaitAlarm()).contains("3 proofs were refused").contains("PoolFull");
    }

    @Test
    void raisesOneAlarmWhenHalfOfTheWindowHasPassed() {
        start();
        chain.mine();
        chain.awaitSubmitted();
        chain.holdSubmissions(true);

        chain.mineTo(20);
        settle();
        assertThat(alarms).isEmpty();
        chain.mineTo(27);
        settle();

        assertThat(alarms).singleElement().asString().contains("half of the proving window");
    }

    @Test
    void raisesAnAlarmForAMissingPieceAndSendsNothing() {
        startWithoutPiece();

        chain.mineTo(15);
        settle();

        assertThat(awaitAlarm()).contains("not in the vault");
        assertThat(alarms).isEmpty();
        assertThat(proofs()).isEmpty();
    }

    @Test
    void raisesAnAlarmForADamagedPieceAndSendsNothing() {
        start();
        vault.damage(PIECE);

        chain.mineTo(15);
        settle();

        assertThat(awaitAlarm()).contains("damaged");
        assertThat(proofs()).isEmpty();
    }

    @Test
    void provesAsSoonAsAMissingPieceIsThere() {
        startWithoutPiece();
        chain.mine();
        awaitAlarm();

        vault.put(DATA);
        chain.mine();

        chain.awaitSubmitted(Call.SubmitProof.class);
    }

    @Test
    void neverSendsAProofThatTheChainWouldPunish() {
        start();
        vault.lie(true);

        chain.mineTo(15);
        settle();

        assertThat(awaitAlarm()).contains("do not lead to the piece's root");
        assertThat(proofs()).isEmpty();
    }

    @Test
    void provesAfterTheChainWasOutOfReach() {
        start();
        chain.reachable(false);
        chain.mine();
        chain.mine();
        chain.reachable(true);

        chain.mine();

        chain.awaitSubmitted(Call.SubmitProof.class);
    }

    @Test
    void findsItsDealsAfterAStartWithoutTheChain() {
        vault.put(DATA);
        chain.mine();
        chain.put(Samples.deal(DEAL, 100, SELF, DealState.ACCEPTED));
        chain.reachable(false);
        prover = KIT.spawn(Prover.create(chain.ledgerOf(SELF), vault, ATTEMPTS_MAX, new Prover.Listener() {
            @Override
            public void seen(List<Deal> deals, boolean all) {}

            @Override
            public void alarm(String text) {}
        }));
        chain.mine();
        chain.reachable(true);

        chain.mine();
        chain.mine();

        chain.awaitSubmitted(Call.SubmitProof.class);
    }

    @Test
    void provesNothingOfOtherStores() {
        start();
        chain.put(Samples.deal(501, 100, account(2), DealState.ACCEPTED));

        chain.mine();

        assertThat(chain.awaitSubmitted().call())
                .isInstanceOfSatisfying(
                        Call.SubmitProof.class,
                        proof -> assertThat(proof.deal()).isEqualTo(DEAL));
        chain.mine();
        settle();
        assertThat(proofs()).hasSize(1);
    }

    @Test
    void tellsOfADealThatEnded() {
        startWithoutPiece();

        chain.mineTo(30);

        while (awaitSeen().state() != DealState.LAPSED) {}
    }

    @Test
    void makesTheSameProofAfterARestartAndHarmsNothing() {
        start();
        chain.mine();
        chain.awaitSubmitted();
        KIT.stop(prover);

        spawn();
        chain.mine();
        settle();

        assertThat(chain.deal(DEAL).state()).isEqualTo(DealState.ACTIVE);
        assertThat(proofs()).hasSize(1); // the same key is the same submission
    }

    @Test
    void provesManyDealsOfOneWindow() {
        vault.put(DATA);
        chain.mine();
        for (int i = 0; i < 200; i++) chain.put(Samples.deal(1000 + i, 100, SELF, DealState.ACCEPTED));
        spawn();

        chain.mine();
        for (int i = 0; i < 200; i++) chain.awaitSubmitted(Call.SubmitProof.class);
        chain.mine();

        for (int i = 0; i < 200; i++) assertThat(chain.deal(1000 + i).state()).isEqualTo(DealState.ACTIVE);
    }
}
