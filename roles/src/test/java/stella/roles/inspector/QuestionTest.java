package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.inspector.FakeChain.account;
import static stella.roles.inspector.FakeChain.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.inspection.Committee;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.Item;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.inspection.VerdictId;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.roles.Ledger;
import stella.roles.Transfer;

/** Whoever claims an Ok must be able to show its receipt, and who forges one is found (IN-8). */
class QuestionTest {
    private static final RoleId STORE = RoleId.store(account(101));
    private static final AccountId SELF = account(1);
    private static final AccountId OTHER = account(2);
    private static final AccountId CLAIMS = account(3);
    private static final AccountId CLAIMS_TOO = account(4);

    // --- the policy -------------------------------------------------------------------------------------------------

    private static List<VerdictId> doubts(Outcome own, Map<AccountId, Outcome> others, Set<VerdictId> asked) {
        var members = new TreeSet<>(List.of(SELF, OTHER, CLAIMS, CLAIMS_TOO));
        List<Item> items = List.of(new Item(0, Hash.ZERO));
        Plan plan = new Plan(new TreeMap<>(
                Map.of(STORE, new Plan.Assignment(STORE, items, new Committee(members, members), false))));
        EpochWork work = EpochWork.opened(new EpochInfo(5, Hash.ZERO, 100), List.of(), plan, Hash.ZERO)
                .with(new Fact.Found(5, new Plan.Duty(STORE, 0), Optional.of(own), Optional.empty()));
        Map<AccountId, List<Verdict>> reveals = new TreeMap<>();
        others.forEach(
                (who, outcome) -> reveals.put(who, List.of(new Verdict(Role.STORE, STORE.account(), 0, outcome))));
        return Doubts.of(work, SELF, reveals, asked);
    }

    private static final Outcome OK = new Outcome.Ok(Hash.ZERO);
    private static final Outcome REFUSED = new Outcome.Refused();

    @Test
    void anOkAgainstMoreFailuresIsDoubted() {
        assertThat(doubts(REFUSED, Map.of(OTHER, REFUSED, CLAIMS, OK), Set.of()))
                .containsExactly(new VerdictId(CLAIMS, STORE, 0));
        assertThat(doubts(new Outcome.WrongBytes(), Map.of(OTHER, REFUSED, CLAIMS, OK), Set.of()))
                .hasSize(1);
    }

    @Test
    void ownFailureAloneOrAMinorityOfFailuresDoubtsNobody() {
        assertThat(doubts(REFUSED, Map.of(CLAIMS, OK), Set.of())).isEmpty();
        assertThat(doubts(REFUSED, Map.of(OTHER, REFUSED, CLAIMS, OK, CLAIMS_TOO, OK), Set.of()))
                .isEmpty();
        assertThat(doubts(OK, Map.of(OTHER, REFUSED, CLAIMS, OK), Set.of())).isEmpty();
    }

    @Test
    void silenceAndBrokenAsksContradictNoReceipt() {
        assertThat(doubts(new Outcome.Unreachable(), Map.of(OTHER, REFUSED, CLAIMS, OK), Set.of()))
                .isEmpty();
        assertThat(doubts(new Outcome.AskBroken(), Map.of(OTHER, REFUSED, CLAIMS, OK), Set.of()))
                .isEmpty();
        assertThat(doubts(REFUSED, Map.of(OTHER, new Outcome.Unreachable(), CLAIMS, OK), Set.of()))
                .isEmpty();
    }

    @Test
    void whatIsInQuestionIsNotAskedAgainAndStrangersAreNotAskedAtAll() {
        VerdictId asked = new VerdictId(CLAIMS, STORE, 0);

        assertThat(doubts(REFUSED, Map.of(OTHER, REFUSED, CLAIMS, OK), Set.of(asked)))
                .isEmpty();
        assertThat(doubts(REFUSED, Map.of(OTHER, REFUSED, account(9), OK), Set.of()))
                .isEmpty();
    }

    // --- the network ------------------------------------------------------------------------------------------------

    /** Five Inspectors see a Store refuse; the sixth has an accomplice's word for everything. */
    private static World world(Outcome forged) {
        World world = new World(6);
        AccountId lost = world.store(101);
        world.store(102);
        world.nodes.tamper(endpoint(lost), _ -> new Transfer.Answer.Refused(404, "lost"));
        world.desks.getLast().lie = verdict -> verdict.equals(new Outcome.Refused()) ? forged : verdict;
        return world;
    }

    @Test
    void aForgerIsQuestionedDisqualifiedAndItsVerdictsCountForNothing() {
        World world = world(new Outcome.Ok(Digests.blake2b256(Bytes.utf8("made up"))));
        AccountId forger = account(6);

        world.epochs(5);

        assertThat(world.chain.voided(0)).isNotEmpty().allSatisfy(verdict -> {
            assertThat(verdict.inspector()).isEqualTo(forger);
            assertThat(verdict.subject()).isEqualTo(STORE);
        });
        assertThat(world.chain.answered).isEmpty();
        assertThat(standing(world, forger)).isEqualTo(Standing.DISQUALIFIED);
        assertThat(world.chain.adopted(0)).isPresent();
        assertThat(world.chain.adopted(1)).isPresent();
        assertThat(Objects.requireNonNull(world.desks
                                .getFirst()
                                .memory
                                .adopted()
                                .inspectors()
                                .get(RoleId.inspector(forger).bytes()))
                        .standing())
                .isEqualTo(Standing.DISQUALIFIED);
        assertThat(world.desks.subList(0, 5))
                .allSatisfy(desk -> assertThat(desk.memory.astray()).isEmpty());
    }

    @Test
    void anHonestOkThatStandsAloneIsAnsweredFromTheKeptReceiptEvenAfterARestart() {
        World world = new World(6);
        AccountId selective = world.store(101);
        world.store(102);
        world.nodes.refuse(endpoint(selective), asker -> !asker.equals(account(6)));
        Desk favoured = world.desks.getLast();

        world.epochs(2);
        for (int block = 0; block < FakeChain.EPOCH; block++) {
            favoured.restart();
            world.blocks(1);
        }
        world.epochs(2);

        assertThat(world.chain.answered)
                .isNotEmpty()
                .allSatisfy(
                        question -> assertThat(question.verdict().inspector()).isEqualTo(account(6)));
        assertThat(world.chain.voided(0)).isEmpty();
        assertThat(standing(world, account(6))).isNotEqualTo(Standing.DISQUALIFIED);
        assertThat(world.chain.adopted(0)).isPresent();
    }

    @Test
    void noQuestionIsAskedWhereAllAgree() {
        World world = new World(4);
        world.store(101);
        world.store(102);

        world.epochs(4);

        assertThat(world.chain.voided(0)).isEmpty();
        assertThat(world.chain.answered).isEmpty();
        List<String> outcomes = new ArrayList<>();
        for (Fact fact : world.desks.getFirst().journal)
            if (fact instanceof Fact.Questioned(long _, String outcome)) outcomes.add(outcome);
        assertThat(outcomes).isNotEmpty().containsOnly("no verdict is doubtful");
    }

    private static Standing standing(World world, AccountId inspector) {
        return Objects.requireNonNull(world.chain.reputation().get(new Ledger.Node(Role.INSPECTOR, inspector)))
                .standing();
    }
}
