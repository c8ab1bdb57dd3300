package stella.devchain.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transport: WebSocket connections, POST requests and {@code /health}. */
final class RpcHttp {
    private static final Logger LOG = LoggerFactory.getLogger(RpcHttp.class);
    private static final String ORDERED = "\"chainHead_v1_";
    private static final int READ_MILLIS_MAX = 30_000;
    private static final int REQUESTS_AT_ONCE = 16;
    private static final int WAITING_MESSAGES_MAX = 4096;
    private static final long WAITING_BYTES_MAX = 64L << 20;

    private final ClassicActorSystemProvider system;
    private final RpcDispatcher dispatcher;
    private final ExecutorService workers;

    RpcHttp(ClassicActorSystemProvider system, RpcDispatcher dispatcher, ExecutorService workers) {
        this.system = system;
        this.dispatcher = dispatcher;
        this.workers = workers;
    }

    CompletionStage<HttpResponse> handle(HttpRequest request) {
        var upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade);
        if (upgrade.isPresent()) return done(webSocket(upgrade.get()));
        if (request.method().equals(HttpMethods.POST)) return post(request);
        request.discardEntityBytes(system);
        boolean health = request.getUri().path().equals("/health")
                || request.getUri().path().equals("/health/readiness");
        return done(
                health
                        ? json(Json.write(SystemMethods.health()))
                        : HttpResponse.create()
                                .withStatus(StatusCodes.METHOD_NOT_ALLOWED)
                                .withEntity("This is a JSON-RPC endpoint: POST a request or open a WebSocket.\n"));
    }

    private CompletionStage<HttpResponse> post(HttpRequest request) {
        return request.entity()
                .withSizeLimit(RpcServer.MESSAGE_BYTES_MAX)
                .toStrict(READ_MILLIS_MAX, RpcServer.MESSAGE_BYTES_MAX, system)
                .thenApplyAsync(body -> json(answer(body.getData().utf8String())), workers)
                .exceptionally(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    return HttpResponse.create()
                            .withStatus(
                                    cause instanceof EntityStreamSizeException || cause instanceof EntityStreamException
                                            ? StatusCodes.CONTENT_TOO_LARGE
                                            : StatusCodes.BAD_REQUEST);
                });
    }

    private String answer(String request) {
        RpcDispatcher.Answer answer = dispatcher.answer(request, null);
        return answer.message() == null ? "" : Json.write(answer.message());
    }

    private static HttpResponse json(String body) {
        return HttpResponse.create().withEntity(ContentTypes.APPLICATION_JSON, ByteString.fromString(body));
    }

    private HttpResponse webSocket(WebSocketUpgrade upgrade) {
        Pair<BoundedSourceQueue<String>, Source<String, NotUsed>> buffer =
                Source.<String>queue(WAITING_MESSAGES_MAX).preMaterialize(system);
        BoundedSourceQueue<String> queue = buffer.first();
        AtomicLong waitingBytes = new AtomicLong();
        RpcConnection connection = new RpcConnection(text -> offer(queue, text, waitingBytes), () -> hangUp(queue));
        Sink<Message, CompletionStage<Done>> requests = Flow.<Message>create()
                .mapAsync(
                        1,
                        message -> whole(message).exceptionally(failure -> {
                            // What cannot be read cannot be answered: the client has left, or sends more than is taken.
                            LOG.debug("a connection is closed: {}", failure.getMessage());
                            queue.complete();
                            return "";
                        }))
                .filter(text -> !text.isEmpty())
                .mapAsyncUnordered(REQUESTS_AT_ONCE, inOrderWhereItMatters(connection))
                .toMat(Sink.ignore(), Keep.right());
        Source<Message, NotUsed> answers = buffer.second().map(text -> {
            waitingBytes.addAndGet(-text.length());
            return TextMessage.create(text);
        });
        Flow<Message, Message, NotUsed> flow = Flow.fromSinkAndSourceCoupled(
                requests.mapMaterializedValue(end -> {
                    end.whenComplete((ended, failure) -> connection.close());
                    return NotUsed.getInstance();
                }),
                answers);
        return upgrade.handleMessagesWith(flow);
    }

    /**
     * Requests run side by side, so that a slow one holds up no other. A follower of {@code chainHead_v1} however asks about a block and unpins it in one
     * breath: its requests are answered one after the other, and only the work they begin runs side by side.
     */
    private Function<String, CompletionStage<Done>> inOrderWhereItMatters(RpcConnection connection) {
        Executor inTurn = new InTurn(workers);
        return text -> {
            Executor executor = text.contains(ORDERED) ? inTurn : workers;
            CompletableFuture<RpcDispatcher.Answer> answered =
                    CompletableFuture.supplyAsync(() -> respond(text, connection), executor);
            return answered.thenApplyAsync(
                    answer -> {
                        answer.afterwards().forEach(Runnable::run);
                        return Done.getInstance();
                    },
                    workers);
        };
    }

    private RpcDispatcher.Answer respond(String text, RpcConnection connection) {
        RpcDispatcher.Answer answer = dispatcher.answer(text, connection);
        if (answer.message() != null) connection.send(answer.message());
        return answer;
    }

    /** A client that left by itself at this moment is no news for whoever was telling it something. */
    private static void hangUp(BoundedSourceQueue<String> queue) {
        try {
            queue.fail(new IllegalStateException("the client reads too slowly"));
        } catch (IllegalStateException e) {
            LOG.debug("a connection was closed already: {}", e.getMessage());
        }
    }

    private static boolean offer(BoundedSourceQueue<String> queue, String text, AtomicLong waitingBytes) {
        long others = waitingBytes.getAndAdd(text.length());
        return others <= WAITING_BYTES_MAX && queue.offer(text).isEnqueued();
    }

    /** A message may come in pieces; together they are bounded. */
    private CompletionStage<String> whole(Message message) {
        if (message.isText()) {
            TextMessage text = message.asTextMessage();
            if (text.isStrict()) return done(bounded(text.getStrictText()));
            return text.getStreamedText()
                    .runFold(new StringBuilder(), RpcHttp::append, system)
                    .thenApply(StringBuilder::toString);
        }
        var binary = message.asBinaryMessage();
        if (binary.isStrict()) return done(bounded(binary.getStrictData().utf8String()));
        return binary.getStreamedData()
                .runFold(
                        ByteString.emptyByteString(),
                        (all, piece) -> {
                            if (all.size() + piece.size() > RpcServer.MESSAGE_BYTES_MAX) throw tooLong();
                            return all.concat(piece);
                        },
                        system)
                .thenApply(ByteString::utf8String);
    }

    private static StringBuilder append(StringBuilder all, String piece) {
        if (all.length() + piece.length() > RpcServer.MESSAGE_BYTES_MAX) throw tooLong();
        return all.append(piece);
    }

    private static String bounded(String text) {
        if (text.length() > RpcServer.MESSAGE_BYTES_MAX) throw tooLong();
        return text;
    }

    private static IllegalArgumentException tooLong() {
        return new IllegalArgumentException("a message is longer than " + RpcServer.MESSAGE_BYTES_MAX + " bytes");
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
