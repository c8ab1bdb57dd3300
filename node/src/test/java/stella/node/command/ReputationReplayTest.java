package stella.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import stella.node.cli.CliRun;

/** {@code stella reputation replay}: the golden traces pass, the first difference is named, and no file does harm. */
class ReputationReplayTest {
    private static final Path VECTORS = Path.of("../vectors/reputation.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theGoldenTracesAreEqualInEveryValue() throws IOException {
        CliRun run = CliRun.stella("reputation", "replay", VECTORS.toString(), "--output", "json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode facts = JSON.readTree(run.out());
        assertThat(facts.get("traces").intValue()).isEqualTo(3);
        assertThat(facts.get("epochs").intValue()).isEqualTo(160);
    }

    @Test
    void oneTraceAloneIsATrace() throws IOException {
        assertThat(replay(trace(0)).exitCode()).isZero();
    }

    @Test
    void theFirstDifferenceIsNamed() throws IOException {
        ObjectNode trace = trace(0);
        ((ArrayNode) trace.at("/epochs/3/subjects/105")).set(0, 1);
        ((ArrayNode) trace.at("/epochs/4/subjects/101")).set(0, 1);

        CliRun run = replay(trace, "--output", "json");

        assertThat(run.exitCode()).isEqualTo(6);
        JsonNode details = JSON.readTree(run.err()).at("/error/details");
        assertThat(details.get("epoch").intValue()).isEqualTo(4);
        assertThat(details.get("subject").textValue()).isEqualTo("subject 105");
        assertThat(details.get("field").textValue()).isEqualTo("score");
        assertThat(details.get("expected").textValue()).isEqualTo("1");
        assertThat(details.get("found").textValue())
                .isEqualTo(trace(0).at("/epochs/3/subjects/105/0").toString());
    }

    @Test
    void someoneWhoIsExpectedAndNotThereIsADifference() throws IOException {
        ObjectNode trace = trace(0);
        ((ObjectNode) trace.at("/epochs/0/inspectors")).set("999", trace.at("/epochs/0/inspectors/1"));

        CliRun run = replay(trace);

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("epoch 1, inspector 999: presence is not there, the trace expects there");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | must be a JSON object",
                "[] | must be a JSON object",
                "{} | neither",
                "{\"epochs\": 3} | must be a list",
                "{\"epochs\": [3]} | must be an object",
                "{\"traces\": [{\"name\": \"x\"}]} | no \"epochs\"",
                "{\"epochs\": [{}]} | no evidence",
                "{\"epochs\": [{\"evidence\": {\"t\": 1}}]} | \"subjects\"",
                "{\"epochs\": [{\"evidence\": {\"t\": -1}}]} | t is -1",
                "{\"epochs\": [{\"evidence\": {\"t\": 1, \"tusks\": []}}]} | tusks",
                "{\"epochs\": [{\"evidence\": {\"t\": 1, \"tasks\": [[7, [1], {\"1\": \"X\"}]]}}]} | no verdict 'X'",
                "{\"epochs\": [{\"evidence\": {\"t\": 1, \"tasks\": [[7, [1], {\"1\": \"OO\"}]]}}]} | 2 sightings for 1 items",
                "{\"epochs\": [{\"evidence\": {\"t\": 1, \"tasks\": [[7, [1], {\"-1\": \"O\"}]]}}]} | identifier \"-1\"",
                "{\"epochs\": [{\"evidence\": {\"t\": 1, \"leave_subjects\": [99999999999999999999]}}]} | identifier",
                "{\"epochs\": [{\"evidence\": {\"t\": 1, \"join_subjects\": [[1, \"shop\", \"Trusted\"]]}}]} | kind is \"shop\"",
                "{\"epochs\": [], \"epochs\": []} | Duplicate",
                "{\"epochs\": []} x | Unrecognized token",
            })
    void whatIsNoTraceIsRefusedInWords(String file, String reason) {
        CliRun run = CliRun.withInput(file.getBytes(StandardCharsets.UTF_8), "reputation", "replay", "-");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("is no trace of reputation")
                .contains(reason)
                .doesNotContain("defect");
    }

    @Test
    void depthIsBounded() {
        CliRun run = CliRun.withInput(
                "{\"a\":".repeat(50_000).getBytes(StandardCharsets.UTF_8), "reputation", "replay", "-");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("nesting depth");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void aDamagedFileEndsInWordsOrInADifference(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] good = JSON.writeValueAsBytes(trace(1));
        for (int i = 0; i < 25; i++) {
            byte[] bad = good.clone();
            for (int hit = 0; hit < 3; hit++) bad[random.nextInt(20_000)] = (byte) random.nextInt(256);

            CliRun run = CliRun.withInput(bad, "reputation", "replay", "-");

            assertThat(run.exitCode()).isIn(0, 1, 6);
            assertThat(run.err()).doesNotContain("defect");
        }
    }

    @Test
    void aMissingFileIsNotFound() {
        assertThat(CliRun.stella("reputation", "replay", "no-such-file.json").exitCode())
                .isEqualTo(3);
    }

    private static ObjectNode trace(int index) throws IOException {
        return (ObjectNode) JSON.readTree(VECTORS.toFile()).get("traces").get(index);
    }

    private static CliRun replay(JsonNode trace, String... more) throws IOException {
        String[] arguments = new String[3 + more.length];
        System.arraycopy(new String[] {"reputation", "replay", "-"}, 0, arguments, 0, 3);
        System.arraycopy(more, 0, arguments, 3, more.length);
        return CliRun.withInput(JSON.writeValueAsBytes(trace), arguments);
    }
}
