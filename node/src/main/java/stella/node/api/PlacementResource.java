package stella.node.api;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.Json;
import stella.node.api.document.PlacementEvent;
import stella.node.api.document.PlacementOrder;
import stella.protocol.cid.Cid;
import stella.protocol.cid.MalformedException;
import stella.protocol.deal.StorageRequest;
import stella.protocol.deal.Tier;
import stella.protocol.piece.Piece;

/** {@code placements} (POST), {@code placements/{id}} and {@code placements/{id}/events}, a JSON document per line until the last word. */
final class PlacementResource implements Resource {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int ACCOUNT_CHARACTERS_MAX = 1024;
    private static final BigInteger PRICE_MAX = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    private final Network network;
    private final Uploads uploads;
    private final Placements placements;
    private final WriteGuard guard;

    PlacementResource(Network network, Uploads uploads, Placements placements, WriteGuard guard) {
        this.network = network;
        this.uploads = uploads;
        this.placements = placements;
        this.guard = guard;
    }

    @Override
    public HttpResponse answer(Exchange exchange, List<String> rest) {
        if (rest.isEmpty()) {
            if (!exchange.method().equals("POST")) throw Resource.notAllowed(exchange, "POST");
            guard.check(exchange);
            return place(exchange);
        }
        if (!exchange.isRead()) throw Resource.notAllowed(exchange, "GET and HEAD");
        PlacementLog log = placements
                .find(rest.getFirst())
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NO_SUCH_PLACEMENT,
                        "this node knows no such placement, or has forgotten it at a restart",
                        "see `stella request ls` for what is on chain"));
        if (rest.size() == 1) return Answers.ok(log.view());
        if (rest.size() == 2 && rest.get(1).equals("events")) return Answers.lines(events(log));
        throw Resource.noSuchPath("placements, placements/{id} and placements/{id}/events");
    }

    private HttpResponse place(Exchange exchange) {
        String key = exchange.header("Idempotency-Key").orElseGet(() -> "put-" + UUID.randomUUID());
        if (!key.matches("[A-Za-z0-9_-]{1,64}"))
            throw new ApiException(
                    ErrorCode.MALFORMED, "Idempotency-Key has 1 to 64 letters, digits, hyphens or underlines");
        PlacementOrder order = exchange.document(PlacementOrder.class);
        PlacementLog log = placements.start(key, order, terms(order));
        return Answers.document(202, log.view())
                .addHeader(RawHeader.create("Location", "/api/v1/placements/" + log.id()));
    }

    private StorageRequest terms(PlacementOrder order) {
        Piece piece = UploadResource.piece(text("pieceCid", order.pieceCid()));
        Cid content = content(text("content", order.content()));
        int replicasMax = network.ledger().constants().maxReplicas();
        if (order.replicas() < 1 || order.replicas() > replicasMax)
            throw new ApiException(
                    ErrorCode.MALFORMED, "replicas are 1 to " + replicasMax + ", not " + order.replicas());
        if (order.periods() < 1 || order.periods() > Integer.MAX_VALUE)
            throw new ApiException(
                    ErrorCode.MALFORMED, "periods are 1 to " + Integer.MAX_VALUE + ", not " + order.periods());
        BigInteger price = Optional.ofNullable(order.maxPrice()).orElse(BigInteger.ZERO);
        if (price.signum() < 0 || price.compareTo(PRICE_MAX) > 0)
            throw new ApiException(ErrorCode.MALFORMED, "maxPrice is 0 to " + PRICE_MAX + " planck, not " + price);
        if (text("account", order.account()).length() > ACCOUNT_CHARACTERS_MAX)
            throw new ApiException(
                    ErrorCode.MALFORMED, "account has at most " + ACCOUNT_CHARACTERS_MAX + " characters");
        if (!uploads.isOffered(piece))
            throw new ApiException(
                    ErrorCode.NOT_UPLOADED,
                    "the piece " + piece.cid() + " is not here yet",
                    "bring it first: PUT /api/v1/uploads/" + piece.cid());
        return new StorageRequest(
                content.toBytes(), piece, order.replicas(), order.periods(), price, Tier.HOT, network.sourceUrl(piece));
    }

    private static Cid content(String text) {
        try {
            Cid cid = Cid.parse(text);
            if (cid.length() <= 64) return cid;
            throw new ApiException(ErrorCode.BAD_CID, "a content CID has at most 64 bytes, not " + cid.length());
        } catch (MalformedException e) {
            throw new ApiException(ErrorCode.BAD_CID, "content is no CID: " + e.getMessage());
        }
    }

    /** Keys that are absent leave null in a record, whatever its types say. */
    private static String text(String key, @Nullable String value) {
        if (value == null || value.isEmpty())
            throw new ApiException(ErrorCode.MALFORMED, "the key " + key + " is missing");
        return value;
    }

    private static Source<ByteString, NotUsed> events(PlacementLog log) {
        return Source.unfoldAsync(
                        0,
                        seen -> log.after(seen)
                                .thenApply(news -> news.isEmpty()
                                        ? Optional.<Pair<Integer, List<PlacementEvent>>>empty()
                                        : Optional.of(Pair.create(seen + news.size(), news))))
                .mapConcat(news -> new ArrayList<PlacementEvent>(news))
                .keepAlive(HEARTBEAT, PlacementEvent.Waiting::new)
                .map(event -> ByteString.fromString(Json.write(event) + "\n"));
    }
}
