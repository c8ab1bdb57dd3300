package stella.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stella.node.Seeded;
import stella.node.vault.PieceFeed.Pulled;

@Timeout(60)
class PieceDownloadIT {
    private static final Pattern RANGE = Pattern.compile("Range: bytes=(\\d+)-(\\d+)");
    private static final int SIZE = 300_000;

    @TempDir
    Path folder;

    private final byte[] data = bytes();
    private final PieceDownload download = new PieceDownload(
            TransferSettings.defaults(),
            new DownloadSettings(
                    3, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(50), 1_000_000),
            Seeded.chance(1));

    @Test
    void goesOnWhereTheConnectionBroke() throws IOException {
        List<Long> progress = new ArrayList<>();
        try (ScriptedServer server = new ScriptedServer((head, out, _) -> {
            int from = from(head);
            out.write(head206(from));
            // A third of the file per connection, then the line goes dead.
            out.write(data, from, Math.min(SIZE / 3, SIZE - from));
        })) {
            Pulled pulled = download.pull(server.url(), SIZE, part(), (received, _) -> progress.add(received));

            assertThat(pulled).isEqualTo(new Pulled.Whole(3));
            assertThat(Files.readAllBytes(part())).isEqualTo(data);
            assertThat(progress).isSorted().endsWith((long) SIZE);
        }
    }

    @Test
    void goesOnAfterTheBytesOfAnEarlierLife() throws IOException {
        Files.write(part(), Arrays.copyOf(data, 200_000));
        try (ScriptedServer server = ranges()) {
            Pulled pulled = download.pull(server.url(), SIZE, part(), (_, _) -> {});

            assertThat(pulled).isEqualTo(new Pulled.Whole(1));
            assertThat(server.heads.getFirst()).contains("Range: bytes=200000-299999");
            assertThat(Files.readAllBytes(part())).isEqualTo(data);
        }
    }

    @Test
    void aWholePartIsNotAskedForAgain() throws IOException {
        Files.write(part(), data);
        try (ScriptedServer server = ranges()) {
            assertThat(download.pull(server.url(), SIZE, part(), (_, _) -> {})).isInstanceOf(Pulled.Whole.class);
            assertThat(server.heads).isEmpty();
        }
    }

    @Test
    void aPartLongerThanThePieceBeginsAgain() throws IOException {
        Files.write(part(), new byte[SIZE + 1]);
        try (ScriptedServer server = ranges()) {
            assertThat(download.pull(server.url(), SIZE, part(), (_, _) -> {})).isInstanceOf(Pulled.Whole.class);
            assertThat(Files.readAllBytes(part())).isEqualTo(data);
        }
    }

    @Test
    void aServerWithoutRangesSendsAllAgain() throws IOException {
        Files.write(part(), new byte[1000]);
        try (ScriptedServer server = ScriptedServer.saying("200 OK", data)) {
            assertThat(download.pull(server.url(), SIZE, part(), (_, _) -> {})).isEqualTo(new Pulled.Whole(1));
            assertThat(Files.readAllBytes(part())).isEqualTo(data);
        }
    }

    @Test
    void anotherSizeEndsTheDownload() throws IOException {
        try (ScriptedServer whole = ScriptedServer.saying("200 OK", new byte[10]);
                ScriptedServer ranged = new ScriptedServer((_, out, _) -> out.write(
                        ScriptedServer.message("206 Partial Content\r\nContent-Range: bytes 0-9/10", new byte[10])))) {
            assertThat(download.pull(whole.url(), SIZE, part(), (_, _) -> {})).isEqualTo(new Pulled.WrongSize(10));
            assertThat(download.pull(ranged.url(), SIZE, part(), (_, _) -> {})).isEqualTo(new Pulled.WrongSize(10));
        }
    }

    @Test
    void aStreamWithoutEndFillsNoDisk() throws IOException {
        try (ScriptedServer server = new ScriptedServer((_, out, _) -> {
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            byte[] more = new byte[64 << 10];
            while (true) out.write(more);
        })) {
            assertThat(download.pull(server.url(), SIZE, part(), (_, _) -> {})).isEqualTo(new Pulled.Whole(1));
            assertThat(Files.size(part())).isEqualTo(SIZE);
        }
    }

    @Test
    void anotherRangeThanAskedForIsNotWritten() throws IOException {
        try (ScriptedServer server = new ScriptedServer((_, out, _) -> out.write(
                ScriptedServer.message("206 Partial Content\r\nContent-Range: bytes 5-9/" + SIZE, new byte[5])))) {
            assertThat(download.pull(server.url(), SIZE, part(), (_, _) -> {}))
                    .isEqualTo(new Pulled.Unreachable(1, "the source answered another range than asked for"));
            assertThat(Files.size(part())).isZero();
        }
    }

    @Test
    void givesUpAfterFruitlessAttempts() throws IOException {
        try (ScriptedServer server =
                ScriptedServer.saying("503 Service Unavailable", "busy".getBytes(StandardCharsets.UTF_8))) {
            assertThat(download.pull(server.url(), SIZE, part(), (_, _) -> {}))
                    .isEqualTo(new Pulled.Unreachable(3, "status 503: busy"));
            assertThat(server.heads).hasSize(3);
        }
    }

    @Test
    void aMissingPieceIsNotAskedForTwice() throws IOException {
        try (ScriptedServer server = ScriptedServer.saying("404 Not Found", new byte[0])) {
            assertThat(download.pull(server.url(), SIZE, part(), (_, _) -> {}))
                    .isInstanceOfSatisfying(
                            Pulled.Unreachable.class,
                            u -> assertThat(u.attempts()).isEqualTo(1));
        }
    }

    @Test
    void aHostileSourceIsNotAsked() throws IOException {
        assertThat(download.pull("file:///etc/passwd", SIZE, part(), (_, _) -> {}))
                .isInstanceOfSatisfying(
                        Pulled.Unreachable.class, u -> assertThat(u.attempts()).isZero());
    }

    private ScriptedServer ranges() {
        return new ScriptedServer((head, out, _) -> {
            int from = from(head);
            out.write(head206(from));
            out.write(data, from, SIZE - from);
        });
    }

    private static byte[] head206(int from) {
        return ("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + from + "-" + (SIZE - 1) + "/" + SIZE
                        + "\r\nContent-Length: " + (SIZE - from) + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static int from(String head) {
        Matcher matcher = RANGE.matcher(head);
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private Path part() {
        return folder.resolve("part");
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[SIZE];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
