package stella.node.api.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import stella.node.api.document.AppealView;
import stella.node.api.document.DealDetail;
import stella.node.api.document.DealPage;
import stella.node.api.document.Json;
import stella.node.api.document.NodePage;
import stella.node.api.document.NodeStatus;
import stella.node.api.document.PlacementEvent;
import stella.node.api.document.PlacementOrder;
import stella.node.api.document.PlacementView;
import stella.node.api.document.Problem;
import stella.node.api.document.ReputationDetail;
import stella.node.api.document.ReputationPage;
import stella.node.api.document.ReputationWhy;
import stella.node.api.document.RequestDetail;
import stella.node.api.document.RequestPage;
import stella.node.fault.Misbehaviour;

/**
 * Speaks to the API of one node. Methods block and throw {@link ApiFailure}; {@link #close} from another thread ends them. Any thread.
 */
public final class ApiClient implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final long DOCUMENT_BYTES_MAX = 32 << 20;
    private static final long LINE_BYTES_MAX = 1 << 20;

    /** Longer than the node's heartbeat on a stream, and than a read of the chain may take. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(40);

    private final NodeAddress address;
    private final OkHttpClient http;

    public ApiClient(NodeAddress address) {
        this.address = address;
        this.http = new OkHttpClient.Builder()
                .followRedirects(false)
                .proxy(Proxy.NO_PROXY)
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(SILENCE_MAX)
                .writeTimeout(SILENCE_MAX)
                .build();
    }

    public NodeStatus status() throws ApiFailure {
        return get(NodeStatus.class, url("node"));
    }

    public NodePage nodes() throws ApiFailure {
        return get(NodePage.class, url("nodes"));
    }

    /** @param before cursor: only deals with smaller ids */
    public DealPage deals(Optional<Long> before, int limit) throws ApiFailure {
        return get(DealPage.class, page("deals", before, limit));
    }

    public DealDetail deal(long id) throws ApiFailure {
        return get(DealDetail.class, url("deals", String.valueOf(id)));
    }

    /** @param before cursor: only requests with smaller ids */
    public RequestPage requests(Optional<Long> before, int limit) throws ApiFailure {
        return get(RequestPage.class, page("requests", before, limit));
    }

    public RequestDetail request(long id) throws ApiFailure {
        return get(RequestDetail.class, url("requests", String.valueOf(id)));
    }

    public ReputationPage reputation() throws ApiFailure {
        return get(ReputationPage.class, url("reputation"));
    }

    /** @param node name or SS58 address */
    public ReputationDetail reputation(String node) throws ApiFailure {
        return get(ReputationDetail.class, url("reputation", node));
    }

    /** @param node name or SS58 address */
    public ReputationWhy why(String node) throws ApiFailure {
        return get(ReputationWhy.class, url("reputation", node, "why"));
    }

    /** The evidence of one change, as it is named by its digest. */
    public String evidence(String node, String name) throws ApiFailure {
        return text(new Request.Builder()
                .url(url("reputation", node, "evidence", name))
                .build());
    }

    /** Signs an appeal for a node of the program that answers. */
    public AppealView appeal(String node) throws ApiFailure {
        Request request = new Request.Builder()
                .url(url("nodes", node, "appeal"))
                .post(RequestBody.create(new byte[0]))
                .build();
        return parse(text(request), AppealView.class);
    }

    public void misbehave(String node, Misbehaviour how) throws ApiFailure {
        Request request = new Request.Builder()
                .url(url("nodes", node, "fault"))
                .post(body(how))
                .build();
        text(request);
    }

    /** Starts a placement, or finds the one started under {@code key} before. */
    public PlacementView place(String key, PlacementOrder order) throws ApiFailure {
        Request request = new Request.Builder()
                .url(url("placements"))
                .header("Idempotency-Key", key)
                .post(body(order))
                .build();
        return parse(text(request), PlacementView.class);
    }

    /**
     * Tells all events of a placement, from its first, until its last word; waits for those to come.
     *
     * @param listener says whether it wants to hear more
     */
    public void follow(String placement, Predicate<PlacementEvent> listener) throws ApiFailure {
        Request request = new Request.Builder()
                .url(url("placements", placement, "events"))
                .build();
        try (Response response = send(request)) {
            BufferedSource lines = response.body().source();
            while (!lines.exhausted()) {
                PlacementEvent event = parse(lines.readUtf8LineStrict(LINE_BYTES_MAX), PlacementEvent.class);
                if (!listener.test(event) || event.isLast()) return;
            }
            throw ApiFailure.unreachable("the node ended the stream of placement " + placement + " early", null);
        } catch (ApiFailure e) {
            throw e;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** The blocks of a gateway, over the connections of this client. */
    public GatewayBlocks blocks(String gateway) {
        return new GatewayBlocks(http, gateway);
    }

    public PieceUpload upload() {
        return new PieceUpload(this);
    }

    /** Cancels what runs. */
    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    HttpUrl url(String... path) {
        HttpUrl.Builder url = HttpUrl.get(address.url()).newBuilder().addPathSegments("api/v1");
        for (String part : path) url.addPathSegment(part);
        return url.build();
    }

    /** The body of a successful answer. */
    String text(Request request) throws ApiFailure {
        try (Response response = send(request)) {
            return text(response);
        } catch (ApiFailure e) {
            throw e;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    static <T> T parse(String text, Class<T> type) throws ApiFailure {
        try {
            return Json.readTolerant(text, type);
        } catch (IOException | IllegalArgumentException e) {
            throw ApiFailure.unreachable(
                    "the answer is not what a Stella node of this version says: " + e.getMessage(), e);
        }
    }

    private <T> T get(Class<T> type, HttpUrl url) throws ApiFailure {
        return parse(text(new Request.Builder().url(url).build()), type);
    }

    private HttpUrl page(String resource, Optional<Long> before, int limit) {
        HttpUrl.Builder url = url(resource).newBuilder().addQueryParameter("limit", String.valueOf(limit));
        before.ifPresent(id -> url.addQueryParameter("before", String.valueOf(id)));
        return url.build();
    }

    /** A successful answer, to be closed by the caller. */
    private Response send(Request request) throws IOException {
        Response response = http.newCall(request).execute();
        if (response.isSuccessful()) return response;
        try (response) {
            String text = text(response);
            boolean isProblem = String.valueOf(response.header("Content-Type")).startsWith("application/problem+json");
            if (isProblem) throw ApiFailure.of(parse(text, Problem.class));
            throw ApiFailure.unreachable(
                    "what answers at " + address.url() + " (" + address.origin() + ") is no Stella node: status "
                            + response.code(),
                    null);
        }
    }

    private static String text(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(DOCUMENT_BYTES_MAX + 1))
            throw new ProtocolException("the answer has more than " + DOCUMENT_BYTES_MAX + " bytes");
        return source.readString(StandardCharsets.UTF_8);
    }

    private static RequestBody body(Object document) {
        return RequestBody.create(Json.write(document), JSON);
    }

    private ApiFailure unreachable(IOException cause) {
        String why = cause instanceof InterruptedIOException ? "no answer in time" : String.valueOf(cause.getMessage());
        return ApiFailure.unreachable(
                "the node at " + address.url() + " (" + address.origin() + ") does not answer: " + why, cause);
    }
}
