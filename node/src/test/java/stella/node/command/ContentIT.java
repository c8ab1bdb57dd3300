package stella.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.node.api.ApiSettings;
import stella.node.api.TestServer;
import stella.node.cli.CliRun;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.unixfs.Subtree;

/** {@code stella get}, {@code cat} and {@code ls} through a gateway that may lie. */
class ContentIT {
    private static final byte[] MODEL = new byte[(3 << 20) + 17];

    static {
        new Random(1).nextBytes(MODEL);
    }

    @TempDir
    private Path folder;

    private final TestContent content = new TestContent();
    private TestServer server;
    private Path out;

    @BeforeEach
    void start() {
        server = TestServer.start(folder.resolve("node"), ApiSettings.DEFAULT, content::gateway);
        out = folder.resolve("out");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void writesAFile() throws IOException {
        Cid cid = content.file(MODEL).cid();

        CliRun run = stella("get", cid.toString(), "-o", out.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(out).hasBinaryContent(MODEL);
        assertThat(filesBeside(out)).containsExactly("node", "out");
    }

    @Test
    void writesAnEmptyFile() throws IOException {
        Cid cid = content.file(new byte[0]).cid();

        stella("get", cid.toString(), "-o", out.toString());

        assertThat(out).isEmptyFile();
    }

    @Test
    void writesARange() throws IOException {
        Cid cid = content.file(MODEL).cid();

        stella("get", cid.toString(), "-o", out.toString(), "--range", "1048570-2097160");

        assertThat(out).hasBinaryContent(Arrays.copyOfRange(MODEL, 1048570, 2097161));
    }

    @Test
    void writesADirectoryWithStrangeButHarmlessNames() throws IOException {
        Subtree file = content.file(text("inner"));
        Subtree inner = content.directory(Map.of("файл ünïcode", file, "..hidden", file));
        Cid cid = content.directory(Map.of("日本", inner, "plain.txt", content.file(text("plain"))))
                .cid();

        CliRun run = stella("get", cid.toString(), "-o", out.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(out.resolve("plain.txt")).hasContent("plain");
        assertThat(out.resolve("日本").resolve("файл ünïcode")).hasContent("inner");
        assertThat(out.resolve("日本").resolve("..hidden")).hasContent("inner");
    }

    @Test
    void writesOneFileOfADirectory() throws IOException {
        Cid cid = content.directory(Map.of("a", content.directory(Map.of("b.txt", content.file(text("b"))))))
                .cid();

        stella("get", cid.toString(), "a/b.txt", "-o", out.toString());

        assertThat(out).hasContent("b");
    }

    @Test
    void staysInsideItsTarget() throws IOException {
        for (String name : List.of("..", "../escaped", "/tmp/escaped", ".", "a/b", "")) {
            Cid cid = content.directoryWith(name, content.file(text("evil")));

            CliRun run = stella("get", cid.toString(), "-o", out.toString());

            assertThat(run.exitCode()).as(name).isEqualTo(6);
            assertThat(out).doesNotExist();
        }
        assertThat(filesBeside(out)).containsExactly("node");
    }

    @Test
    void refusesASymlinkThatLeadsOut() throws IOException {
        Cid cid =
                content.directory(Map.of("link", content.symlink("../../etc"))).cid();

        CliRun run = stella("get", cid.toString(), "-o", out.toString());

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesWrongBytesWhateverTheGatewaySays() throws IOException {
        Cid cid = content.file(MODEL).cid();
        String last =
                Cid.of(Codec.RAW, Bytes.slice(MODEL, 3 << 20, MODEL.length)).toString();
        content.blocks.put(last, Bytes.utf8("other bytes"));

        CliRun run = stella("get", cid.toString(), "-o", out.toString());

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("error: block " + last + " is wrong");
        assertThat(out).doesNotExist();
    }

    @Test
    void goesOnWhereAnEarlierDownloadStopped() throws IOException {
        Cid cid = content.file(MODEL).cid();
        String last =
                Cid.of(Codec.RAW, Bytes.slice(MODEL, 3 << 20, MODEL.length)).toString();
        Bytes block = content.blocks.remove(last);
        CliRun broken = stella("get", cid.toString(), "-o", out.toString());
        content.blocks.put(last, block);
        // what came before is not asked for again
        content.blocks.remove(Cid.of(Codec.RAW, Bytes.slice(MODEL, 0, 1 << 20)).toString());

        CliRun resumed = stella("get", cid.toString(), "-o", out.toString(), "--output", "json");

        assertThat(broken.exitCode()).isEqualTo(3);
        assertThat(resumed.out()).contains("\"resumedBytes\":" + (3 << 20));
        assertThat(out).hasBinaryContent(MODEL);
        assertThat(filesBeside(out)).containsExactly("node", "out");
    }

    @Test
    void overwritesNothing() throws IOException {
        Files.writeString(out, "mine");
        Cid cid = content.file(MODEL).cid();

        CliRun run = stella("get", cid.toString(), "-o", out.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("exists already", "--force");
        assertThat(out).hasContent("mine");
    }

    @Test
    void overwritesAFileByForce() throws IOException {
        Files.writeString(out, "mine");
        Cid cid = content.file(MODEL).cid();

        CliRun run = stella("get", cid.toString(), "-o", out.toString(), "--force");

        assertThat(run.exitCode()).isZero();
        assertThat(out).hasBinaryContent(MODEL);
    }

    @Test
    void saysThatNobodyServesTheContent() {
        CliRun run = stella("get", Cid.of(Codec.RAW, Bytes.utf8("nowhere")).toString());

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("error: no Store of this network serves bafkrei", "try: `./stella deal ls`");
    }

    @Test
    void saysThatAPathLeadsNowhere() throws IOException {
        Cid cid = content.directory(Map.of("a", content.file(text("a")))).cid();

        CliRun run = stella("cat", cid.toString(), "b");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("b");
    }

    @Test
    void refusesABadCid() {
        CliRun run = stella("get", "bafyNOT");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'bafyNOT' is no CID");
    }

    @Test
    void refusesABadRange() throws IOException {
        Cid cid = content.file(MODEL).cid();

        CliRun run = stella("get", cid.toString(), "--range", "9-3");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'9-3' is no range of bytes");
    }

    @Test
    void writesBytesToStandardOutput() throws IOException {
        Cid cid = content.file(MODEL).cid();

        assertThat(stella("cat", cid.toString()).outBytes()).isEqualTo(Bytes.of(MODEL));
        assertThat(stella("get", cid.toString(), "-o", "-", "--range", "3-5").outBytes())
                .isEqualTo(Bytes.slice(MODEL, 3, 6));
    }

    @Test
    void refusesToWriteADirectoryToStandardOutput() throws IOException {
        Cid cid = content.directory(Map.of()).cid();

        assertThat(stella("cat", cid.toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void listsADirectory() throws IOException {
        Subtree directory = content.directory(Map.of(
                "model",
                content.file(MODEL),
                "small.txt",
                content.file(text("small")),
                "link",
                content.symlink("model")));

        CliRun run = stella("ls", directory.cid().toString(), "--output", "plain");

        assertThat(run.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("symlink\t0\t").endsWith("\tlink"),
                        line -> assertThat(line)
                                .startsWith("file\t" + MODEL.length + "\t")
                                .endsWith("\tmodel"),
                        line -> assertThat(line).startsWith("file\t5\t").endsWith("\tsmall.txt"));
    }

    @Test
    void needsNoNodeWithAGatewayOfItsOwn() throws IOException {
        Cid cid = content.file(text("hello")).cid();

        CliRun run = CliRun.stella("cat", cid.toString(), "--gateway", server.url, "--data", folder.toString());

        assertThat(run.out()).isEqualTo("hello");
    }

    private CliRun stella(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--node", server.url));
        return CliRun.stella(all.toArray(String[]::new));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> filesBeside(Path path) throws IOException {
        try (var files = Files.list(path.getParent())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
