package stella.gateway.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A WebSocket server that says exactly what a test wants, well-formed or not. */
public final class TestNode implements AutoCloseable {
    static final String GENESIS = "0x" + "01".repeat(32);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSocket server;
    private final Script script;
    private final String genesis;
    private final String extraHeader;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final List<String> handshakes = new CopyOnWriteArrayList<>();

    /** What the node does with a request. */
    public interface Script {
        void asked(Talk talk, JsonNode request) throws IOException;
    }

    public TestNode(Script script) {
        this(script, GENESIS, "");
    }

    /** @param extraHeader a line of the handshake, or empty */
    public TestNode(Script script, String genesis, String extraHeader) {
        this.script = script;
        this.genesis = genesis;
        this.extraHeader = extraHeader;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public URI uri() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection. */
    public static final class Talk {
        private final Socket socket;
        private final OutputStream out;

        private Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        public void result(JsonNode request, String json) throws IOException {
            text("{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + ",\"result\":" + json + "}");
        }

        public void error(JsonNode request, String json) throws IOException {
            text("{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + ",\"error\":" + json + "}");
        }

        public void item(String subscription, String json) throws IOException {
            text("{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":{\"subscription\":\"" + subscription
                    + "\",\"result\":" + json + "}}");
        }

        void text(String text) throws IOException {
            frame(0x81, text.getBytes(StandardCharsets.UTF_8));
        }

        /** One frame with the first byte {@code head}. */
        void frame(int head, byte[] payload) throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(head);
            if (payload.length < 126) frame.write(payload.length);
            else {
                frame.write(127);
                for (int shift = 56; shift >= 0; shift -= 8) frame.write((int) ((long) payload.length >>> shift));
            }
            frame.writeBytes(payload);
            raw(frame.toByteArray());
        }

        synchronized void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        public void hangUp() throws IOException {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Talk talk = new Talk(socket);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            talk.raw(handshake(in).getBytes(StandardCharsets.US_ASCII));
            while (true) {
                String text = read(in);
                JsonNode request = JSON.readTree(text);
                if (request.get("method").asText().equals("chain_getBlockHash")
                        && request.get("params").get(0).asInt() == 0) talk.result(request, "\"" + genesis + "\"");
                else script.asked(talk, request);
            }
        } catch (IOException gone) {
            // the client has gone, or the test is over
        }
    }

    private String handshake(DataInputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (!request.toString().endsWith("\r\n\r\n")) request.append((char) in.readUnsignedByte());
        handshakes.add(request.toString());
        String key = request.toString()
                .lines()
                .filter(line -> line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18))
                .findFirst()
                .orElseThrow()
                .substring(18)
                .strip();
        String accept = Base64.getEncoder().encodeToString(sha1(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + extraHeader
                + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n";
    }

    private static String read(DataInputStream in) throws IOException {
        while (true) {
            int head = in.readUnsignedByte();
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) length = in.readUnsignedShort();
            else if (length == 127) length = (int) in.readLong();
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < length; i++) payload[i] ^= mask[i % 4];
            if ((head & 0x0f) == 1) return new String(payload, StandardCharsets.UTF_8);
            if ((head & 0x0f) == 8) throw new IOException("closed");
        }
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
