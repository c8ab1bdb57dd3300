package stella.gateway.rpc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Sockets that break when more than a bound of bytes arrives without {@link #reset} in between.
 *
 * <p>OkHttp collects a WebSocket message in memory before it shows it, whatever its length. Counting the bytes of the connection
 * between two complete messages bounds that memory. Compression, which would defeat the count, is not offered.
 */
final class BoundedSockets extends SocketFactory {
    private final long bytesMax;
    private final AtomicLong sinceMessage = new AtomicLong();

    BoundedSockets(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** A complete message has arrived. */
    void reset() {
        sinceMessage.set(0);
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public InputStream getInputStream() throws IOException {
                return new Counting(super.getInputStream());
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(createSocket(), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(createSocket(), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(bound(localHost, localPort), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(bound(localHost, localPort), new InetSocketAddress(host, port));
    }

    private Socket bound(InetAddress host, int port) throws IOException {
        Socket socket = createSocket();
        socket.bind(new InetSocketAddress(host, port));
        return socket;
    }

    private static Socket connected(Socket socket, InetSocketAddress address) throws IOException {
        socket.connect(address);
        return socket;
    }

    private final class Counting extends FilterInputStream {
        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) count(1);
            return value;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = super.read(target, from, length);
            if (read > 0) count(read);
            return read;
        }

        private void count(long bytes) throws IOException {
            if (sinceMessage.addAndGet(bytes) > bytesMax)
                throw new IOException("a message of more than " + bytesMax + " bytes");
        }
    }
}
