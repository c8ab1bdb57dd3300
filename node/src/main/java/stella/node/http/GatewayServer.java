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
import stella.roles.fetch.StoreRelay;

/**
 * The public endpoint of a Fetch: the trustless gateway (blocks, CARs) and the path gateway (files, directories) over whatever a
 * {@link BlockSupply} finds (FE-1). Every block is verified before its bytes leave (FE-2); what fails in mid-stream cuts the connection.
 */
public final class GatewayServer implements Handler {
    private final ActorSystem<?> system;
    private final Sources sources;
    private final Executor readers;

    /** @param readers where reading waits for blocks: virtual threads */
    public GatewayServer(ActorSystem<?> system, Sources sources, Executor readers) {
        this.system = system;
        this.sources = sources;
        this.readers = readers;
    }

    /**
     * What the gateway stands in front of.
     *
     * @param prover asks a replica for leaves
     * @param relay asks the Store that a request names
     * @param signer puts the Fetch's name to delivered leaves; empty where nobody inspects the gateway
     */
    public record Sources(BlockSupply blocks, LeafProver prover, StoreRelay relay, Optional<DeliverySigner> signer) {}

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        List<String> path = Requests.segments(request);
        if (request.method().equals(HttpMethods.POST) && Routes.isPossession(path))
            return Relays.isRelayed(request)
                    ? Possessions.relay(request, sources.relay(), sources.signer(), system)
                    : Possessions.serve(request, sources.prover(), sources.signer(), system);
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
        if (Relays.isRelayed(request)) return relayed(request, root.get(), path);
        if (path.stream().anyMatch(name -> name.indexOf('/') >= 0))
            return Routes.refused(404, "a name in a directory has no slash");
        Asked asked = new Asked(request, root.get(), List.copyOf(path.subList(2, path.size())));
        return CompletableFuture.supplyAsync(() -> new GatewayAnswer(asked, sources.blocks(), readers).give(), readers);
    }

    private CompletionStage<HttpResponse> relayed(HttpRequest request, Cid cid, List<String> path) {
        boolean block = path.size() == 2 && Requests.format(request).equals(Optional.of("raw"));
        return block
                ? Relays.block(request, cid, sources.relay())
                : Routes.refused(400, "only single blocks (format=raw) come from a provider that the asker names");
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
