package stella.node.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import stella.protocol.cid.Cid;

/**
 * The public endpoint of one Store: single blocks as a trustless gateway serves them, whole pieces with ranges, proofs of possession,
 * and its ask. Serves only what the Store itself has.
 */
public final class StoreServer implements Handler {
    private final ActorSystem<?> system;
    private final BlockSupply blocks;
    private final PieceShelf pieces;
    private final LeafProver prover;
    private final AskDesk desk;

    public StoreServer(ActorSystem<?> system, BlockSupply blocks, PieceShelf pieces, LeafProver prover, AskDesk desk) {
        this.system = system;
        this.blocks = blocks;
        this.pieces = pieces;
        this.prover = prover;
        this.desk = desk;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        List<String> path = Requests.segments(request);
        if (request.method().equals(HttpMethods.POST) && Routes.isPossession(path))
            return Possessions.serve(request, prover, Optional.empty(), system);
        if (request.method().equals(HttpMethods.POST) && Routes.isAsk(path)) return Asks.serve(request, desk, system);
        request.discardEntityBytes(system);
        if (request.method().equals(HttpMethods.OPTIONS)) return Routes.preflight();
        if (!Requests.reads(request.method())) return Routes.onlyReads();
        if (Routes.isLive(path)) return Routes.live();
        if (path.size() == 2 && path.getFirst().equals("ipfs")) return block(request, path.get(1));
        if (path.size() == 2 && path.getFirst().equals("piece")) return Pieces.serve(request, path.get(1), pieces);
        return Routes.nothingHere("/ipfs/{cid}?format=raw, /piece/{pieceCid}, /health/live");
    }

    private CompletionStage<HttpResponse> block(HttpRequest request, String text) {
        Optional<Cid> cid = Cids.read(text);
        if (cid.isEmpty()) return Routes.refused(400, "the path does not name a CID");
        Optional<String> format = Requests.format(request);
        // The probe of trustless gateways comes without a format.
        if (format.isEmpty() && !cid.get().isIdentity())
            return Routes.refused(400, "a Store serves single blocks: ask with ?format=raw, or a Fetch for files");
        if (format.isPresent() && !format.get().equals("raw"))
            return Routes.refused(406, "a Store serves only format=raw; a Fetch serves files");
        return RawBlocks.serve(request, cid.get(), Optional.empty(), blocks);
    }
}
