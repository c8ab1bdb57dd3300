package stella.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;

/** The three traces of the specification: every score, standing, pair sum and change of every epoch. */
class TraceVectorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<JsonNode> traces() {
        return Vectors.ALL.get("traces").valueStream();
    }

    @ParameterizedTest
    @MethodSource("traces")
    void everyEpochMatchesDigitForDigit(JsonNode trace) {
        State state = State.EMPTY;
        for (JsonNode epoch : trace.get("epochs")) {
            EpochFunction.Result result = EpochFunction.apply(state, Vectors.evidence(epoch.get("evidence")));
            state = result.state();
            String where = trace.get("name").textValue() + ", epoch " + state.epoch();
            assertThat(subjects(result.outputs())).as(where).isEqualTo(epoch.get("subjects"));
            assertThat(inspectors(result.outputs())).as(where).isEqualTo(epoch.get("inspectors"));
            assertThat(pairs(state.pairs())).as(where).isEqualTo(epoch.get("pairs"));
            assertThat(changes(result.changes())).as(where).isEqualTo(epoch.get("changes"));
        }
    }

    @ParameterizedTest
    @MethodSource("traces")
    void orderOfTheEvidenceDoesNotMatter(JsonNode trace) {
        State straight = State.EMPTY;
        State shuffled = State.EMPTY;
        Random random = new Random(7);
        for (JsonNode epoch : trace.get("epochs")) {
            JsonNode evidence = epoch.get("evidence");
            straight = EpochFunction.apply(straight, Vectors.evidence(evidence)).state();
            shuffled = EpochFunction.apply(shuffled, Vectors.evidence(shuffle(evidence, random)))
                    .state();
        }
        assertThat(StateCodec.encode(shuffled)).isEqualTo(StateCodec.encode(straight));
        assertThat(shuffled.digest()).isEqualTo(straight.digest());
    }

    @ParameterizedTest
    @MethodSource("traces")
    void aDecodedStateGoesOnAsIfNothingHadHappened(JsonNode trace) {
        State straight = State.EMPTY;
        State decoded = State.EMPTY;
        for (JsonNode epoch : trace.get("epochs")) {
            Evidence evidence = Vectors.evidence(epoch.get("evidence"));
            straight = EpochFunction.apply(straight, evidence).state();
            decoded = StateCodec.decode(
                    StateCodec.encode(EpochFunction.apply(decoded, evidence).state()));
            assertThat(decoded).isEqualTo(straight);
        }
    }

    private static JsonNode subjects(Outputs outputs) {
        ObjectNode all = JSON.createObjectNode();
        outputs.subjects().forEach((id, s) -> {
            ArrayNode row = all.putArray(Long.toString(Vectors.number(id)));
            row.add((int) s.score()).add(name(s.standing()));
            row.add((int) s.suspicion())
                    .add((int) s.hardSuspicion())
                    .add((int) s.clean())
                    .add((int) s.online());
            row.add(s.away() ? 1 : 0).add(s.close() ? 1 : 0);
            row.add(numbers(s.due()));
        });
        return all;
    }

    private static ArrayNode numbers(List<Bytes> ids) {
        ArrayNode numbers = JSON.createArrayNode();
        ids.forEach(id -> numbers.add((int) Vectors.number(id)));
        return numbers;
    }

    private static JsonNode inspectors(Outputs outputs) {
        ObjectNode all = JSON.createObjectNode();
        outputs.inspectors()
                .forEach((id, i) -> all.putArray(Long.toString(Vectors.number(id)))
                        .add((int) i.derived())
                        .add((int) i.weight())
                        .add(name(i.standing()))
                        .add((int) i.online()));
        return all;
    }

    private static JsonNode pairs(Pairs pairs) {
        int checks = 0;
        int conflicts = 0;
        int expected = 0;
        for (int i = 0; i < pairs.count(); i++) {
            checks += (int) pairs.checks(i);
            conflicts += (int) pairs.conflicts(i);
            expected += (int) pairs.expected(i);
        }
        return JSON.createArrayNode()
                .add(pairs.count())
                .add(checks)
                .add(conflicts)
                .add(expected);
    }

    private static JsonNode changes(List<ChangeRecord> changes) {
        ArrayNode all = JSON.createArrayNode();
        for (ChangeRecord change : changes) {
            if (change.why().isEmpty()) continue;
            ArrayNode row = all.addArray();
            switch (change) {
                case ChangeRecord.OfSubject s ->
                    row.add("subject")
                            .add((int) Vectors.number(s.id()))
                            .add(s.why().orElseThrow().text())
                            .add(name(s.before().standing()))
                            .add(name(s.after().standing()));
                case ChangeRecord.OfInspector i ->
                    row.add("inspector")
                            .add((int) Vectors.number(i.id()))
                            .add(i.cause().text())
                            .add(name(i.before()))
                            .add(name(i.after()));
            }
        }
        return all;
    }

    private static String name(Standing standing) {
        return standing.name().charAt(0) + standing.name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    private static JsonNode shuffle(JsonNode evidence, Random random) {
        ObjectNode copy = evidence.deepCopy();
        for (var entry : copy.properties()) {
            if (!entry.getValue().isArray()) continue;
            List<JsonNode> rows = new ArrayList<>();
            entry.getValue().forEach(rows::add);
            Collections.shuffle(rows, random);
            entry.setValue(JSON.createArrayNode().addAll(rows));
        }
        return copy;
    }
}
