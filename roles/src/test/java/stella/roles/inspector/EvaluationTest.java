package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.inspector.FakeChain.account;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.inspection.Committee;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.inspection.Item;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.role.Changes;
import stella.protocol.role.ReputationChange;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.reputation.Evidence;
import stella.reputation.InspectorState;
import stella.reputation.Pairs;
import stella.reputation.Sighting;
import stella.reputation.State;
import stella.reputation.SubjectKind;
import stella.reputation.SubjectState;
import stella.roles.Ledger;

class EvaluationTest {
    private static final RoleId STORE = RoleId.store(account(9));
    private static final AccountId ONE = account(1);
    private static final AccountId TWO = account(2);
    private static final AccountId STRANGER = account(3);

    @Test
    void onlyVerdictsOfTheCommitteeAboutItsItemsCount() {
        Map<AccountId, List<Verdict>> reveals = new TreeMap<>();
        reveals.put(
                ONE,
                List.of(
                        verdict(STORE, 1, new Outcome.Refused()),
                        verdict(STORE, 1, new Outcome.Unreachable()), // a second one for the same item
                        verdict(STORE, 4, new Outcome.Refused()), // no such item
                        verdict(RoleId.fetch(account(9)), 0, new Outcome.Refused()))); // no such subject
        reveals.put(STRANGER, List.of(verdict(STORE, 0, new Outcome.Refused())));

        Evidence evidence = Evaluation.evidence(3, State.EMPTY, members(), plan(), findings(reveals));

        assertThat(evidence.tasks().get(STORE.bytes())).satisfies(task -> {
            assertThat(task.sightings().keySet())
                    .containsExactly(
                            RoleId.inspector(ONE).bytes(), RoleId.inspector(TWO).bytes());
            assertThat(task.sightings().get(RoleId.inspector(ONE).bytes()))
                    .containsExactly(Sighting.NOTHING, Sighting.FAIL, Sighting.NOTHING, Sighting.NOTHING);
            assertThat(task.sightings().get(RoleId.inspector(TWO).bytes())).containsOnly(Sighting.NOTHING);
        });
    }

    @Test
    void outcomesAreServedFailedOrUnreached() {
        Map<AccountId, List<Verdict>> reveals = new TreeMap<>();
        reveals.put(
                ONE,
                List.of(
                        verdict(STORE, 0, new Outcome.Ok(Digests.blake2b256(Bytes.EMPTY))),
                        verdict(STORE, 1, new Outcome.WrongBytes()),
                        verdict(STORE, 2, new Outcome.AskBroken()),
                        verdict(STORE, 3, new Outcome.Unreachable())));

        Evidence evidence = Evaluation.evidence(3, State.EMPTY, members(), plan(), findings(reveals));

        assertThat(evidence.tasks().get(STORE.bytes()))
                .satisfies(task -> assertThat(
                                task.sightings().get(RoleId.inspector(ONE).bytes()))
                        .containsExactly(Sighting.OK, Sighting.FAIL, Sighting.FAIL, Sighting.UNREACHABLE));
    }

    @Test
    void whoIsNewJoinsAndWhoIsGoneLeaves() {
        Bytes gone = RoleId.fetch(account(70)).bytes();
        Bytes goneInspector = RoleId.inspector(account(71)).bytes();
        SortedMap<Bytes, SubjectState> subjects = new TreeMap<>();
        subjects.put(gone, SubjectState.newborn(SubjectKind.FETCH, Standing.TRUSTED, 1));
        SortedMap<Bytes, InspectorState> inspectors = new TreeMap<>();
        inspectors.put(goneInspector, InspectorState.newborn(false, Standing.TRUSTED));
        inspectors.put(RoleId.inspector(ONE).bytes(), InspectorState.newborn(true, Standing.TRUSTED));
        State before = new State(2, subjects, inspectors, Pairs.NONE);

        Evidence evidence = Evaluation.evidence(3, before, members(), Plan.NONE, findings(Map.of()));

        assertThat(evidence.leftSubjects()).containsExactly(gone);
        assertThat(evidence.leftInspectors()).containsExactly(goneInspector);
        assertThat(evidence.joinedSubjects()).containsOnlyKeys(STORE.bytes());
        assertThat(evidence.joinedInspectors())
                .containsExactly(
                        Map.entry(RoleId.inspector(TWO).bytes(), new Evidence.NewInspector(false, Standing.PROBATION)));
        assertThat(evidence.hard()).containsExactly(Map.entry(STORE.bytes(), HardEvidence.MISSED));
    }

    @Test
    void changesAreTheDifferencesToTheChain() {
        State state = state(3);
        Map<Ledger.Node, ReputationEntry> onChain = new TreeMap<>();
        RoleId same = store(0);
        onChain.put(
                new Ledger.Node(Role.STORE, same.account()),
                new ReputationEntry(scoreAtBirth(), Standing.PROBATION, 0, 1));
        List<Member> present = members(List.of(store(0), store(1)));

        Changes changes = Evaluation.changes(state, onChain, present);

        assertThat(changes.state()).isEqualTo(state.digest());
        assertThat(changes.entries())
                .containsExactly(
                        new ReputationChange(Role.STORE, store(1).account(), scoreAtBirth(), Standing.PROBATION, 0));
    }

    @Test
    void whenNotAllFitChangedStandingsComeFirstThenTheLongestUnchanged() {
        int count = Evaluation.CHANGES_MAX + 10;
        State state = state(count);
        Map<Ledger.Node, ReputationEntry> onChain = new TreeMap<>();
        List<RoleId> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(store(i));
            Standing standing = i == count - 1 ? Standing.TRUSTED : Standing.PROBATION;
            onChain.put(
                    new Ledger.Node(Role.STORE, store(i).account()),
                    new ReputationEntry(1, standing, 0, i < 10 ? 9 : 5));
        }

        List<RoleId> entries = Evaluation.changes(state, onChain, members(all)).entries().stream()
                .map(entry -> new RoleId(entry.role(), entry.account()))
                .toList();

        assertThat(entries).hasSize(Evaluation.CHANGES_MAX).isSorted();
        assertThat(entries).contains(store(count - 1)).doesNotContain(store(0), store(9));
    }

    // --- builders ---------------------------------------------------------------------------------------------------

    private static int scoreAtBirth() {
        return (int)
                SubjectState.newborn(SubjectKind.STORE, Standing.PROBATION, 1).score();
    }

    private static RoleId store(int number) {
        return RoleId.store(AccountId.of(ByteBuffer.allocate(32).putInt(number).array()));
    }

    private static State state(int stores) {
        SortedMap<Bytes, SubjectState> subjects = new TreeMap<>();
        for (int i = 0; i < stores; i++)
            subjects.put(store(i).bytes(), SubjectState.newborn(SubjectKind.STORE, Standing.PROBATION, 1));
        return new State(3, subjects, new TreeMap<>(), Pairs.NONE);
    }

    private static List<Member> members(List<RoleId> ids) {
        return ids.stream()
                .map(id -> new Member(id, "http://x", Optional.empty(), false, Standing.PROBATION))
                .toList();
    }

    private static List<Member> members() {
        return List.of(
                new Member(STORE, "http://store", Optional.empty(), false, Standing.PROBATION),
                new Member(RoleId.inspector(ONE), "http://one", Optional.empty(), true, Standing.TRUSTED),
                new Member(RoleId.inspector(TWO), "http://two", Optional.empty(), false, Standing.PROBATION));
    }

    private static Plan plan() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 4; i++) items.add(new Item(i, Digests.blake2b256(Bytes.of((byte) i))));
        var members = new TreeSet<>(List.of(ONE, TWO));
        SortedMap<RoleId, Plan.Assignment> assignments = new TreeMap<>();
        assignments.put(STORE, new Plan.Assignment(STORE, items, new Committee(members, members), false));
        return new Plan(assignments);
    }

    private static Evaluation.Findings findings(Map<AccountId, List<Verdict>> reveals) {
        Map<AccountId, HardEvidence> hard = new TreeMap<>();
        hard.put(STORE.account(), HardEvidence.MISSED);
        return new Evaluation.Findings(reveals, hard, Map.of(), Set.of());
    }

    private static Verdict verdict(RoleId subject, int item, Outcome outcome) {
        return new Verdict(subject.role(), subject.account(), item, outcome);
    }
}
