package stella.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import stella.node.transfer.PossessionMessages;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.car.CarReader;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.piece.Piece;
import stella.protocol.unixfs.Links;
import stella.protocol.unixfs.Subtree;
import stella.roles.Transfer.Possession;

@Timeout(120)
class GatewayServerIT {
    private static final int CHUNK = 256 << 10;

    private final Shelf shelf = new Shelf();
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final byte[] data = bytes(3 * CHUNK + 1000);
    private Served served;
    private Subtree file;
    private Subtree folder;

    @BeforeEach
    void serve() throws Exception {
        file = shelf.file(data);
        folder = shelf.directory(Map.of(
                "model.tflite", file,
                "notes.txt", shelf.file("notes".getBytes(StandardCharsets.UTF_8)),
                "page.html", shelf.file("<p>hi".getBytes(StandardCharsets.UTF_8)),
                "<img src=x onerror=alert(1)>", shelf.file(new byte[1]),
                "site",
                        shelf.directory(
                                Map.of("index.html", shelf.file("<h1>home".getBytes(StandardCharsets.UTF_8))))));
        served = new Served(system -> new GatewayServer(
                system,
                TestDesk.sources(
                        shelf,
                        (piece, leaves) ->
                                CompletableFuture.completedFuture(new Possession.Unreachable("no replica answered"))),
                readers));
    }

    @AfterEach
    void close() throws Exception {
        served.close();
        readers.shutdownNow();
    }

    @Test
    void servesAFileOfManyBlocks() throws Exception {
        HttpResponse<byte[]> response = served.get("/ipfs/" + file.cid());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(data);
        assertThat(header(response, "content-length")).isEqualTo(String.valueOf(data.length));
        assertThat(header(response, "etag")).isEqualTo("\"" + file.cid() + "\"");
        assertThat(header(response, "content-type")).isEqualTo("application/octet-stream");
        assertThat(header(response, "x-ipfs-path")).isEqualTo("/ipfs/" + file.cid());
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,9", "262143,262144", "262144,524287", "100,787000", "787431,787431"})
    void servesRanges(int first, int last) throws Exception {
        HttpResponse<byte[]> response =
                served.get("/ipfs/" + folder.cid() + "/model.tflite", "Range", "bytes=" + first + "-" + last);

        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(data, first, last + 1));
        assertThat(header(response, "content-range")).isEqualTo("bytes " + first + "-" + last + "/" + data.length);
    }

    @Test
    void aRangeReadsNoBlocksFarFromIt() throws Exception {
        List<Cid> leaves = Links.of(file.cid(), shelf.get(file.cid())).stream()
                .map(link -> link.cid())
                .toList();

        served.get("/ipfs/" + file.cid(), "Range", "bytes=" + (2 * CHUNK) + "-" + (2 * CHUNK + 9));

        assertThat(shelf.asked)
                .contains(leaves.get(2).toString())
                .doesNotContain(leaves.get(0).toString());
    }

    @Test
    void rangesBehindTheEndAre416AndSeveralRangesMeanTheWhole() throws Exception {
        String path = "/ipfs/" + file.cid();

        assertThat(served.get(path, "Range", "bytes=" + data.length + "-").statusCode())
                .isEqualTo(416);
        assertThat(served.get(path, "Range", "bytes=0-1,5-6").statusCode()).isEqualTo(200);
    }

    @Test
    void headReadsTheRootOnly() throws Exception {
        HttpResponse<byte[]> response = served.head("/ipfs/" + file.cid());

        assertThat(header(response, "content-length")).isEqualTo(String.valueOf(data.length));
        assertThat(new HashSet<>(shelf.asked)).containsExactly(file.cid().toString());
    }

    @Test
    void aKnownFileIsNotSentAgain() throws Exception {
        assertThat(served.get("/ipfs/" + file.cid(), "If-None-Match", "\"" + file.cid() + "\"")
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void theNameDecidesTheType() throws Exception {
        assertThat(header(served.get("/ipfs/" + folder.cid() + "/notes.txt"), "content-type"))
                .isEqualTo("text/plain; charset=UTF-8");
        assertThat(header(served.get("/ipfs/" + file.cid() + "?filename=x.json"), "content-type"))
                .isEqualTo("application/json");
    }

    @Test
    void pagesOfStrangersAreSandboxed() throws Exception {
        HttpResponse<byte[]> response = served.get("/ipfs/" + folder.cid() + "/page.html");

        assertThat(header(response, "content-type")).isEqualTo("text/html; charset=UTF-8");
        assertThat(header(response, "content-security-policy")).startsWith("sandbox");
    }

    @Test
    void aNameFromTheAddressCannotAddHeaders() throws Exception {
        HttpResponse<byte[]> response =
                served.get("/ipfs/" + file.cid() + "?filename=a%22%0d%0aX-Evil:%20yes&download=true");

        assertThat(response.headers().firstValue("x-evil")).isEmpty();
        assertThat(header(response, "content-disposition"))
                .isEqualTo("attachment; filename*=UTF-8''a%22%0D%0AX-Evil%3A%20yes");
    }

    @Test
    void listsADirectoryWithEscapedNames() throws Exception {
        HttpResponse<byte[]> response = served.get("/ipfs/" + folder.cid() + "/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .asString(StandardCharsets.UTF_8)
                .contains("<a href=\"./model.tflite\">model.tflite</a>")
                .contains(
                        "<a href=\"./%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E\">&lt;img src=x onerror=alert(1)&gt;</a>")
                .doesNotContain("<img");
        assertThat(header(response, "content-security-policy")).contains("default-src 'none'");
    }

    @Test
    void aDirectoryWithoutItsSlashIsSentThere() throws Exception {
        HttpResponse<byte[]> response = served.get("//ipfs/" + folder.cid());

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(header(response, "location")).isEqualTo("/ipfs/" + folder.cid() + "/");
    }

    @Test
    void aDirectoryWithAnIndexIsItsIndex() throws Exception {
        assertThat(served.get("/ipfs/" + folder.cid() + "/site/").body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<h1>home");
    }

    @Test
    void servesRawBlocksAlsoBelowAPath() throws Exception {
        HttpResponse<byte[]> response = served.get("/ipfs/" + folder.cid() + "/notes.txt?format=raw");

        assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo("notes");
        assertThat(header(response, "content-type")).isEqualTo("application/vnd.ipld.raw");
        assertThat(served.get("/ipfs/bafkqaaa?format=raw").body()).isEmpty();
    }

    @Test
    void aSpoiltBlockNeverLeaves() throws Exception {
        shelf.spoil(file.cid());

        assertThat(served.get("/ipfs/" + file.cid()).statusCode()).isEqualTo(502);
        assertThat(served.get("/ipfs/" + file.cid() + "?format=raw").statusCode())
                .isEqualTo(502);
    }

    @Test
    void aSpoiltBlockInTheMiddleCutsTheConnection() throws Exception {
        Cid third = Links.of(file.cid(), shelf.get(file.cid())).get(2).cid();
        shelf.spoil(third);

        assertThatThrownBy(() -> served.get("/ipfs/" + file.cid())).isInstanceOf(IOException.class);
        assertThat(served.get("/ipfs/" + file.cid(), "Range", "bytes=0-1000").statusCode())
                .isEqualTo(206);
    }

    @Test
    void aMissingBlockIs404() throws Exception {
        Cid unknown = Cid.of(Codec.RAW, Bytes.utf8("nowhere"));

        assertThat(served.get("/ipfs/" + unknown).statusCode()).isEqualTo(404);
        assertThat(served.get("/ipfs/" + unknown + "?format=car").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/notes.txt/deeper", "/..%2f..%2fetc%2fpasswd", "/%2e%2e", "/site/nothing"})
    void pathsThatLeadNowhereAre404(String path) throws Exception {
        assertThat(served.get("/ipfs/" + folder.cid() + path).statusCode()).isEqualTo(404);
    }

    @Test
    void unknownFormatsAre406() throws Exception {
        assertThat(served.get("/ipfs/" + folder.cid() + "?format=tar").statusCode())
                .isEqualTo(406);
    }

    @Test
    void aBadCidIs400() throws Exception {
        assertThat(served.get("/ipfs/nonsense/x").statusCode()).isEqualTo(400);
    }

    @Test
    void aReaderThatTakesNothingMakesTheServerFetchNothing() throws Exception {
        Subtree large = shelf.file(bytes(100 << 20));
        int blocks = (100 << 20) / CHUNK;
        shelf.asked.clear();
        try (Socket reader = new Socket(
                served.listener.address().getAddress(),
                served.listener.address().getPort())) {
            reader.setReceiveBufferSize(64 << 10);
            reader.getOutputStream()
                    .write(("GET /ipfs/" + large.cid() + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(reader.getInputStream().read()).isEqualTo('H');
            // Meanwhile another reader takes as much in full, so that the first had its time.
            assertThat(served.get("/ipfs/" + file.cid()).body()).isEqualTo(data);

            // What the kernel holds for the connection, and the few blocks asked for ahead.
            assertThat(shelf.asked).hasSizeLessThan(blocks / 4);
        }
    }

    @Test
    void exportsAWholeDagAsACar() throws Exception {
        HttpResponse<byte[]> response = served.get("/ipfs/" + folder.cid() + "?format=car");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-type").split("; "))
                .containsExactlyInAnyOrder("application/vnd.ipld.car", "version=1", "order=dfs", "dups=n");
        CarReader car = new CarReader(new ByteArrayInputStream(response.body()));
        assertThat(car.root()).isEqualTo(folder.cid());
        List<String> blocks = blocks(car);
        assertThat(blocks).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(shelf.blocks.keySet());
        assertThat(blocks.getFirst()).isEqualTo(folder.cid().toString());
    }

    @Test
    void exportsThePathToOneBlockAsACar() throws Exception {
        HttpResponse<byte[]> response = served.get(
                "/ipfs/" + folder.cid() + "/model.tflite?dag-scope=block", "Accept", "application/vnd.ipld.car");

        CarReader car = new CarReader(new ByteArrayInputStream(response.body()));
        assertThat(car.root()).isEqualTo(folder.cid());
        assertThat(blocks(car))
                .containsExactly(folder.cid().toString(), file.cid().toString());
    }

    @Test
    void challengesAreHandedOn() throws Exception {
        var challenge = new PossessionMessages.Challenge(new Piece(Hash.ZERO, 5, 0), List.of(1L));

        assertThat(served.post("/stella/v1/possession", PossessionMessages.write(challenge))
                        .statusCode())
                .isEqualTo(504);
    }

    private static List<String> blocks(CarReader car) throws IOException {
        List<String> cids = new ArrayList<>();
        for (Optional<CarReader.Section> next = car.next(); next.isPresent(); next = car.next()) {
            assertThat(next.get().sound()).isTrue();
            cids.add(next.get().cid().toString());
        }
        return cids;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(6).nextBytes(bytes);
        return bytes;
    }
}
