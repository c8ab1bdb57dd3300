package stella.roles.store;

import java.math.BigInteger;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Decline;
import stella.protocol.deal.Request;
import stella.protocol.deal.RequestState;
import stella.protocol.deal.StorageRequest;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.Standing;

/** Decides by the published ask, free space and the client's credits whether a deal is taken (clauses AS-1, DL-3). */
final class DealDesk {
    /** DL-1: a source is an endpoint of at most 128 bytes. */
    private static final int SOURCE_BYTES_MAX = 128;

    private DealDesk() {}

    /**
     * What the chain says about an offer, all at one block.
     *
     * @param role this Store's own registration
     */
    record Facts(
            Optional<Request> request, Optional<RoleEntry> role, Optional<Ask> ask, Standing standing, long block) {}

    /**
     * Padded bytes that may still be promised.
     *
     * @param disk what the disk takes beyond the pieces on their way
     * @param unaccepted what is engaged but does not yet count against the ask's capacity on chain
     */
    record Space(long disk, long unaccepted) {}

    /**
     * What the Store is busy with.
     *
     * @param pulls pieces on their way and offers being weighed
     * @param engagements engagements and offers being weighed
     */
    record Engaged(long pulls, long engagements) {}

    /** The price per GiB and period to accept at, or why not. */
    sealed interface Ruling {
        record Take(BigInteger price) implements Ruling {}

        record Refuse(Decline reason) implements Ruling {}
    }

    /**
     * Why an offer is not even weighed; empty when it is.
     *
     * @param source URL that the client names, empty for the one on chain
     * @param connected whether the Store has seen a block since it started
     */
    static Optional<Decline> obstacle(String source, boolean connected, Engaged engaged, StoreSettings settings) {
        if (!connected) return later("the Store has not seen the chain yet; offer again in a moment");
        if (Bytes.utf8(source).length() > SOURCE_BYTES_MAX)
            return Optional.of(
                    new Decline.SourceUnreachable(0, "its URL has more than " + SOURCE_BYTES_MAX + " bytes"));
        if (engaged.pulls() >= settings.pullsMax())
            return later("the Store pulls " + settings.pullsMax() + " pieces at a time; offer again in a moment");
        if (engaged.engagements() >= settings.engagementsMax())
            return later("the Store holds " + settings.engagementsMax() + " deals, its limit");
        return Optional.empty();
    }

    private static Optional<Decline> later(String sentence) {
        return Optional.of(new Decline.ShuttingDown(sentence));
    }

    static Ruling judge(long requestId, Facts facts, Space space) {
        if (facts.request().isEmpty())
            return refuse(new Decline.ClientWithoutCredits(
                    "request " + requestId + " is not on chain: no credits are set aside for it"));
        Request request = facts.request().get();
        if (request.state() != RequestState.OPEN || request.open() == 0 || request.expiresAt() <= facts.block())
            return refuse(new Decline.Duplicate("request " + requestId + " has no replica left to take"));
        if (facts.role().flatMap(RoleEntry::leavingSince).isPresent()
                || facts.role().isEmpty())
            return refuse(new Decline.ShuttingDown("the Store is leaving its role and takes nothing new"));
        if (!facts.standing().isActive())
            return refuse(new Decline.Suspended("the Store is "
                    + facts.standing().word() + ": it keeps and proves what it has and takes nothing new"));
        if (facts.ask().isEmpty() || facts.ask().get().expiresAt() <= facts.block())
            return refuse(new Decline.ShuttingDown("the Store has no valid ask on chain"));
        return byAsk(facts.ask().get(), request.terms(), space);
    }

    private static Ruling byAsk(Ask ask, StorageRequest terms, Space space) {
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
        long free = Math.max(0, Math.min(ask.capacity() - space.unaccepted(), space.disk()));
        if (size > free) return refuse(new Decline.NoSpace(size, free));
        return new Ruling.Take(ask.price());
    }

    private static Ruling refuse(Decline reason) {
        return new Ruling.Refuse(reason);
    }
}
