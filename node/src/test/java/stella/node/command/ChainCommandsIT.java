package stella.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.devchain.BlockMode;
import stella.devchain.DevChain;
import stella.devchain.DevChainSettings;
import stella.node.cli.CliRun;

class ChainCommandsIT {
    private static final Path VECTORS = Path.of("..", "vectors", "node");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = "development")
    void aSpecificationBeginsAChain(String preset) throws IOException {
        Path file = folder.resolve("spec.json");

        CliRun run = CliRun.stella("chain", "spec", "--preset", preset, "-o", file.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode specification = JSON.readTree(file.toFile());
        assertThat(specification.get("id").asText()).isEqualTo("stella_" + preset);
        assertThat(specification.has("relay_chain")).isTrue();
        assertThat(specification.get("para_id").isInt()).isTrue();
        assertThat(specification.at("/properties/tokenSymbol").asText()).isEqualTo("STL");
        try (DevChain chain = DevChain.start(
                DevChainSettings.standard().withSpecification(file).withMode(BlockMode.manual()))) {
            chain.newBlock();
            assertThat(chain.bestNumber()).isEqualTo(1);
        }
    }

    @Test
    void aSpecificationOnStandardOutputIsOneJsonDocument() throws IOException {
        CliRun run = CliRun.stella("chain", "spec");

        assertThat(run.exitCode()).isZero();
        assertThat(JSON.readTree(run.out()).at("/genesis/raw/top").size()).isGreaterThan(20);
    }

    @Test
    void anUnknownPresetIsRefusedWithThoseThatThereAre() {
        CliRun run = CliRun.stella("chain", "spec", "--preset", "nothing");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("nothing", "development");
    }

    @Test
    void aFileIsNeverWrittenOver() throws IOException {
        Path file = Files.writeString(folder.resolve("there"), "mine");

        assertThat(CliRun.stella("chain", "spec", "-o", file.toString()).exitCode())
                .isEqualTo(1);
        assertThat(file).hasContent("mine");
    }

    @Test
    void theRecordingOfARealNodeIsReplayed() {
        CliRun run = replay(VECTORS.resolve("blocks.json.gz"), "--output", "json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"blocks\":", "\"stateRoot\":\"0x");
    }

    @Test
    void aRecordingThatDiffersIsRefusedAtTheFirstDifference() throws IOException {
        ObjectNode recording = recording();
        ObjectNode header = (ObjectNode) recording.get("blocks").get(3).get("header");
        header.put("stateRoot", "0x" + "11".repeat(32));

        CliRun run = replay(write(recording));

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("block 3");
    }

    @Test
    void aBlockWithOtherContentIsRefusedByTheRuntime() throws IOException {
        ObjectNode recording = recording();
        ((com.fasterxml.jackson.databind.node.ArrayNode)
                        recording.get("blocks").get(2).get("extrinsics"))
                .remove(0);

        CliRun run = replay(write(recording));

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("block 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"blocks\":[7]}", "{\"blocks\":[{}]}", "{\"blocks\":[", "nonsense"})
    void whatIsNoRecordingIsRefusedInWords(String text) throws IOException {
        CliRun run = replay(Files.writeString(folder.resolve("bad.json"), text));

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).startsWith("error: ").doesNotContain("Exception");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(replay(folder.resolve("none")).err()).contains("there is no file");
    }

    private static CliRun replay(Path recording, String... more) {
        String[] arguments = new String[5 + more.length];
        arguments[0] = "chain";
        arguments[1] = "import";
        arguments[2] = recording.toString();
        arguments[3] = "--spec";
        arguments[4] = VECTORS.resolve("spec.json.gz").toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        return CliRun.stella(arguments);
    }

    private static ObjectNode recording() throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(VECTORS.resolve("blocks.json.gz")))) {
            return (ObjectNode) JSON.readTree(in);
        }
    }

    private Path write(ObjectNode recording) throws IOException {
        Path file = folder.resolve("recording.json");
        JSON.writeValue(file.toFile(), recording);
        return file;
    }
}
