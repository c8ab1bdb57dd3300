package stella.node.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import stella.protocol.cid.Cid;

/**
 * The public endpoint of a Fetch: the trustless gateway (blocks, CARs) and the path gateway (files, directories) over whatever a
 * {@link BlockSupply} finds (FE-1). Every block is verified before its bytes leave (FE-2); what fails in mid-stream cuts the connection.
 */
public final class GatewayServer implements Handler {
    private final ActorSystem<?> system;
    private final BlockSupply blocks;
    private final LeafProver prover;
    private final Executor readers;

    /**
     * @param prover asks a replica
     * @param readers where reading waits for blocks: virtual threads
     */
    public GatewayServer(ActorSystem<?> system, BlockSupply blocks, LeafProver prover, Executor readers) {
        this.system = system;
        this.blocks = blocks;
        this.prover = prover;
        this.readers = readers;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        List<String> path = Requests.segments(request);
        if (request.method().equals(HttpMethods.POST) && Routes.isPossession(path))
            return Possessions.serve(request, prover, system);
        request.discardEntityBytes(system);
        if (request.method().equals(HttpMethods.OPTIONS)) return Routes.preflight();
        if (!Requests.reads(request.method())) return Routes.onlyReads();
        if (Routes.isLive(path)) return Routes.live();
        if (path.size() >= 2 && path.getFirst().equals("ipfs")) return content(request, path);
        return Routes.nothingHere("/ipfs/{cid}[/path], /health/live");
    }

    private CompletionStage<HttpResponse> content(HttpRequest request, List<String> path) {
        Optional<Cid> root = Cids.read(path.get(1));
        if (root.isEmpty()) return Routes.refused(400, "the path does not name a CID");
        if (path.stream().anyMatch(name -> name.indexOf('/') >= 0))
            return Routes.refused(404, "a name in a directory has no slash");
        Asked asked = new Asked(request, root.get(), List.copyOf(path.subList(2, path.size())));
        return CompletableFuture.supplyAsync(() -> new GatewayAnswer(asked, blocks, readers).give(), readers);
    }

    /**
     * What a request asks for.
     *
     * @param names path below the root
     */
    record Asked(HttpRequest request, Cid root, List<String> names) {
        String format() {
            return Requests.format(request).orElse("");
        }

        String path() {
            return "/ipfs/" + root + (names.isEmpty() ? "" : "/" + String.join("/", names));
        }

        /** The same as an absolute path of a URL. */
        String encodedPath() {
            StringBuilder path = new StringBuilder("/ipfs/").append(root);
            for (String name : names) path.append('/').append(Listing.encoded(name));
            return path.toString();
        }
    }
}
