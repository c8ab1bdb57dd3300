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
import stella.gateway.keys.Ss58;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;
import stella.roles.Transfer;

/**
 * {@link Transfer} over OkHttp. Each request runs on a virtual thread of this class; the deadline covers everything, also the wait
 * for a turn. Stages complete on those threads and never exceptionally.
 */
public final class HttpTransfer implements Transfer, AutoCloseable {
    /** No block of IPFS is longer. */
    public static final int BLOCK_BYTES_MAX = 2 << 20;

    private static final int PUBLISHED_BYTES_MAX = 64 << 20;

    /** With a failure of the Store that a relay was asked for; without it the failure is the relay's. */
    private static final String RELAYED_FAILURE = "Stella-Provider";

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

    @Override
    public CompletionStage<Relayed<Answer>> relayedBlock(
            String gateway, AccountId store, String cid, Duration deadline) {
        return start(Relayed.Broken<Answer>::new, deadline, left -> {
            HttpUrl url = provided(blockUrl(gateway, cid), store);
            try (Response response =
                    call(request(url).header("Accept", RAW).build(), left).execute()) {
                return relayed(response, () -> answer(response), Answer.Unreachable::new);
            }
        });
    }

    @Override
    public CompletionStage<Relayed<Possession>> relayedPossession(
            String gateway, AccountId store, Piece piece, List<Long> leaves, Duration deadline) {
        return start(Relayed.Broken<Possession>::new, deadline, left -> {
            PossessionMessages.Challenge challenge = new PossessionMessages.Challenge(piece, leaves);
            HttpUrl url = provided(path(gateway, PossessionMessages.PATH), store);
            try (Response response =
                    call(post(url, PossessionMessages.write(challenge)), left).execute()) {
                return relayed(response, () -> possession(response, challenge), Possession.Unreachable::new);
            }
        });
    }

    @Override
    public CompletionStage<Quoted> ask(String endpoint, Terms terms, Duration deadline) {
        return start(Quoted.Unreachable::new, deadline, left -> {
            Request request = post(path(endpoint, AskMessages.PATH), AskMessages.write(terms));
            try (Response response = call(request, left).execute()) {
                return quoted(response);
            }
        });
    }

    @Override
    public CompletionStage<Published> published(String endpoint, Hash name, Duration deadline) {
        return start(Published.Missing::new, deadline, left -> {
            Request request =
                    request(path(endpoint, "stella/v1/published/" + name)).build();
            try (Response response = call(request, left).execute()) {
                if (response.code() != 200) return new Published.Missing(Texts.detail(response));
                return body(response, PUBLISHED_BYTES_MAX)
                        .<Published>map(Published.Found::new)
                        .orElse(new Published.Missing("the answer is longer than 64 MiB"));
            }
        });
    }

    /** Ends all requests that are under way and takes no new ones. */
    @Override
    public void close() {
        threads.shutdownNow();
        client.connectionPool().evictAll();
    }

    private Answer askBlock(String endpoint, String cid, Duration left) throws IOException {
        Request request = request(blockUrl(endpoint, cid)).header("Accept", RAW).build();
        try (Response response = call(request, left).execute()) {
            return answer(response);
        }
    }

    private static Answer answer(Response response) throws IOException {
        if (response.code() != 200) return new Answer.Refused(response.code(), Texts.detail(response));
        return body(response, BLOCK_BYTES_MAX)
                .<Answer>map(Answer.Block::new)
                .orElse(new Answer.Refused(200, "the answer is longer than the 2 MiB of the longest block"));
    }

    private Possession askPossession(String endpoint, Piece piece, List<Long> leaves, Duration left)
            throws IOException {
        PossessionMessages.Challenge challenge = new PossessionMessages.Challenge(piece, leaves);
        Request request = post(path(endpoint, PossessionMessages.PATH), PossessionMessages.write(challenge));
        try (Response response = call(request, left).execute()) {
            return possession(response, challenge);
        }
    }

    private static Possession possession(Response response, PossessionMessages.Challenge challenge) throws IOException {
        if (response.code() != 200 && !isSpoken(response))
            return new Possession.Refused(response.code(), Texts.detail(response));
        Optional<Bytes> data = body(response, PossessionMessages.PROOF_BYTES_MAX);
        if (data.isEmpty()) return new Possession.Refused(response.code(), "the answer is too long for a proof");
        if (response.code() != 200)
            return new Possession.Refused(
                    response.code(), PossessionMessages.readRefusal(data.get().toArray()));
        return proven(data.get(), challenge);
    }

    private static Quoted quoted(Response response) throws IOException {
        if (response.code() != 200 && !isSpoken(response))
            return new Quoted.Refused(response.code(), Texts.detail(response));
        Optional<Bytes> data = body(response, AskMessages.ASK_BYTES_MAX);
        if (data.isEmpty()) return new Quoted.Refused(response.code(), "the answer is too long for an ask");
        if (response.code() != 200) return new Quoted.Refused(response.code(), AskMessages.refusal(data.get()));
        try {
            return new Quoted.Offered(AskMessages.readAsk(data.get().toArray()));
        } catch (IllegalArgumentException e) {
            return new Quoted.Refused(200, String.valueOf(e.getMessage()));
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /** What a relay says about the Store that was named, or that it did not ask it. */
    private static <T> Relayed<T> relayed(Response response, Reading<T> answer, Function<String, T> unreachable)
            throws IOException {
        String word = response.header(RELAYED_FAILURE, "");
        if (response.code() == 200 || "refused".equals(word)) return new Relayed.Passed<>(answer.read());
        return "unreachable".equals(word)
                ? new Relayed.Passed<>(unreachable.apply(Texts.detail(response)))
                : new Relayed.Broken<>(response.code() + " " + Texts.detail(response));
    }

    private static boolean isSpoken(Response response) {
        return PROTOBUF.equals(response.body().contentType());
    }

    private static HttpUrl blockUrl(String endpoint, String cid) {
        return Addresses.endpoint(endpoint)
                .newBuilder()
                .addPathSegment("ipfs")
                .addPathSegment(cid)
                .addQueryParameter("format", "raw")
                .build();
    }

    private static HttpUrl path(String endpoint, String segments) {
        return Addresses.endpoint(endpoint)
                .newBuilder()
                .addPathSegments(segments)
                .build();
    }

    private static HttpUrl provided(HttpUrl url, AccountId store) {
        String address = Ss58.encode(store, Ss58.GENERIC_PREFIX);
        return url.newBuilder().addQueryParameter("provider", address).build();
    }

    private static Request post(HttpUrl url, byte[] body) {
        return request(url).post(RequestBody.create(body, PROTOBUF)).build();
    }

    private static Possession proven(Bytes data, PossessionMessages.Challenge challenge) {
        try {
            return PossessionMessages.readProof(data.toArray(), challenge);
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
