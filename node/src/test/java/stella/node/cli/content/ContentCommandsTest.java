package stella.node.cli.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.node.cli.CliRun;
import stella.protocol.Bytes;

class ContentCommandsTest {
    private static final String HELLO = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";
    private static final String SEED = "ab".repeat(32);

    @TempDir
    Path folder;

    private Path hello;
    private Path photos;
    private byte[] picture;

    @BeforeEach
    void writeSources() throws IOException {
        hello = Files.writeString(folder.resolve("hello.txt"), "hello world");
        photos = folder.resolve("photos");
        Files.createDirectories(photos.resolve("2026"));
        picture = new byte[2_000_000];
        new Random(7).nextBytes(picture);
        Files.write(photos.resolve("2026/cat.jpg"), picture);
        Files.writeString(photos.resolve("readme.txt"), "hello world");
    }

    @Test
    void printsTheCidAlone() {
        CliRun run = CliRun.stella("cid", hello.toString());

        assertThat(run.out()).isEqualTo(HELLO + "\n");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void printsTheCidOfStandardInputUnderAnyProfile() {
        assertThat(CliRun.withInput(Bytes.utf8("hello world").toArray(), "cid", "-", "--profile", "unixfs-v0-2015")
                        .out())
                .isEqualTo("Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD\n");
    }

    @Test
    void tellsMoreAboutTheCidInJson() throws IOException {
        JsonNode json = json(CliRun.stella("cid", photos.toString(), "--output", "json"));

        assertThat(names(json)).containsExactly("cid", "profile", "size", "blocks");
        assertThat(json.get("size").asLong()).isEqualTo(2_000_011);
        assertThat(json.get("blocks").asLong()).isEqualTo(6);
    }

    @Test
    void saysWhichFileIsNotThere() {
        for (String command : List.of("cid", "commp")) {
            CliRun run = CliRun.stella(command, "nowhere");

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err())
                    .startsWith("error: there is no file or directory nowhere\n")
                    .contains("try: ");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void printsThePieceCidAlone() {
        // vectors/content.json, frc0069: 127 zero bytes
        CliRun run = CliRun.withInput(new byte[127], "commp", "-");

        assertThat(run.out()).isEqualTo("bafkzcibcaabdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigmy\n");
    }

    @Test
    void tellsAllAboutThePieceInJson() throws IOException {
        JsonNode json = json(CliRun.withInput(new byte[128], "commp", "-", "--output", "json"));

        assertThat(names(json))
                .containsExactly("pieceCid", "pieceCidV1", "paddedSize", "height", "padding", "root", "size");
        assertThat(json.get("paddedSize").asLong()).isEqualTo(256);
        assertThat(json.get("padding").asLong()).isEqualTo(126);
    }

    @Test
    void packsListsVerifiesAndExtracts() throws IOException {
        String car = folder.resolve("photos.car").toString();
        JsonNode packed = json(CliRun.stella("car", "pack", photos.toString(), "-o", car, "--output", "json"));
        JsonNode verified = json(CliRun.stella("car", "verify", car, "--output", "json"));
        CliRun files = CliRun.stella("car", "ls", car, "--output", "plain");
        CliRun blocks = CliRun.stella("car", "ls", car, "--blocks", "--output", "ndjson");
        String back = folder.resolve("back").toString();
        CliRun extracted = CliRun.stella("car", "extract", car, "-o", back);

        assertThat(verified.get("cid")).isEqualTo(packed.get("cid"));
        assertThat(verified.get("pieceCid")).isEqualTo(packed.get("pieceCid"));
        assertThat(files.out().lines())
                .hasSize(4)
                .anyMatch(line -> line.matches("file\t2000000\tbafy\\w+\t/2026/cat.jpg"));
        assertThat(blocks.out().lines()).hasSize(packed.get("blocks").asInt());
        assertThat(extracted.exitCode()).isZero();
        assertThat(Path.of(back, "2026/cat.jpg")).hasBinaryContent(picture);
    }

    @Test
    void writesOneFileOfACarToStandardOutput() {
        String car = pack();

        CliRun run = CliRun.stella("car", "extract", car, "2026/cat.jpg", "-o", "-");

        assertThat(run.outBytes()).isEqualTo(Bytes.of(picture));
        assertThat(CliRun.stella("car", "extract", car, "2026/dog.jpg", "-o", "-")
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void overwritesNothing() {
        String car = pack();

        assertThat(CliRun.stella("car", "pack", photos.toString(), "-o", car).exitCode())
                .isEqualTo(1);
        assertThat(CliRun.stella("car", "extract", car, "-o", photos.toString()).exitCode())
                .isEqualTo(1);
    }

    @Test
    void saysWhatIsWrongWithADamagedCar() throws IOException {
        String car = pack();
        damage(car);

        CliRun run = CliRun.stella("car", "verify", car);

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("error: " + car + " is not sound\ncause: the bytes of block");
        assertThat(CliRun.stella(
                                "car",
                                "extract",
                                car,
                                "-o",
                                folder.resolve("back").toString())
                        .exitCode())
                .isEqualTo(6);
        assertThat(folder.resolve("back")).doesNotExist();
    }

    @Test
    void verifiesAgainstWhatIsExpected() {
        String car = pack();

        assertThat(CliRun.stella("car", "verify", car, "--root", HELLO).err()).contains("not " + HELLO);
        assertThat(CliRun.stella("car", "verify", car, "--root", HELLO).exitCode())
                .isEqualTo(6);
        assertThat(CliRun.stella("car", "verify", car, "--root", "nonsense").exitCode())
                .isEqualTo(2);
        assertThat(CliRun.stella("car", "verify", hello.toString()).exitCode()).isEqualTo(6);
    }

    @Test
    void provesPossessionAndVerifiesTheProof() throws IOException {
        String car = pack();
        String piece = CliRun.stella("commp", car).out().strip();
        CliRun made = CliRun.stella("proof", "make", car, "--seed", SEED, "--deal", "7");
        Path proof = Files.writeString(folder.resolve("proof.json"), made.out());

        assertThat(json(made).get("answers")).hasSize(5);
        assertThat(CliRun.stella("proof", "verify", piece, proof.toString()).exitCode())
                .isZero();
        assertThat(CliRun.withInput(
                                made.outBytes().toArray(), "proof", "verify", piece, "-", "--deal", "7", "--seed", SEED)
                        .exitCode())
                .isZero();
    }

    @Test
    void refusesProofsForAnotherDealSeedOrPieceAndChangedOnes() throws IOException {
        String car = pack();
        String piece = CliRun.stella("commp", car).out().strip();
        String other = CliRun.stella("commp", hello.toString()).out().strip();
        String proof = CliRun.stella("proof", "make", car, "--seed", SEED, "--deal", "7")
                .out();
        char digit = proof.charAt(proof.indexOf("\"leaf\":\"0x") + 12);
        String changed = proof.replaceFirst("(\"leaf\":\"0x..).", "$1" + (digit == '0' ? '1' : '0'));

        assertThat(verify(proof, piece).exitCode()).isZero();
        assertThat(verify(proof, piece, "--deal", "8").err()).contains("it is for deal 7");
        assertThat(verify(proof, piece, "--seed", "cd".repeat(32)).err()).contains("it answers seed 0xabab");
        assertThat(verify(proof, other).err()).contains("it is for piece " + piece);
        assertThat(verify(proof.replace("\"deal\":\"7\"", "\"deal\":\"8\""), piece)
                        .err())
                .contains("demands leaf");
        assertThat(verify(changed, piece).err()).contains("does not lead to the root");
        for (String garbage :
                List.of("", "{}", "[]", "{\"answers\":[{}]}", proof.substring(0, 500), proof.replace("0x", "0y")))
            assertThat(verify(garbage, piece).exitCode()).as(garbage).isEqualTo(6);
    }

    @Test
    void doesNotProveADamagedCar() throws IOException {
        String car = pack();
        String piece = CliRun.stella("commp", car).out().strip();
        damage(car);

        CliRun run = CliRun.stella(
                "proof", "make", car, "--seed", SEED, "--deal", "7", "--piece", piece, "--challenges", "500");

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("is damaged");
    }

    private String pack() {
        String car = folder.resolve("photos.car").toString();
        assertThat(CliRun.stella("car", "pack", photos.toString(), "-o", car).exitCode())
                .isZero();
        return car;
    }

    private static CliRun verify(String proof, String piece, String... options) {
        String[] arguments = Arrays.copyOf(new String[] {"proof", "verify", piece, "-"}, 4 + options.length);
        System.arraycopy(options, 0, arguments, 4, options.length);
        return CliRun.withInput(Bytes.utf8(proof).toArray(), arguments);
    }

    private static void damage(String car) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(car));
        bytes[1_500_000] ^= 1;
        Files.write(Path.of(car), bytes);
    }

    private static JsonNode json(CliRun run) throws IOException {
        return new ObjectMapper().readTree(run.out());
    }

    private static List<String> names(JsonNode json) {
        return json.propertyStream().map(Map.Entry::getKey).toList();
    }
}
