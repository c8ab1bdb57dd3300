package stella.node.transfer;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import stella.protocol.Bytes;
import stella.protocol.piece.Piece;
import stella.roles.Transfer;

/**
 * {@link Transfer} over OkHttp. Each request runs on a virtual thread of this class; the deadline covers everything, also the wait
 * for a turn. Stages complete on those threads and never exceptionally.
 */
public final class HttpTransfer implements Transfer, AutoCloseable {
    /** No block of IPFS is longer. */
    public static final int BLOCK_BYTES_MAX = 2 << 20;

    private static final String RAW = "application/vnd.ipld.raw";
    private static final MediaType PROTOBUF = MediaType.get(PossessionMessages.MEDIA_TYPE);

    private final OkHttpClient client;
    private final ExecutorService threads;
    private final Semaphore turns;
    private final AtomicInteger pending = new AtomicInteger();
    private final int pendingMax;

    public HttpTransfer(TransferSettings settings) {
        client = HttpClients.create(settings);
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("transfer-", 0).factory());
        turns = new Semaphore(settings.requestsMax(), true);
        pendingMax = settings.requestsMax() + settings.waitingMax();
    }

    @Override
    public CompletionStage<Answer> block(String endpoint, String cid, Duration deadline) {
        return start(Answer.Unreachable::new, deadline, left -> askBlock(endpoint, cid, left));
    }

    @Override
    public CompletionStage<Possession> possession(String endpoint, Piece piece, List<Long> leaves, Duration deadline) {
        return start(Possession.Unreachable::new, deadline, left -> askPossession(endpoint, piece, leaves, left));
    }

    /** Ends all requests that are under way and takes no new ones. */
    @Override
    public void close() {
        threads.shutdownNow();
        client.connectionPool().evictAll();
    }

    private Answer askBlock(String endpoint, String cid, Duration left) throws IOException {
        HttpUrl url = Addresses.endpoint(endpoint)
                .newBuilder()
                .addPathSegment("ipfs")
                .addPathSegment(cid)
                .addQueryParameter("format", "raw")
                .build();
        Request request = request(url).header("Accept", RAW).build();
        try (Response response = call(request, left).execute()) {
            if (response.code() != 200) return new Answer.Refused(response.code(), Texts.detail(response));
            return body(response, BLOCK_BYTES_MAX)
                    .<Answer>map(Answer.Block::new)
                    .orElse(new Answer.Refused(200, "the answer is longer than the 2 MiB of the longest block"));
        }
    }

    private Possession askPossession(String endpoint, Piece piece, List<Long> leaves, Duration left)
            throws IOException {
        PossessionMessages.Challenge challenge = new PossessionMessages.Challenge(piece, leaves);
        HttpUrl url = Addresses.endpoint(endpoint)
                .newBuilder()
                .addPathSegments(PossessionMessages.PATH)
                .build();
        Request request = request(url)
                .post(RequestBody.create(PossessionMessages.write(challenge), PROTOBUF))
                .build();
        try (Response response = call(request, left).execute()) {
            boolean spoken = PROTOBUF.equals(response.body().contentType());
            if (response.code() != 200 && !spoken)
                return new Possession.Refused(response.code(), Texts.detail(response));
            Optional<Bytes> data = body(response, PossessionMessages.PROOF_BYTES_MAX);
            if (data.isEmpty()) return new Possession.Refused(response.code(), "the answer is too long for a proof");
            if (response.code() != 200)
                return new Possession.Refused(
                        response.code(),
                        PossessionMessages.readRefusal(data.get().toArray()));
            return proven(data.get(), challenge);
        }
    }

    private static Possession proven(Bytes data, PossessionMessages.Challenge challenge) {
        try {
            return new Possession.Proven(PossessionMessages.readProof(data.toArray(), challenge));
        } catch (IllegalArgumentException e) {
            return new Possession.Refused(200, String.valueOf(e.getMessage()));
        }
    }

    private static Request.Builder request(HttpUrl url) {
        // A compressed answer could be small on the wire and endless in memory.
        return new Request.Builder().url(url).header("Accept-Encoding", "identity");
    }

    private Call call(Request request, Duration left) {
        Call call = client.newCall(request);
        call.timeout().timeout(left.toNanos(), TimeUnit.NANOSECONDS);
        return call;
    }

    /** The whole body, or nothing when it is longer than {@code bytesMax}. */
    private static Optional<Bytes> body(Response response, int bytesMax) throws IOException {
        BufferedSource body = response.body().source();
        return body.request(bytesMax + 1L) ? Optional.empty() : Optional.of(Bytes.owning(body.readByteArray()));
    }

    private interface Ask<T> {
        T within(Duration left) throws IOException;
    }

    private <T> CompletionStage<T> start(Function<String, T> unreachable, Duration deadline, Ask<T> ask) {
        long end = System.nanoTime() + deadline.toNanos();
        if (pending.incrementAndGet() > pendingMax) {
            pending.decrementAndGet();
            return CompletableFuture.completedFuture(
                    unreachable.apply("this node already has " + pendingMax + " requests under way"));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> answer.complete(inTurn(unreachable, end, ask)));
        } catch (RejectedExecutionException closed) {
            pending.decrementAndGet();
            answer.complete(unreachable.apply("this node is shutting down"));
        }
        return answer;
    }

    private <T> T inTurn(Function<String, T> unreachable, long end, Ask<T> ask) {
        try {
            if (!turns.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS))
                return unreachable.apply("this node had no turn for the request in time");
            try {
                long left = end - System.nanoTime();
                if (left <= 0) return unreachable.apply("this node had no turn for the request in time");
                return ask.within(Duration.ofNanos(left));
            } finally {
                turns.release();
            }
        } catch (InterruptedException closed) {
            return unreachable.apply("this node is shutting down");
        } catch (IOException e) {
            return unreachable.apply(Texts.reason(e));
        } catch (IllegalArgumentException e) {
            return unreachable.apply("the request cannot be made: " + Texts.printable(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // A fault of ours must not leave the asking actor without an answer.
            return unreachable.apply("the request broke: " + Texts.printable(String.valueOf(e)));
        } finally {
            pending.decrementAndGet();
        }
    }
}
