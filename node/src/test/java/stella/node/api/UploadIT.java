package stella.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.node.api.client.ApiClient;
import stella.node.api.client.ApiFailure;
import stella.node.api.document.ErrorCode;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Piece;

/** Uploads over real HTTP. */
class UploadIT {
    private static final byte[] CAR = UploadsTest.bytes(5 << 20, 3);
    private static final Piece PIECE = Commitment.of(CAR);

    @TempDir
    private Path folder;

    private TestServer server;
    private ApiClient client;
    private Path car;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(folder.resolve("node"));
        client = server.client();
        car = Files.write(folder.resolve("content.car"), CAR);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void bringsAPieceToTheNode() throws Exception {
        List<Long> progress = new ArrayList<>();

        client.upload().send(PIECE, car, progress::add);

        assertThat(offered()).hasBinaryContent(CAR);
        assertThat(progress).isSorted().startsWith(0L).endsWith((long) CAR.length);
    }

    @Test
    void goesOnAfterAConnectionBroke() throws Exception {
        sendsHalfAndHangsUp();
        List<Long> progress = new ArrayList<>();

        client.upload().send(PIECE, car, progress::add);

        assertThat(offered()).hasBinaryContent(CAR);
        assertThat(progress.getFirst()).isEqualTo(2 << 20);
    }

    @Test
    void tellsWhereToGoOn() throws Exception {
        sendsHalfAndHangsUp();

        HttpResponse<String> answer = send(request().method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.headers().firstValue("Upload-Offset")).contains(String.valueOf(2 << 20));
        assertThat(answer.headers().firstValue("Upload-Length")).contains(String.valueOf(CAR.length));
        assertThat(answer.headers().firstValue("Upload-Complete")).contains("?0");
    }

    @Test
    void sendsNothingOfAPieceThatIsThereAlready() throws Exception {
        client.upload().send(PIECE, car, _ -> {});
        Files.delete(car);

        client.upload().send(PIECE, car, _ -> {});

        assertThat(offered()).hasBinaryContent(CAR);
    }

    @Test
    void saysThatNothingIsHereYet() throws Exception {
        HttpResponse<String> answer = send(request());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no-such-upload");
    }

    @Test
    void refusesBytesThatMakeAnotherPiece() throws Exception {
        Files.write(car, UploadsTest.bytes(CAR.length, 4));

        ApiFailure failure =
                catchThrowableOfType(ApiFailure.class, () -> client.upload().send(PIECE, car, _ -> {}));

        assertThat(failure.is(ErrorCode.COMMITMENT_MISMATCH)).isTrue();
        assertThat(offered()).doesNotExist();
    }

    @Test
    void refusesAContentRangeOfAnotherSize() throws Exception {
        HttpResponse<String> answer = send(request()
                .header("Content-Range", "bytes 0-9/10")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[10])));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("bytes FIRST-LAST/" + CAR.length);
    }

    @Test
    void refusesWhatIsNoPieceCid() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(server.url + "/api/v1/uploads/..%2f..%2fetc%2fpasswd"))
                        .PUT(HttpRequest.BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("bad-cid");
    }

    /** As a client that is killed: two MiB of five arrive, and the node has seen the end of the connection when this returns. */
    private void sendsHalfAndHangsUp() throws Exception {
        URI node = URI.create(server.url);
        try (Socket socket = new Socket(node.getHost(), node.getPort())) {
            OutputStream out = socket.getOutputStream();
            String head = "PUT /api/v1/uploads/" + PIECE.cid() + " HTTP/1.1\r\nHost: 127.0.0.1:" + node.getPort()
                    + "\r\nContent-Type: application/vnd.ipld.car\r\nContent-Length: " + CAR.length + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(CAR, 0, 2 << 20);
            out.flush();
            awaitReceived(2 << 20);
        }
        awaitIdle();
    }

    private void awaitReceived(long bytes) throws Exception {
        for (int i = 0; i < 100_000; i++) {
            HttpResponse<String> answer = send(request());
            if (answer.body().contains("\"received\":" + bytes + ",")) return;
        }
        throw new AssertionError("the bytes never came");
    }

    /** A part that begins at a wrong place is refused with another code once the first caller is gone. */
    private void awaitIdle() throws Exception {
        for (int i = 0; i < 100_000; i++) {
            HttpResponse<String> answer = send(request()
                    .header("Content-Range", "bytes 1-1/" + CAR.length)
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[1])));
            if (answer.body().contains("upload-offset")) return;
        }
        throw new AssertionError("the node never noticed that its caller is gone");
    }

    private Path offered() {
        return server.network.uploads().resolve(PIECE.cid() + ".car");
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create(server.url + "/api/v1/uploads/" + PIECE.cid()));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
