package stella.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;

/** Reads the second trace aloud: store 101 drops content and is suspended for retrieval. */
class StoryTest {
    private static final Bytes DROPPER = Vectors.id(101);
    private final List<ChangeRecord> changes = new ArrayList<>();
    private State state = State.EMPTY;

    StoryTest() {
        for (JsonNode epoch : Vectors.ALL.get("traces").get(1).get("epochs")) {
            EpochFunction.Result result = EpochFunction.apply(state, Vectors.evidence(epoch.get("evidence")));
            state = result.state();
            changes.addAll(result.changes());
            SubjectState dropper = state.subjects().get(DROPPER);
            if (dropper != null && !dropper.standing().isActive()) return;
        }
    }

    @Test
    void aSuspensionIsToldWithItsWayBack() {
        assertThat(Story.now(state, DROPPER))
                .anySatisfy(line -> assertThat(line).startsWith("Suspended in epoch 11"))
                .anySatisfy(line -> assertThat(line).contains("of 12.5 from inspections"))
                .anySatisfy(line -> assertThat(line).contains("back on probation after 96 more items"));
    }

    @Test
    void theChangeNamesItemsCommitteeWeightsAndVerdicts() {
        ChangeRecord suspension = changes.stream()
                .filter(change -> change.id().equals(DROPPER) && change.why().isPresent())
                .findFirst()
                .orElseThrow();

        List<String> story = Story.of(suspension);

        assertThat(story.getFirst()).startsWith("Epoch 11 (retrieval): Trusted to Suspended, evidence ");
        assertThat(story).hasSizeGreaterThan(1);
        assertThat(story.get(1)).contains("close look").contains("weight").contains("FAIL");
    }

    @Test
    void whatIsUnknownIsSaidToBe() {
        assertThat(Story.now(state, Vectors.id(999))).containsExactly("Nothing is known of it up to epoch 11.");
    }

    @Test
    void anInspectorHearsOfTrustAndWeight() {
        assertThat(Story.now(state, Vectors.id(1)).getFirst()).startsWith("Trusted in epoch 11 with a trust of ");
    }
}
