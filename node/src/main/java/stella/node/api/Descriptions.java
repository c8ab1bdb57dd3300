package stella.node.api;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import stella.node.api.document.DealView;
import stella.node.api.document.RequestView;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.chain.Constants;
import stella.protocol.cid.Cid;
import stella.protocol.cid.MalformedException;
import stella.protocol.deal.Deal;
import stella.protocol.deal.Request;

/** Says of deals and requests what a person must know: owner, deadline, next step. Pure. */
final class Descriptions {
    private static final BigInteger RATIO_ONE = BigInteger.TEN.pow(18);

    private static final BigInteger BILLION = BigInteger.TEN.pow(9);

    private final Names names;
    private final Constants constants;

    Descriptions(Names names, Constants constants) {
        this.names = names;
        this.constants = constants;
    }

    private record Outlook(
            String owner, String nextStep, @Nullable Long deadline) {}

    DealView deal(Deal deal) {
        Outlook outlook = outlook(deal);
        long firstProof = deal.activatedAt().isPresent() ? 1 : 0;
        return new DealView(
                deal.id(),
                deal.request(),
                Names.address(deal.client()),
                names.name(deal.client()),
                Names.address(deal.store()),
                names.name(deal.store()),
                cid(deal.content()),
                deal.piece().cid().toString(),
                deal.state().word(),
                outlook.owner(),
                outlook.nextStep(),
                outlook.deadline(),
                deal.price(),
                deal.periods(),
                deal.period(),
                deal.proven(),
                firstProof + deal.paidPeriods(),
                deal.paidPeriods(),
                deal.price().multiply(BigInteger.valueOf(deal.paidPeriods())),
                deal.faults(),
                deal.faultsInRow(),
                deal.collateral(),
                deal.reserved(),
                slashed(deal),
                deal.acceptedAt(),
                deal.activatedAt().orElse(null));
    }

    RequestView request(Request request) {
        Outlook outlook = outlook(request);
        var terms = request.terms();
        return new RequestView(
                request.id(),
                Names.address(request.client()),
                names.name(request.client()),
                cid(terms.content()),
                terms.piece().cid().toString(),
                terms.piece().payloadSize(),
                terms.replicas(),
                terms.periods(),
                terms.priceMax(),
                word(request),
                outlook.owner(),
                outlook.nextStep(),
                outlook.deadline(),
                request.open(),
                request.live(),
                request.reserved(),
                request.createdAt(),
                terms.source());
    }

    /** Collateral lost so far, by the pallet's own arithmetic: a deal that is over no longer says what was held (PP-5). */
    private BigInteger slashed(Deal deal) {
        BigInteger initial = deal.price()
                .multiply(BigInteger.valueOf(deal.periods()))
                .multiply(constants.collateralRatio())
                .divide(RATIO_ONE);
        BigInteger perFault = initial.multiply(BigInteger.valueOf(constants.faultSlashPerBillion()))
                .add(BILLION.subtract(BigInteger.ONE))
                .divide(BILLION);
        return switch (deal.state()) {
            case ACCEPTED, ACTIVE -> initial.subtract(deal.collateral()).max(BigInteger.ZERO);
            case COMPLETED, ENDED_EARLY ->
                perFault.multiply(BigInteger.valueOf(deal.faults())).min(initial);
            case LAPSED -> perFault;
            case TERMINATED -> initial;
        };
    }

    private Outlook outlook(Deal deal) {
        AccountId store = deal.store();
        return switch (deal.state()) {
            case ACCEPTED ->
                new Outlook(
                        "store",
                        names.word(store) + " proves possession for the first time before block " + deal.deadline()
                                + ", or the deal lapses and the credits return",
                        deal.deadline());
            case ACTIVE -> active(deal);
            case COMPLETED -> over("all " + deal.periods() + " periods are over");
            case TERMINATED ->
                over("ended after " + deal.faultsInRow()
                        + " faults in a row; the replica was offered again if credits allowed");
            case ENDED_EARLY -> over("the client ended it early");
            case LAPSED -> over("no valid first proof came in time");
        };
    }

    private Outlook active(Deal deal) {
        long end = deal.activatedAt().orElse(deal.acceptedAt()) + (deal.period() + 1) * constants.provingPeriod();
        String period = "period " + (deal.period() + 1) + " of " + deal.periods();
        if (deal.proven()) return new Outlook("chain", period + " is proven; it ends in block " + end, end);
        return new Outlook(
                "store",
                names.word(deal.store()) + " proves " + period + " in blocks " + (end - constants.provingWindow())
                        + " to " + (end - 1) + ", or loses collateral",
                end - 1);
    }

    private Outlook outlook(Request request) {
        return switch (request.state()) {
            case OPEN ->
                new Outlook(
                        "stores",
                        (request.open() == 1 ? "1 more Store" : request.open() + " more Stores")
                                + " may take it until block " + request.expiresAt() + ", then the open part expires",
                        request.expiresAt());
            case FILLED -> new Outlook("chain", "its " + request.live() + " deals run; see `stella deal ls`", null);
            case DONE -> over("all its deals are over");
            case CANCELLED -> over("its open part was cancelled and the credits returned");
            case EXPIRED -> over("not enough Stores took it in time; the credits of the open part returned");
        };
    }

    private static Outlook over(String reason) {
        return new Outlook("nobody", "nothing: " + reason, null);
    }

    private static String word(Request request) {
        return switch (request.state()) {
            case OPEN -> "Open";
            case FILLED -> "Filled";
            case DONE -> "Done";
            case CANCELLED -> "Cancelled";
            case EXPIRED -> "Expired";
        };
    }

    /** The content of a deal is not checked by the chain: what is no CID is shown in hexadecimal digits. */
    private static String cid(Bytes content) {
        try {
            return Cid.of(content).toString();
        } catch (MalformedException e) {
            return content.toHex0x();
        }
    }
}
