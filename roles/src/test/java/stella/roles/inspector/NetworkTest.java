package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.inspector.FakeChain.account;
import static stella.roles.inspector.FakeChain.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.roles.Ledger;
import stella.roles.Transfer;

/** Several Inspectors on one chain, epoch after epoch, with every rule of the pallet that concerns them. */
class NetworkTest {
    private static final AccountId HONEST = account(101);
    private static final AccountId LOSER = account(102);
    private static final AccountId ABSENT = account(103);

    private final FakeChain chain = new FakeChain();
    private final FakeNodes nodes = new FakeNodes();
    private final List<Desk> desks = new ArrayList<>();

    @BeforeEach
    void threeAnchorsThreeNewcomersAndThreeStores() {
        chain.anchors(List.of(account(1), account(2), account(3)));
        for (int i = 1; i <= 6; i++) {
            chain.register(Role.INSPECTOR, account(i), Optional.empty());
            desks.add(new Desk(chain, account(i), nodes));
        }
        long deal = 0;
        for (AccountId store : List.of(HONEST, LOSER, ABSENT)) {
            chain.register(Role.STORE, store, Optional.empty());
            List<Content> contents = List.of(Content.random(deal), Content.random(deal + 1));
            nodes.serve(endpoint(store), contents);
            for (Content content : contents) chain.deal(deal++, store, content);
        }
        nodes.tamper(endpoint(LOSER), answer -> new Transfer.Answer.Refused(404, "lost"));
        nodes.tamper(endpoint(ABSENT), answer -> new Transfer.Answer.Unreachable("no route"));
        nodes.tamperReceipts(endpoint(ABSENT), answer -> new Transfer.Possession.Unreachable("no route"));
    }

    private void run(long blocks) {
        for (long i = 0; i < blocks; i++) {
            chain.advance();
            desks.forEach(Desk::work);
        }
    }

    @Test
    void everyEpochIsAdoptedWithOneDigest() {
        run(8 * FakeChain.EPOCH);

        for (long epoch = 0; epoch <= 4; epoch++) {
            assertThat(chain.attestations(epoch)).as("epoch %d", epoch).hasSize(6);
            assertThat(chain.attestations(epoch).values().stream().distinct()).hasSize(1);
            assertThat(chain.adopted(epoch)).isPresent();
        }
        assertThat(desks).allSatisfy(desk -> assertThat(desk.memory.astray()).isEmpty());
        assertThat(desks.stream().map(desk -> desk.memory.adopted().digest()).distinct())
                .hasSize(1);
    }

    @Test
    void verdictsSayWhatWasSeen() {
        run(2 * FakeChain.EPOCH);

        assertThat(chain.reveals(0)).hasSize(6);
        for (List<Verdict> verdicts : chain.reveals(0).values()) {
            assertThat(verdicts).hasSize(12);
            for (Verdict verdict : verdicts) {
                if (verdict.subject().equals(HONEST))
                    assertThat(verdict.outcome()).isInstanceOf(Outcome.Ok.class);
                if (verdict.subject().equals(LOSER))
                    assertThat(verdict.outcome()).isEqualTo(new Outcome.Refused());
                if (verdict.subject().equals(ABSENT))
                    assertThat(verdict.outcome()).isEqualTo(new Outcome.Unreachable());
            }
        }
        long receipts = chain.reveals(0).values().stream()
                .flatMap(List::stream)
                .map(Verdict::outcome)
                .filter(Outcome.Ok.class::isInstance)
                .count();
        assertThat(receipts).isEqualTo(24);
    }

    @Test
    void whoLosesContentIsSuspendedAndWhoServesIsNot() {
        run(12 * FakeChain.EPOCH);

        assertThat(entry(Role.STORE, LOSER).standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(entry(Role.STORE, HONEST).standing()).isEqualTo(Standing.PROBATION);
        assertThat(entry(Role.STORE, HONEST).scorePpm()).isGreaterThan(900_000);
        assertThat(desks.getFirst()
                        .memory
                        .adopted()
                        .subjects()
                        .get(RoleId.store(ABSENT).bytes()))
                .satisfies(state -> assertThat(state.away()).isTrue());
        assertThat(Answers.explain(desks.getFirst().memory, RoleId.store(LOSER)).sentences())
                .anySatisfy(line -> assertThat(line).startsWith("Suspended in epoch"))
                .anySatisfy(line -> assertThat(line).contains("(retrieval)"))
                .anySatisfy(line -> assertThat(line).contains("close look").contains("FAIL"));
        assertThat(Answers.explain(desks.getFirst().memory, RoleId.store(LOSER)).evidence())
                .isEqualTo(Answers.explain(desks.getLast().memory, RoleId.store(LOSER))
                        .evidence())
                .anySatisfy(evidence -> assertThat(evidence.text())
                        .startsWith("stella evidence 1\n")
                        .contains("why retrieval\n", "look close", "verdict FAIL weight", "restored by clean"));
    }

    @Test
    void invalidProofsSuspendWithoutAnyInspection() {
        chain.hard(0, HONEST, HardEvidence.INVALID);
        chain.hard(1, HONEST, HardEvidence.INVALID);

        run(4 * FakeChain.EPOCH);

        assertThat(entry(Role.STORE, HONEST).standing()).isEqualTo(Standing.SUSPENDED);
    }

    @Test
    void newcomersEarnWeight() {
        run(16 * FakeChain.EPOCH);

        assertThat(entry(Role.INSPECTOR, account(5)).standing()).isEqualTo(Standing.TRUSTED);
        assertThat(entry(Role.INSPECTOR, account(5)).weightPpm()).isGreaterThan(250_000);
    }

    @Test
    void restartsAtAnyBlockChangeNothing() {
        Random random = new Random(5);
        for (long block = 0; block < 8 * FakeChain.EPOCH; block++) {
            chain.advance();
            for (Desk desk : desks) {
                if (random.nextInt(4) == 0) desk.restart();
                desk.work();
            }
        }

        for (long epoch = 0; epoch <= 4; epoch++) {
            assertThat(chain.reveals(epoch)).as("epoch %d", epoch).hasSize(6);
            assertThat(chain.adopted(epoch)).isPresent();
        }
        assertThat(desks.stream().map(desk -> desk.memory.adopted().digest()).distinct())
                .hasSize(1);
    }

    @Test
    void anEpochWithoutAQuorumIsCarriedOver() {
        run(4 * FakeChain.EPOCH - 1);
        long before = desks.getFirst().memory.adopted().epoch();
        chain.attestationsLost = true;
        run(FakeChain.EPOCH);
        chain.attestationsLost = false;
        run(3 * FakeChain.EPOCH);

        assertThat(before).isZero();
        assertThat(chain.adopted(1)).isPresent();
        assertThat(chain.adopted(2)).isEmpty();
        assertThat(chain.adopted(3)).isPresent();
        assertThat(desks).allSatisfy(desk -> assertThat(desk.memory.astray()).isEmpty());
    }

    @Test
    void aChainOutOfReachIsReadAgainUntilItAnswers() {
        run(FakeChain.EPOCH - 1);
        chain.unreachable = true;
        run(4);
        assertThat(desks.getFirst().failures).containsExactly("open/1");
        chain.unreachable = false;
        run(4 * FakeChain.EPOCH);

        assertThat(chain.reveals(1)).hasSize(6);
        assertThat(chain.adopted(1)).isPresent();
    }

    @Test
    void anInspectorThatWasAwayForEpochsFindsTheWayBack() {
        Desk late = desks.removeLast();
        run(7 * FakeChain.EPOCH + 3);

        late.work();

        assertThat(late.memory.astray()).isEmpty();
        assertThat(late.memory.adopted().digest())
                .isEqualTo(desks.getFirst().memory.adopted().digest());
    }

    @Test
    void anInspectorWithAnotherResultSaysNothingUntilItAgreesAgain() {
        run(5 * FakeChain.EPOCH);
        Desk astray = desks.getLast();
        for (Desk desk : desks) nodes.publish(endpoint(desk.account), _ -> Optional.empty());
        Memory good = astray.memory;
        astray.memory = new Memory(
                Optional.empty(),
                good.opened(),
                good.soundFrom(),
                good.epochs(),
                new Result.None(),
                Optional.empty(),
                good.history());
        run(2 * FakeChain.EPOCH);

        assertThat(astray.memory.astray()).isPresent();
        assertThat(chain.attestations(4)).hasSize(5).doesNotContainKey(astray.account);
        assertThat(chain.adopted(4)).isPresent();
    }

    @Test
    void aDealThatEndedIsNotHeldAgainstAnybody() {
        run(1);
        chain.endDeal(0);
        chain.endDeal(1);
        run(2 * FakeChain.EPOCH);

        List<Verdict> about = chain.reveals(0).getOrDefault(account(1), List.of()).stream()
                .filter(verdict -> verdict.subject().equals(HONEST))
                .toList();
        assertThat(about.size()).isLessThan(4);
        assertThat(about).allSatisfy(verdict -> assertThat(verdict.outcome()).isInstanceOf(Outcome.Ok.class));
    }

    @Test
    void aNodeThatMovedIsFoundAtItsNewEndpoint() {
        nodes.tamper(endpoint(HONEST), answer -> new Transfer.Answer.Unreachable("gone"));
        nodes.serve("http://elsewhere", List.of(Content.random(0), Content.random(1)));
        Desk desk = desks.getFirst();
        chain.advance();
        desk.work();
        desk.journal.add(new Fact.Moved(RoleId.store(HONEST), "http://elsewhere"));
        desk.restart();
        while (chain.height() < 2 * FakeChain.EPOCH - 1) {
            chain.advance();
            desk.work();
        }

        assertThat(chain.reveals(0).get(desk.account))
                .filteredOn(verdict -> verdict.subject().equals(HONEST))
                .anySatisfy(verdict -> assertThat(verdict.outcome()).isInstanceOf(Outcome.Ok.class));
    }

    private ReputationEntry entry(Role role, AccountId account) {
        ReputationEntry entry = chain.reputation().get(new Ledger.Node(role, account));
        if (entry == null) throw new AssertionError("the chain knows no " + role + " " + account);
        return entry;
    }

    /** A block that does not hash to its name. */
    static Transfer.Answer damaged(Transfer.Answer answer) {
        return answer instanceof Transfer.Answer.Block(Bytes data)
                ? new Transfer.Answer.Block(Bytes.concat(data, Bytes.of((byte) 1)))
                : answer;
    }
}
