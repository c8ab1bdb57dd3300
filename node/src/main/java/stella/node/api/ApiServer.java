package stella.node.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.NodeStatus;
import stella.protocol.chain.Block;
import stella.protocol.deal.Deal;
import stella.protocol.deal.Request;
import stella.protocol.deal.RequestState;
import stella.roles.Ledger;

/**
 * Answers {@code /api/v1/…} and {@code /health/…}; whoever binds the port sends it the requests that it {@link #owns}. Each request
 * runs on a virtual thread of its own, so the resources read like prose.
 */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int UPLOADS_AT_ONCE = 4;

    private final ActorSystem<?> system;
    private final Network network;
    private final Finalized finalized;
    private final HealthCheck health;
    private final History history;
    private final Ledger.Following following;
    private final Map<String, Resource> resources;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    /** One thread: the history wants blocks in order. */
    private final ExecutorService scribe =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("history").factory());

    private final ExecutorService disk = Executors.newFixedThreadPool(
            UPLOADS_AT_ONCE, Thread.ofPlatform().daemon().name("upload-", 1).factory());

    /**
     * @param history file for the history of deals; it is made when it is not there
     * @throws IOException when the folder of uploads or the history cannot be used
     */
    public static ApiServer create(ActorSystem<?> system, Network network, ApiSettings settings, Path history)
            throws IOException {
        return new ApiServer(system, network, settings, history);
    }

    private ApiServer(ActorSystem<?> system, Network network, ApiSettings settings, Path historyFile)
            throws IOException {
        this.system = system;
        this.network = network;
        this.finalized = new Finalized(network);
        this.health = new HealthCheck(network, settings, System::nanoTime);
        Ledger ledger = network.ledger();
        this.history = History.open(historyFile, ledger.genesis());
        Names names = new Names(network.info());
        Descriptions descriptions = new Descriptions(names, ledger.constants());
        WriteGuard guard = new WriteGuard(settings.localWritesOnly());
        Uploads uploads = new Uploads(network.uploads(), settings);
        Placements placements = new Placements(system, network, names, settings.placementsMax());
        Catalog<Deal> deals = new Catalog<>(ledger::deal, deal -> !deal.state().isLive());
        Catalog<Request> requestCatalog = new Catalog<>(ledger::request, ApiServer::isSettled);
        this.resources = Map.of(
                "node", this::node,
                "nodes", new NodeResource(finalized, network, names, guard),
                "deals", new DealResource(finalized, deals, descriptions, history),
                "requests", new RequestResource(finalized, requestCatalog, deals, descriptions),
                "reputation", new ReputationResource(finalized, network, names),
                "uploads", new UploadResource(uploads, guard, settings, disk),
                "placements", new PlacementResource(network, uploads, placements, guard));
        // Last: the first block may come before this returns.
        this.following = ledger.follow(this::onBlock);
    }

    /** Whether the request is for this server. */
    public boolean owns(HttpRequest request) {
        List<String> path = Exchange.path(request);
        return !path.isEmpty()
                && (path.getFirst().equals("api") || path.getFirst().equals("health"));
    }

    /** Answers a request; never blocks the calling thread, and the stage never fails. */
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        try {
            return CompletableFuture.supplyAsync(() -> answer(request), requests);
        } catch (RejectedExecutionException e) {
            request.discardEntityBytes(system);
            return CompletableFuture.completedFuture(
                    Answers.problem(new ApiException(ErrorCode.STARTING, "the node is shutting down")));
        }
    }

    @Override
    public void close() {
        following.close();
        requests.shutdown();
        disk.shutdown();
        scribe.close();
        history.close();
    }

    private HttpResponse answer(HttpRequest request) {
        Exchange exchange = new Exchange(request, system);
        try {
            if (exchange.isRead()) request.discardEntityBytes(system);
            return route(exchange, Exchange.path(request));
        } catch (ApiException e) {
            return refused(request, e);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method().value(), request.getUri().path(), e);
            return refused(
                    request,
                    new ApiException(ErrorCode.INTERNAL, "the request failed in the node", "its log says why"));
        }
    }

    private HttpResponse refused(HttpRequest request, ApiException failure) {
        // Whoever still sends is heard to the end, within the server's limit, so that the answer gets through.
        request.discardEntityBytes(system);
        return Answers.problem(failure);
    }

    private HttpResponse route(Exchange exchange, List<String> path) {
        if (path.equals(List.of("health", "live"))) return Answers.ok(new NodeStatus.Health("live", List.of()));
        if (path.equals(List.of("health", "ready"))) {
            NodeStatus.Health now = health.now();
            return Answers.document(now.status().equals("starting") ? 503 : 200, now);
        }
        Resource resource =
                path.size() >= 3 && path.get(0).equals("api") && path.get(1).equals("v1")
                        ? resources.get(path.get(2))
                        : null;
        if (resource == null)
            throw Resource.noSuchPath("/health/live, /health/ready and under /api/v1: "
                    + String.join(", ", resources.keySet().stream().sorted().toList()));
        return resource.answer(exchange, path.subList(3, path.size()));
    }

    private HttpResponse node(Exchange exchange, List<String> rest) {
        if (!rest.isEmpty()) throw Resource.noSuchPath("node");
        if (!exchange.isRead()) throw Resource.notAllowed(exchange, "GET and HEAD");
        return Answers.ok(new NodeStatus(
                network.info(),
                network.head()
                        .map(head ->
                                new NodeStatus.Head(head.number(), head.hash().toString()))
                        .orElse(null),
                network.head().map(finalized::epoch).orElse(0L),
                network.ledger().constants().epochLength(),
                health.now()));
    }

    private void onBlock(Block block) {
        health.blockSeen();
        try {
            scribe.execute(() -> history.add(block));
        } catch (RejectedExecutionException e) {
            LOG.debug("block {} came after the end", block.number());
        }
    }

    private static boolean isSettled(Request request) {
        return request.live() == 0 && request.state() != RequestState.OPEN && request.state() != RequestState.FILLED;
    }
}
