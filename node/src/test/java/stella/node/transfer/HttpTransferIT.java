package stella.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.node.api.client.ApiClient;
import stella.node.api.client.NodeAddress;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.roles.Transfer.Answer;
import stella.roles.Transfer.Possession;

@Timeout(60)
class HttpTransferIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String CID = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";
    private static final Piece PIECE = new Piece(Hash.ZERO, 3, 0);

    private final HttpTransfer transfer = new HttpTransfer(TransferSettings.defaults());

    @AfterEach
    void close() {
        transfer.close();
    }

    @Test
    void asksAsAnyTrustlessClientAndDeliversTheBytes() throws Exception {
        byte[] block = "hello world".getBytes(StandardCharsets.UTF_8);
        try (ScriptedServer server = ScriptedServer.saying("200 OK", block)) {
            Answer answer = block(server.url(), LONG);

            assertThat(answer).isEqualTo(new Answer.Block(Bytes.of(block)));
            assertThat(server.heads.getFirst())
                    .startsWith("GET /ipfs/" + CID + "?format=raw HTTP/1.1\r\n")
                    .containsIgnoringCase("accept: application/vnd.ipld.raw");
        }
    }

    @Test
    void keepsThePathOfAnEndpoint() throws Exception {
        try (ScriptedServer server = ScriptedServer.saying("200 OK", new byte[1])) {
            block(server.url() + "/store-1/", LONG);

            assertThat(server.heads.getFirst()).startsWith("GET /store-1/ipfs/" + CID);
        }
    }

    @Test
    void takesTwoMebibytesAndNoByteMore() throws Exception {
        try (ScriptedServer most = ScriptedServer.saying("200 OK", new byte[2 << 20]);
                ScriptedServer more = ScriptedServer.saying("200 OK", new byte[(2 << 20) + 1])) {
            assertThat(block(most.url(), LONG)).isInstanceOf(Answer.Block.class);
            assertThat(block(more.url(), LONG))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused -> assertThat(refused.detail()).contains("2 MiB"));
        }
    }

    @Test
    void aDripOfBytesIsUnreachable() throws Exception {
        try (ScriptedServer server = new ScriptedServer((_, out, in) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx".getBytes(StandardCharsets.UTF_8));
            out.flush();
            // Waits until the client hangs up.
            assertThat(in.read()).isNegative();
        })) {
            assertThat(block(server.url(), SHORT)).isInstanceOf(Answer.Unreachable.class);
        }
    }

    @Test
    void anEndlessHeaderIsUnreachable() throws Exception {
        try (ScriptedServer server = new ScriptedServer((_, out, _) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
            byte[] line = ("X-More: " + "x".repeat(1000) + "\r\n").getBytes(StandardCharsets.UTF_8);
            while (true) out.write(line);
        })) {
            assertThat(block(server.url(), LONG)).isInstanceOf(Answer.Unreachable.class);
        }
    }

    @Test
    void anAnswerThatEndsEarlyIsUnreachable() throws Exception {
        try (ScriptedServer server = new ScriptedServer((_, out, _) ->
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(block(server.url(), LONG)).isInstanceOf(Answer.Unreachable.class);
        }
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        try (ScriptedServer target = ScriptedServer.saying("200 OK", new byte[1]);
                ScriptedServer server =
                        ScriptedServer.saying("302 Found\r\nLocation: " + target.url() + "/x", new byte[0])) {
            assertThat(block(server.url(), LONG))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused -> assertThat(refused.status()).isEqualTo(302));
            assertThat(target.heads).isEmpty();
        }
    }

    @Test
    void refusalsCarryABoundedPrintableDetail() throws Exception {
        byte[] words = ("not \u001b[31mhere\r\n" + "x".repeat(5000)).getBytes(StandardCharsets.UTF_8);
        try (ScriptedServer server = ScriptedServer.saying("404 Not Found", words)) {
            assertThat(block(server.url(), LONG)).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(404);
                assertThat(refused.detail()).startsWith("not [31mhere x").hasSizeLessThanOrEqualTo(257);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://127.0.0.1/",
                "file:///etc/passwd",
                "http://user:secret@127.0.0.1/",
                "http://user@127.0.0.1/",
                "http://127.0.0.1/#part",
                "http://127.0.0.1/?query=1",
                "http://127.0.0.1:99999/",
                "http://",
                "HTTP //x",
                "http://[::1",
                "javascript:alert(1)"
            })
    void hostileEndpointsAreNeverAsked(String endpoint) throws Exception {
        assertThat(block(endpoint, LONG))
                .isInstanceOfSatisfying(
                        Answer.Unreachable.class,
                        unreachable -> assertThat(unreachable.detail()).startsWith("the request cannot be made: "));
    }

    @Test
    void endpointsOf129CharactersAreNeverAsked() throws Exception {
        String endpoint = "http://127.0.0.1/" + "x".repeat(112);

        assertThat(endpoint).hasSize(129);
        assertThat(block(endpoint, LONG))
                .isInstanceOfSatisfying(
                        Answer.Unreachable.class,
                        unreachable -> assertThat(unreachable.detail()).contains("128"));
    }

    @Test
    void aPublicNodeDoesNotAskItsOwnMachine() throws Exception {
        TransferSettings strict = new TransferSettings(1, 1, Duration.ofSeconds(5), TransferSettings.Reach.PUBLIC_ONLY);
        try (ScriptedServer server = ScriptedServer.saying("200 OK", new byte[1]);
                HttpTransfer careful = new HttpTransfer(strict)) {
            Answer answer =
                    careful.block(server.url(), CID, LONG).toCompletableFuture().get();

            assertThat(answer).isEqualTo(new Answer.Unreachable("127.0.0.1 is not a public address"));
            assertThat(server.heads).isEmpty();
        }
    }

    @Test
    void aClosedPortIsUnreachable() throws Exception {
        ScriptedServer server = ScriptedServer.saying("200 OK", new byte[1]);
        server.close();

        assertThat(block(server.url(), LONG)).isInstanceOf(Answer.Unreachable.class);
    }

    @Test
    void aRequestThatGetsNoTurnInTimeIsUnreachable() throws Exception {
        TransferSettings one = new TransferSettings(1, 8, Duration.ofSeconds(5), TransferSettings.Reach.ANY);
        try (ScriptedServer silent =
                        new ScriptedServer((_, _, in) -> assertThat(in.read()).isNegative());
                HttpTransfer narrow = new HttpTransfer(one)) {
            var first = narrow.block(silent.url(), CID, LONG);
            // The first holds the only turn for as long as the server is silent.
            while (silent.heads.isEmpty()) Thread.onSpinWait();

            Answer second =
                    narrow.block(silent.url(), CID, SHORT).toCompletableFuture().get();

            assertThat(second).isEqualTo(new Answer.Unreachable("this node had no turn for the request in time"));
            assertThat(first.toCompletableFuture().isDone()).isFalse();
        }
    }

    @Test
    void aClosedTransferAnswersThatItShutsDown() throws Exception {
        transfer.close();

        assertThat(block("http://127.0.0.1:1/", LONG)).isEqualTo(new Answer.Unreachable("this node is shutting down"));
    }

    @Test
    void possessionComesBackAsAsked() throws Exception {
        LeafProof proof = new LeafProof(5, Hash.hex("11".repeat(32)), List.of(Hash.ZERO, Hash.ZERO, Hash.ZERO));
        try (ScriptedServer server = possessionServer(PossessionMessages.write(PIECE, List.of(proof)))) {
            Possession possession = possession(server, List.of(5L));

            assertThat(possession).isEqualTo(new Possession.Proven(List.of(proof)));
            assertThat(server.heads.getFirst()).startsWith("POST /stella/v1/possession HTTP/1.1\r\n");
        }
    }

    @Test
    void possessionOfAnotherLeafOrWithAShortPathIsRefused() throws Exception {
        LeafProof other = new LeafProof(4, Hash.ZERO, List.of(Hash.ZERO, Hash.ZERO, Hash.ZERO));
        LeafProof shorter = new LeafProof(5, Hash.ZERO, List.of(Hash.ZERO));
        try (ScriptedServer first = possessionServer(PossessionMessages.write(PIECE, List.of(other)));
                ScriptedServer second = possessionServer(PossessionMessages.write(PIECE, List.of(shorter)));
                ScriptedServer third = possessionServer(new byte[] {1, 2, 3})) {
            for (ScriptedServer server : List.of(first, second, third))
                assertThat(possession(server, List.of(5L))).isInstanceOf(Possession.Refused.class);
        }
    }

    @Test
    void aRefusalOfPossessionKeepsItsReason() throws Exception {
        byte[] body = PossessionMessages.refusal("no such piece");
        try (ScriptedServer server =
                ScriptedServer.saying("404 Not Found\r\nContent-Type: application/x-protobuf", body)) {
            assertThat(possession(server, List.of(5L))).isEqualTo(new Possession.Refused(404, "no such piece"));
        }
    }

    @Test
    void seventeenLeavesAreNotAskedFor() throws Exception {
        try (ScriptedServer server = possessionServer(new byte[0])) {
            assertThat(possession(server, java.util.Collections.nCopies(17, 1L)))
                    .isInstanceOf(Possession.Unreachable.class);
            assertThat(server.heads).isEmpty();
        }
    }

    private static ScriptedServer possessionServer(byte[] body) {
        return ScriptedServer.saying("200 OK\r\nContent-Type: application/x-protobuf", body);
    }

    private Answer block(String endpoint, Duration deadline) throws Exception {
        return transfer.block(endpoint, CID, deadline).toCompletableFuture().get(50, TimeUnit.SECONDS);
    }

    private Possession possession(ScriptedServer server, List<Long> leaves) throws Exception {
        return transfer.possession(server.url(), PIECE, leaves, LONG)
                .toCompletableFuture()
                .get(50, TimeUnit.SECONDS);
    }

    @Test
    void aGatewayCannotTellAnInspectorFromAReaderByItsRequest() throws Exception {
        Cid cid = Cid.of(Codec.RAW, Bytes.utf8("asked for by both"));
        try (ScriptedServer server = ScriptedServer.saying("200 OK", new byte[] {1});
                ApiClient reader = new ApiClient(new NodeAddress(server.url(), "the test"))) {
            transfer.block(server.url(), cid.toString(), Duration.ofSeconds(20))
                    .toCompletableFuture()
                    .join();
            reader.blocks(server.url()).block(cid);

            assertThat(server.heads).hasSize(2);
            assertThat(sorted(server.heads.getFirst())).isEqualTo(sorted(server.heads.getLast()));
        }
    }

    /** The lines of a request's head; servers do not look at the order of headers. */
    private static List<String> sorted(String head) {
        return head.lines().sorted().toList();
    }
}
