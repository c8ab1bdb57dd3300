package stella.node.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of bare sockets that answers each request by a script: also in ways that no HTTP library would. */
final class ScriptedServer implements AutoCloseable {
    /** Answers one request; the connection is closed afterwards. */
    interface Script {
        void answer(String head, OutputStream out, InputStream in) throws IOException;
    }

    private final ServerSocket socket;
    final List<String> heads = new CopyOnWriteArrayList<>();

    ScriptedServer(Script script) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> accept(script));
    }

    /** Answers all requests alike. */
    static ScriptedServer saying(String status, byte[] body) {
        return new ScriptedServer((_, out, _) -> out.write(message(status, body)));
    }

    static byte[] message(String statusAndHeaders, byte[] body) {
        byte[] head = ("HTTP/1.1 " + statusAndHeaders + "\r\nContent-Length: " + body.length
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void accept(Script script) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection, script));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection, Script script) {
        try (connection) {
            String head = head(connection.getInputStream());
            heads.add(head);
            script.answer(head, connection.getOutputStream(), connection.getInputStream());
            connection.getOutputStream().flush();
        } catch (IOException gone) {
            // The client hung up, which some scripts want.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) throw new IOException("no request");
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
