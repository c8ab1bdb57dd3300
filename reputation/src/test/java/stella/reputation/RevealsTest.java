package stella.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;
import stella.reputation.IgnoredVerdicts.Reason;
import stella.reputation.Reveals.Assignment;
import stella.reputation.Reveals.Claim;

/** What counts for nothing, and under which name. */
class RevealsTest {
    private static final Bytes STORE = Vectors.id(100);
    private static final Bytes OTHER_STORE = Vectors.id(101);
    private static final Bytes ALICE = Vectors.id(1);
    private static final Bytes BOB = Vectors.id(2);
    private static final Bytes STRANGER = Vectors.id(3);
    private static final List<Bytes> ITEMS = List.of(Vectors.id(7), Vectors.id(8));

    private final Reveals reveals = new Reveals(5, List.of(assignment(STORE)));

    @Test
    void whatWasAskedIsNoted() {
        reveals.add(ALICE, 5, List.of(new Claim(STORE, 1, Sighting.OK), new Claim(STORE, 0, Sighting.FAIL)));

        assertThat(reveals.tasks().getFirst().sightings())
                .containsEntry(ALICE, List.of(Sighting.FAIL, Sighting.OK))
                .containsEntry(BOB, List.of(Sighting.NOTHING, Sighting.NOTHING));
        assertThat(reveals.ignored()).isEqualTo(IgnoredVerdicts.NONE);
    }

    @Test
    void ofTwoVerdictsAboutAnItemTheFirstCounts() {
        reveals.add(ALICE, 5, List.of(new Claim(STORE, 0, Sighting.FAIL), new Claim(STORE, 0, Sighting.OK)));

        assertThat(row(ALICE)).containsExactly(Sighting.FAIL, Sighting.NOTHING);
        assertThat(reveals.ignored().byReason()).isEqualTo(Map.of(Reason.DUPLICATE, 1));
    }

    @Test
    void aVoidedVerdictKeepsItsPlaceAsTheFirst() {
        reveals.add(ALICE, 5, List.of(new Claim(STORE, 0, Sighting.NOTHING), new Claim(STORE, 0, Sighting.OK)));

        assertThat(row(ALICE)).containsExactly(Sighting.NOTHING, Sighting.NOTHING);
        assertThat(reveals.ignored().byReason()).isEqualTo(Map.of(Reason.DUPLICATE, 1));
    }

    @Test
    void everyObstacleHasItsReason() {
        reveals.add(ALICE, 4, List.of(new Claim(STORE, 0, Sighting.FAIL)));
        reveals.add(ALICE, 5, List.of(new Claim(OTHER_STORE, 0, Sighting.FAIL)));
        reveals.add(STRANGER, 5, List.of(new Claim(STORE, 0, Sighting.FAIL)));
        reveals.add(ALICE, 5, List.of(new Claim(STORE, 2, Sighting.FAIL), new Claim(STORE, -1, Sighting.FAIL)));

        assertThat(reveals.ignored().byReason())
                .isEqualTo(
                        Map.of(Reason.LATE, 1, Reason.UNKNOWN_SUBJECT, 1, Reason.OUT_OF_TASK, 1, Reason.MALFORMED, 2));
        assertThat(reveals.ignored().total()).isEqualTo(5);
        assertThat(row(ALICE)).containsExactly(Sighting.NOTHING, Sighting.NOTHING);
    }

    @Test
    void aSubjectHasOneTask() {
        List<Assignment> twice = List.of(assignment(STORE), assignment(STORE));

        assertThatThrownBy(() -> new Reveals(5, twice)).hasMessageContaining("two tasks");
    }

    @Test
    void theEpochFunctionCountsWhoIsNoLongerThere() {
        State state = EpochFunction.apply(
                        State.EMPTY,
                        Evidence.of(1)
                                .subjectJoins(STORE, SubjectKind.STORE, Standing.TRUSTED)
                                .inspectorJoins(ALICE, true, Standing.TRUSTED)
                                .inspectorJoins(BOB, false, Standing.DISQUALIFIED)
                                .build())
                .state();
        Reveals said = new Reveals(2, List.of(assignment(STORE), assignment(OTHER_STORE)))
                .add(ALICE, 2, List.of(new Claim(STORE, 0, Sighting.OK), new Claim(OTHER_STORE, 0, Sighting.OK)))
                .add(BOB, 2, List.of(new Claim(STORE, 0, Sighting.FAIL), new Claim(STORE, 1, Sighting.FAIL)));

        IgnoredVerdicts ignored =
                EpochFunction.apply(state, Evidence.of(2).reveals(said).build()).ignored();

        assertThat(ignored.byReason()).isEqualTo(Map.of(Reason.UNKNOWN_SUBJECT, 1, Reason.INACTIVE_INSPECTOR, 2));
        assertThat(EpochFunction.apply(State.EMPTY, withStore(said)).ignored().byReason())
                .isEqualTo(Map.of(Reason.UNKNOWN_SUBJECT, 1, Reason.UNKNOWN_INSPECTOR, 3));
    }

    private static Evidence withStore(Reveals said) {
        return Evidence.of(2)
                .subjectJoins(STORE, SubjectKind.STORE, Standing.TRUSTED)
                .reveals(said)
                .build();
    }

    private List<Sighting> row(Bytes inspector) {
        return reveals.tasks().getFirst().sightings().getOrDefault(inspector, List.of());
    }

    private static Assignment assignment(Bytes subject) {
        return new Assignment(subject, ITEMS, new TreeSet<>(List.of(ALICE, BOB)), Optional.empty());
    }
}
