package stella.devchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.devchain.host.TinyWasm;

/** What strangers may do to the server: it answers or hangs up, and lives. */
final class RobustnessIT {
    private static final int PATIENCE_MILLIS = 15_000;
    private static final int REQUESTS_MAX = 100_000;
    private static DevChain chain;

    @BeforeAll
    static void start() {
        chain = DevChain.start(
                DevChainSettings.standard().withMode(BlockMode.manual()).withClock(TestRuntime.CLOCK));
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @Test
    void thousandIdleConnectionsLeaveRoomForOneThatAsks() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) idle.add(webSocket());

            assertServes();
        } finally {
            for (Socket socket : idle) socket.close();
        }
    }

    @Test
    void clientThatNeverReadsLosesItsConnection() throws IOException {
        try (Socket socket = webSocket()) {
            byte[] request = frame("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"state_getMetadata\"}");
            OutputStream out = socket.getOutputStream();
            // Each answer is half a megabyte; those that fit into no buffer any more end the connection.
            assertThatThrownBy(() -> {
                        for (int i = 0; i < REQUESTS_MAX; i++) out.write(request);
                    })
                    .isInstanceOf(IOException.class);
        }
        assertServes();
    }

    @Test
    void frameThatIsNoneEndsTheConnection() throws IOException {
        try (Socket socket = webSocket()) {
            socket.getOutputStream().write(new byte[] {(byte) 0xff, 0x7f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});

            assertThat(endsWithinPatience(socket)).isTrue();
        }
        assertServes();
    }

    @Test
    void postOfTheLargestSizeIsAnsweredAndALargerOneRefused() throws IOException, InterruptedException {
        String start = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system_chain\"}";
        String largest = start + " ".repeat((16 << 20) - start.length());

        HttpResponse<String> answer = post(largest);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Stella Development");
        assertThat(isRefused(largest + " ")).isTrue();
        assertServes();
    }

    @Test
    void callThatTrapsIsAnsweredInTheRuntimesWords() {
        try (RpcClient client = new RpcClient(chain.rpcUri())) {
            String message = client.ask("state_call", "Core_execute_block", "0x00")
                    .at("/error/message")
                    .textValue();

            assertThat(message).startsWith("Client error: Execution failed: Core_execute_block: panicked at");
        }
    }

    @Test
    void callThatLoopsIsStopped(@TempDir Path folder) throws IOException {
        String code = new TinyWasm()
                .exporting("Test_loop", "03 40 0c00 0b 42 00")
                .build()
                .toHex0x();
        Path specification = folder.resolve("spec.json");
        Files.writeString(
                specification,
                "{\"name\":\"Tiny\",\"genesis\":{\"raw\":{\"top\":{\"0x3a636f6465\":\"" + code + "\"}}}}");
        try (DevChain tiny = DevChain.start(DevChainSettings.standard()
                        .withMode(BlockMode.manual())
                        .withSpecification(specification)
                        .withCallLimit(Duration.ofMillis(300)));
                RpcClient client = new RpcClient(tiny.rpcUri())) {
            String message = client.ask("state_call", "Test_loop", "0x")
                    .at("/error/message")
                    .textValue();

            assertThat(message).endsWith("Test_loop did not end within 300 ms and was stopped");
            assertThat(client.result("system_chain").textValue()).isEqualTo("Tiny");
            assertThat(client.ask("dev_newBlock").at("/error/message").textValue())
                    .contains("the runtime has no function Core_initialize_block");
        }
    }

    private static void assertServes() {
        try (RpcClient client = new RpcClient(chain.rpcUri())) {
            assertThat(client.result("system_chain").textValue()).isEqualTo("Stella Development");
        }
    }

    /** Reads what was sent and waits for the end of the connection, orderly or not. */
    private static boolean endsWithinPatience(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        byte[] buffer = new byte[1 << 16];
        InputStream in = socket.getInputStream();
        try {
            for (int read = 0; read >= 0; read = in.read(buffer)) {}
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
        return true;
    }

    @SuppressWarnings({"AddressSelection", "StringConcatToTextBlock"
    }) // a loopback address; lines of HTTP end with CRLF
    private static Socket webSocket() throws IOException {
        Socket socket = new Socket("127.0.0.1", chain.rpcUri().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream()
                .write(("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n"))
            head.append((char) socket.getInputStream().read());
        assertThat(head.toString()).startsWith("HTTP/1.1 101");
        return socket;
    }

    /** A text frame of a client, whose mask is zero. */
    private static byte[] frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(payload.length + 6)
                .put((byte) 0x81)
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload)
                .array();
    }

    /** By 413, which the server may send, and hang up, while the client still sends. */
    private static boolean isRefused(String body) throws InterruptedException {
        try {
            return post(body).statusCode() == 413;
        } catch (IOException e) {
            return true;
        }
    }

    private static HttpResponse<String> post(String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + chain.rpcUri().getPort() + "/"))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
