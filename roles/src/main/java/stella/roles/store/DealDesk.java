package stella.roles.store;

import java.math.BigInteger;
import java.util.Optional;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Decline;
import stella.protocol.deal.Request;
import stella.protocol.deal.RequestState;
import stella.protocol.deal.StorageRequest;
import stella.protocol.role.Standing;

/** Decides by the published ask, free space and the client's credits whether a deal is taken (clauses AS-1, DL-3). */
final class DealDesk {
    private DealDesk() {}

    /** What the Store knows when an offer comes: all from the chain at one block, but the free bytes of its own disk. */
    record Facts(Optional<Request> request, Optional<Ask> ask, Standing standing, long block, long freeBytes) {}

    /** The price per GiB and period to accept at, or why not. */
    sealed interface Ruling {
        record Take(BigInteger price) implements Ruling {}

        record Refuse(Decline reason) implements Ruling {}
    }

    static Ruling judge(long requestId, Facts facts) {
        if (facts.request().isEmpty())
            return refuse(new Decline.ClientWithoutCredits(
                    "request " + requestId + " is not on chain: no credits are set aside for it"));
        Request request = facts.request().get();
        if (request.state() != RequestState.OPEN || request.open() == 0)
            return refuse(new Decline.Duplicate("request " + requestId + " has no replica left to take"));
        if (!facts.standing().isActive())
            return refuse(new Decline.Suspended("the Store is "
                    + facts.standing().word() + ": it keeps and proves what it has and takes nothing new"));
        if (facts.ask().isEmpty() || facts.ask().get().expiresAt() <= facts.block())
            return refuse(new Decline.ShuttingDown("the Store has no valid ask on chain"));
        return byAsk(facts.ask().get(), request.terms(), facts.freeBytes());
    }

    private static Ruling byAsk(Ask ask, StorageRequest terms, long freeBytes) {
        long size = terms.piece().paddedSize();
        if (size < ask.pieceSizeMin() || size > ask.pieceSizeMax())
            return refuse(new Decline.PieceTooLarge(size, ask.pieceSizeMin(), ask.pieceSizeMax()));
        if (terms.tier() != ask.tier())
            return refuse(new Decline.ShuttingDown("the Store offers the tier " + ask.tier() + " only"));
        if (terms.periods() > ask.periodsMax())
            return refuse(
                    new Decline.ShuttingDown("the Store takes deals of at most " + ask.periodsMax() + " periods"));
        if (terms.priceMax().compareTo(ask.price()) < 0)
            return refuse(new Decline.PriceTooLow(terms.priceMax(), ask.price()));
        long space = Math.min(ask.capacity(), freeBytes);
        if (size > space) return refuse(new Decline.NoSpace(size, space));
        return new Ruling.Take(ask.price());
    }

    private static Ruling refuse(Decline reason) {
        return new Ruling.Refuse(reason);
    }
}
