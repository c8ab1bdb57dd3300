package stella.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.node.transfer.PossessionMessages;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.roles.Transfer.Possession;

@Timeout(120)
class StoreServerIT {
    @TempDir
    Path folder;

    private final Shelf shelf = new Shelf();
    private final byte[] bytes = bytes(200_000);
    private final Piece piece = Commitment.of(bytes);
    private Served served;

    @BeforeEach
    void serve() throws Exception {
        OfferFolder pieces = new OfferFolder(folder, Runnable::run);
        Files.write(pieces.fileOf(piece), bytes);
        served = new Served(system -> new StoreServer(system, shelf, pieces, StoreServerIT::prove, TestDesk.NONE));
    }

    @AfterEach
    void close() throws Exception {
        served.close();
    }

    private static CompletableFuture<Possession> prove(Piece piece, List<Long> leaves) {
        return CompletableFuture.completedFuture(
                piece.height() == 2
                        ? new Possession.Refused(404, "no such piece")
                        : new Possession.Proven(leaves.stream()
                                .map(leaf -> new LeafProof(
                                        leaf, Hash.ZERO, java.util.Collections.nCopies(piece.height(), Hash.ZERO)))
                                .toList()));
    }

    @Test
    void servesABlockAsATrustlessGatewayDoes() throws Exception {
        Cid cid = put("hello world");

        HttpResponse<byte[]> response = served.get("/ipfs/" + cid + "?format=raw");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo("hello world");
        assertThat(header(response, "content-type")).isEqualTo("application/vnd.ipld.raw");
        assertThat(header(response, "etag")).isEqualTo("\"" + cid + ".raw\"");
        assertThat(header(response, "cache-control")).isEqualTo("public, max-age=29030400, immutable");
        assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(response, "content-disposition")).isEqualTo("attachment; filename=\"" + cid + ".bin\"");
        assertThat(header(response, "server")).isEqualTo("stella");
    }

    @Test
    void theAcceptHeaderAsksForRawToo() throws Exception {
        Cid cid = put("hello world");

        assertThat(served.get("/ipfs/" + cid, "Accept", "application/vnd.ipld.raw")
                        .statusCode())
                .isEqualTo(200);
        assertThat(served.get("/ipfs/" + cid).statusCode()).isEqualTo(400);
        assertThat(served.get("/ipfs/" + cid + "?format=car").statusCode()).isEqualTo(406);
    }

    @Test
    void headTellsTheSizeAndSendsNothing() throws Exception {
        HttpResponse<byte[]> response = served.head("/ipfs/" + put("hello world") + "?format=raw");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-length")).isEqualTo("11");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aKnownBlockIsNotSentAgain() throws Exception {
        Cid cid = put("hello world");

        HttpResponse<byte[]> response =
                served.get("/ipfs/" + cid + "?format=raw", "If-None-Match", "\"other\", W/\"" + cid + ".raw\"");

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void answersTheProbeOfTrustlessGateways() throws Exception {
        for (String query : List.of("", "?format=raw")) {
            HttpResponse<byte[]> response = served.get("/ipfs/bafkqaaa" + query);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void unknownBlocksAre404AndBadNames400() throws Exception {
        Cid unknown = Cid.of(Codec.RAW, Bytes.utf8("nowhere"));

        assertThat(served.get("/ipfs/" + unknown + "?format=raw").statusCode()).isEqualTo(404);
        assertThat(served.get("/ipfs/bafynonsense?format=raw").statusCode()).isEqualTo(400);
        assertThat(served.get("/ipfs/" + "b".repeat(3000) + "?format=raw").statusCode())
                .isEqualTo(400);
    }

    @Test
    void servesPartsOfAPiece() throws Exception {
        String path = "/piece/" + piece.cid();

        HttpResponse<byte[]> whole = served.get(path);
        HttpResponse<byte[]> part = served.get(path, "Range", "bytes=100-70099");
        HttpResponse<byte[]> end = served.get(path, "Range", "bytes=-5");

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(bytes);
        assertThat(header(whole, "accept-ranges")).isEqualTo("bytes");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 100, 70_100));
        assertThat(header(part, "content-range")).isEqualTo("bytes 100-70099/200000");
        assertThat(end.body()).isEqualTo(Arrays.copyOfRange(bytes, 199_995, 200_000));
    }

    @Test
    void aRangeBehindTheEndIs416() throws Exception {
        HttpResponse<byte[]> response = served.get("/piece/" + piece.cid(), "Range", "bytes=200000-");

        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(header(response, "content-range")).isEqualTo("bytes */200000");
    }

    @Test
    void aRangeOfAnotherVersionMeansTheWhole() throws Exception {
        String path = "/piece/" + piece.cid();

        assertThat(served.get(path, "Range", "bytes=0-4", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(served.get(path, "Range", "bytes=0-4", "If-Range", "\"" + piece.cid() + "\"")
                        .statusCode())
                .isEqualTo(206);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/piece/../../etc/passwd",
                "/piece/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "/piece/..%2f..%2fetc%2fpasswd",
                "/piece/",
                "/piece/x/y",
                "/ipfs/../piece",
                "/%00",
                "/ipfs/%ff%fe?format=raw",
                "//etc/passwd",
                "/ipfs/" + "%20?format=raw&format=%zz"
            })
    void pathsLeadNowhereElse(String path) throws Exception {
        String answer = served.bare("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*").doesNotContain("root:");
    }

    @Test
    void hugeHeadersAndBadRequestsAreRefused() throws Exception {
        assertThat(served.bare("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Big: " + "x".repeat(100_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(served.bare("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 414");
        assertThat(served.bare("NONSENSE / HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 501");
    }

    @Test
    void answersAChallenge() throws Exception {
        var challenge = new PossessionMessages.Challenge(piece, List.of(3L, 9L));

        HttpResponse<byte[]> response = served.post("/stella/v1/possession", PossessionMessages.write(challenge));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(PossessionMessages.readProof(response.body(), challenge).leaves())
                .extracting(LeafProof::index)
                .containsExactly(3L, 9L);
    }

    @Test
    void refusesChallengesThatAreTooLongOrMalformed() throws Exception {
        var unknown = new PossessionMessages.Challenge(new Piece(Hash.ZERO, 2, 0), List.of(1L));

        assertThat(served.post("/stella/v1/possession", new byte[] {1, 2, 3}).statusCode())
                .isEqualTo(400);
        assertThat(served.post("/stella/v1/possession", new byte[0]).statusCode())
                .isEqualTo(400);
        assertThat(served.post("/stella/v1/possession", new byte[5000]).statusCode())
                .isEqualTo(413);
        assertThat(served.post("/stella/v1/possession", PossessionMessages.write(unknown))
                        .statusCode())
                .isEqualTo(404);
        assertThat(served.get("/stella/v1/possession").statusCode()).isEqualTo(404);
    }

    @Test
    void writingIsNotAllowed() throws Exception {
        for (String method : List.of("PUT", "DELETE", "POST"))
            assertThat(served.send(method, "/piece/x", HttpRequest.BodyPublishers.noBody())
                            .statusCode())
                    .isEqualTo(405);
    }

    @Test
    void isAlive() throws Exception {
        assertThat(served.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpBinding where = HttpBinding.at("127.0.0.1", taken.getLocalPort());

            assertThatThrownBy(() -> Listener.bind(
                                    served.system, where, new SourceServer(served.system, StoreServerIT::nothing))
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(PortUnavailableException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void oneAddressCannotTakeAllConnections() throws Exception {
        HttpBinding narrow = new HttpBinding("127.0.0.1", 0, 100, 2, 1024);
        List<Socket> idle = new ArrayList<>();
        try (Served small = new Served(narrow, system -> new SourceServer(system, StoreServerIT::nothing))) {
            for (int i = 0; i < 2; i++) {
                Socket socket = new Socket(
                        small.listener.address().getAddress(),
                        small.listener.address().getPort());
                socket.getOutputStream()
                        .write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                // Its answer shows that the connection was let in.
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                idle.add(socket);
            }

            assertThatThrownBy(() -> {
                        String answer = small.bare("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                        if (answer.isEmpty()) throw new java.io.EOFException("closed");
                    })
                    .isInstanceOf(java.io.IOException.class);
        } finally {
            for (Socket socket : idle) socket.close();
        }
    }

    @Test
    void aClosedListenerGivesThePortBack() throws Exception {
        int port = served.listener.address().getPort();

        served.listener.close().toCompletableFuture().get(20, TimeUnit.SECONDS);

        try (ServerSocket again = new ServerSocket()) {
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            assertThat(again.isBound()).isTrue();
        }
    }

    private static CompletableFuture<Optional<PieceShelf.PieceFile>> nothing(Piece piece) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private Cid put(String text) {
        Bytes block = Bytes.utf8(text);
        Cid cid = Cid.of(Codec.RAW, block);
        shelf.blocks.put(cid.toString(), block);
        return cid;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(5).nextBytes(bytes);
        return bytes;
    }
}
