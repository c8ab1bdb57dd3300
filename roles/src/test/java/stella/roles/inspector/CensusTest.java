package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.inspector.FakeChain.account;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.deal.Tier;
import stella.protocol.inspection.Committee;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.Item;
import stella.protocol.role.Appeal;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.reputation.InspectorState;
import stella.reputation.Pairs;
import stella.reputation.State;
import stella.reputation.SubjectKind;
import stella.reputation.SubjectState;
import stella.roles.Ledger;

class CensusTest {
    private static final long FIRST_BLOCK = 100;
    private static final Content CONTENT = Content.random(1);
    private static final AccountId STORE = account(101);
    private static final AccountId IDLE = account(102);
    private static final AccountId GATEWAY = account(103);

    private final java.util.Map<RoleId, Appeal> appeals = new java.util.TreeMap<>();
    private final List<RoleEntry> roles = new ArrayList<>();
    private final List<Deal> deals = new ArrayList<>();
    private final Map<Ledger.Node, ReputationEntry> reputation = new TreeMap<>();
    private State adopted = State.EMPTY;

    CensusTest() {
        for (int i = 1; i <= 30; i++) role(Role.INSPECTOR, account(i), Optional.empty(), Optional.empty());
        role(Role.STORE, STORE, Optional.empty(), Optional.empty());
        role(Role.STORE, IDLE, Optional.empty(), Optional.empty());
        role(Role.FETCH, GATEWAY, Optional.empty(), Optional.empty());
        deals.add(deal(7, STORE, DealState.ACTIVE));
        deals.add(deal(8, STORE, DealState.ACCEPTED));
    }

    @Test
    void aStoreAnswersForItsActiveDealsAndAFetchForAll() {
        Plan plan = plan();

        assertThat(plan.assignments()).containsOnlyKeys(RoleId.store(STORE), RoleId.fetch(GATEWAY));
        assertThat(plan.assignments().values())
                .allSatisfy(assignment -> assertThat(assignment.items())
                        .hasSize(4)
                        .allSatisfy(item -> assertThat(item.deal()).isEqualTo(7)));
    }

    @Test
    void aRegularCommitteeHasNineMembers() {
        assertThat(assignment(RoleId.store(STORE)).committee().members()).hasSize(9);
        assertThat(assignment(RoleId.store(STORE)).closeLook()).isFalse();
    }

    @Test
    void aCloseLookHasTwentyFourAndAnchorsAndBeginsWithWhatIsDue() {
        Item due = new Item(7, Digests.blake2b256(Bytes.utf8("due")));
        Item gone = new Item(5, Digests.blake2b256(Bytes.utf8("gone")));
        adopt(RoleId.store(STORE), Standing.TRUSTED, true, List.of(gone.id(), due.id()));

        Plan.Assignment assignment = assignment(RoleId.store(STORE));

        assertThat(assignment.closeLook()).isTrue();
        assertThat(assignment.committee().members()).hasSizeBetween(24, 27).contains(account(1));
        assertThat(assignment.committee().core()).hasSize(9);
        assertThat(assignment.items()).hasSize(4).startsWith(due).doesNotContain(gone);
    }

    @Test
    void nobodyLooksAtWhoIsDisqualified() {
        adopt(RoleId.store(STORE), Standing.DISQUALIFIED, false, List.of());

        assertThat(plan().assignments()).doesNotContainKey(RoleId.store(STORE));
    }

    @Test
    void onlyInspectorsInGoodStandingAreDrawn() {
        for (int i = 4; i <= 30; i++)
            reputation.put(
                    new Ledger.Node(Role.INSPECTOR, account(i)), new ReputationEntry(0, Standing.SUSPENDED, 0, 1));
        TreeMap<Bytes, InspectorState> known = new TreeMap<>();
        known.put(RoleId.inspector(account(4)).bytes(), InspectorState.newborn(false, Standing.TRUSTED));
        known.put(RoleId.inspector(account(1)).bytes(), InspectorState.newborn(true, Standing.SUSPENDED));
        adopted = new State(1, new TreeMap<>(), known, Pairs.NONE);

        assertThat(assignment(RoleId.store(STORE)).committee().members())
                .as("by the adopted state where it knows them, else by the chain")
                .containsExactly(account(2), account(3), account(4));
    }

    @Test
    void whoLeftBeforeTheEpochIsNoMemberAndWhoLeavesInItStillIs() {
        role(Role.STORE, account(110), Optional.empty(), Optional.of(FIRST_BLOCK - 1));
        role(Role.STORE, account(111), Optional.empty(), Optional.of(FIRST_BLOCK));

        List<RoleId> members =
                census().members(FIRST_BLOCK).stream().map(Member::id).toList();

        assertThat(members).isSorted().contains(RoleId.store(account(111))).doesNotContain(RoleId.store(account(110)));
    }

    @Test
    void membersCarryWhatTheChainSaysOfThem() {
        reputation.put(new Ledger.Node(Role.STORE, STORE), new ReputationEntry(5, Standing.TRUSTED, 0, 1));

        assertThat(census().members(FIRST_BLOCK))
                .contains(new Member(RoleId.store(STORE), "http://101", Optional.empty(), false, Standing.TRUSTED))
                .contains(new Member(
                        RoleId.inspector(account(1)), "http://1", Optional.empty(), true, Standing.PROBATION))
                .contains(new Member(
                        RoleId.inspector(account(9)), "http://9", Optional.empty(), false, Standing.PROBATION));
    }

    @Test
    void theOrderOfTheChainsAnswersDoesNotMatter() {
        Plan straight = plan();
        java.util.Collections.reverse(roles);
        java.util.Collections.reverse(deals);

        assertThat(plan()).isEqualTo(straight);
    }

    @Test
    void anAppealIsHeardByTheLargeCommitteeWithAsManyItemsAgainInTheNextEpochOnly() {
        Plan.Assignment before = assignment();
        appeals.put(RoleId.store(STORE), new Appeal(4, java.math.BigInteger.ONE, 999));
        Plan.Assignment heard = assignment();
        appeals.put(RoleId.store(STORE), new Appeal(3, java.math.BigInteger.ONE, 999));
        Plan.Assignment over = assignment();

        assertThat(before.closeLook()).isFalse();
        assertThat(heard.closeLook()).isTrue();
        assertThat(heard.items()).hasSize(8).startsWith(before.items().toArray(Item[]::new));
        assertThat(heard.committee().members().size()).isGreaterThan(Committee.CLOSE_SIZE - 1);
        assertThat(over).isEqualTo(before);
    }

    private Plan.Assignment assignment() {
        Plan.Assignment assignment = plan().assignments().get(RoleId.store(STORE));
        if (assignment == null) throw new AssertionError("the Store has no items");
        return assignment;
    }

    private Census census() {
        return new Census(
                new EpochInfo(5, Digests.blake2b256(Bytes.utf8("seed")), FIRST_BLOCK),
                roles,
                deals,
                reputation,
                List.of(account(1), account(2), account(3)),
                appeals);
    }

    private Plan plan() {
        return census().plan(adopted, FakeChain.CONSTANTS, FIRST_BLOCK);
    }

    private Plan.Assignment assignment(RoleId subject) {
        Plan.Assignment assignment = plan().assignments().get(subject);
        if (assignment == null) throw new AssertionError("nobody looks at " + subject);
        return assignment;
    }

    private void adopt(RoleId id, Standing standing, boolean close, List<Bytes> due) {
        SubjectState s = SubjectState.newborn(SubjectKind.STORE, standing, 1);
        TreeMap<Bytes, SubjectState> subjects = new TreeMap<>();
        subjects.put(
                id.bytes(),
                new SubjectState(
                        s.kind(),
                        standing,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        1,
                        0,
                        s.online(),
                        false,
                        close,
                        0,
                        due,
                        List.of(),
                        s.score()));
        adopted = new State(1, subjects, new TreeMap<>(), Pairs.NONE);
    }

    private void role(Role role, AccountId account, Optional<AccountId> operator, Optional<Long> leavingSince) {
        String endpoint = "http://" + account.bytes().at(0);
        roles.add(new RoleEntry(role, account, BigInteger.ONE, endpoint, operator, 1, leavingSince, 0));
    }

    private static Deal deal(long id, AccountId store, DealState state) {
        return new Deal(
                id,
                id,
                account(250),
                store,
                CONTENT.root().toBytes(),
                CONTENT.piece(),
                BigInteger.ONE,
                10,
                Tier.HOT,
                state,
                0,
                Optional.of(1L),
                0,
                false,
                0,
                0,
                0,
                BigInteger.ONE,
                BigInteger.ONE,
                0);
    }
}
