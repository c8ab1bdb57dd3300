package stella.gateway.rpc;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** WebSockets of OkHttp, without compression and with a bound on what one message may take. */
final class Wire implements AutoCloseable {
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    private static final int FRAMING_BYTES = 64 << 10;

    private final int messageBytesMax;
    private final OkHttpClient client = new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(10))
            .readTimeout(Duration.ZERO)
            .pingInterval(Duration.ofSeconds(15))
            .addInterceptor(Wire::withoutCompression)
            .build();

    Wire(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    /** What happens on a connection; called on threads of OkHttp, {@code ended} last and at most once or twice. */
    interface Events {
        void opened(Connection on);

        void message(Connection on, String text);

        void ended(Connection on, String why);
    }

    final class Connection extends WebSocketListener {
        private final Events events;
        private final BoundedSockets sockets = new BoundedSockets((long) messageBytesMax + FRAMING_BYTES);
        private final WebSocket socket;

        private Connection(URI target, Events events) {
            this.events = events;
            this.socket = client.newBuilder()
                    .socketFactory(sockets)
                    .build()
                    .newWebSocket(new Request.Builder().url(target.toString()).build(), this);
        }

        /** False when the connection is gone or its queue is full. */
        boolean send(String text) {
            return socket.send(text);
        }

        void close() {
            socket.cancel();
        }

        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            sockets.reset();
            events.opened(this);
        }

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            sockets.reset();
            events.message(this, text);
        }

        @Override
        public void onMessage(WebSocket webSocket, ByteString bytes) {
            events.ended(this, "it sent a binary message");
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            events.ended(this, "the node closes it: " + code + " " + reason);
        }

        @Override
        public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
            String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
            events.ended(this, why);
        }
    }

    Connection connect(URI target, Events events) {
        return new Connection(target, events);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** A compressed message of a few bytes may unpack to gigabytes; without compression the bytes of the line count. */
    private static Response withoutCompression(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(
                chain.request().newBuilder().removeHeader(EXTENSIONS).build());
        if (response.header(EXTENSIONS) == null) return response;
        response.close();
        throw new IOException("the node insists on WebSocket extensions that were not offered");
    }
}
