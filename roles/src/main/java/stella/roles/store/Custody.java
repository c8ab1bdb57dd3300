package stella.roles.store;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.Bytes;
import stella.protocol.chain.Event;
import stella.protocol.deal.Deal;
import stella.protocol.deal.Decline;
import stella.protocol.piece.Piece;
import stella.roles.Ledger.Submission;
import stella.roles.Vault.Intake;

/**
 * What a Store has engaged in, and what follows from each thing it learns: pure.
 *
 * <p>Order of a deal: admit the offer, pull and verify the piece, accept on chain, hold and prove. The bytes come before the
 * collateral: a client that offers what it cannot deliver costs the Store bandwidth, never money (docs/decisions/0006).
 */
public final class Custody {
    private Custody() {}

    /** Engagements by request id. Immutable. */
    public record State(SortedMap<Long, Engagement> engagements) {
        public static final State EMPTY = new State(new TreeMap<>());

        public State {
            engagements = Collections.unmodifiableSortedMap(engagements);
        }

        long pulling() {
            return engagements.values().stream()
                    .filter(e -> e.stage() == Engagement.Stage.PULLING)
                    .count();
        }

        /** Padded bytes that admitted pieces will still take from the disk. */
        long promisedBytes() {
            return engagements.values().stream()
                    .filter(e -> e.stage() == Engagement.Stage.PULLING)
                    .mapToLong(e -> e.piece().paddedSize())
                    .sum();
        }

        boolean needs(Piece piece) {
            return engagements.values().stream().anyMatch(e -> e.piece().equals(piece));
        }

        State apply(Fact fact) {
            TreeMap<Long, Engagement> next = new TreeMap<>(engagements);
            switch (fact) {
                case Admitted admitted -> next.put(admitted.request(), admitted.engagement());
                case Kept(long request) ->
                    next.computeIfPresent(request, (_, engagement) -> engagement.at(Engagement.Stage.ACCEPTING));
                case Opened(long request, long deal) ->
                    next.computeIfPresent(request, (_, engagement) -> engagement.held(deal));
                case Released(long request, String _) -> next.remove(request);
            }
            return new State(next);
        }
    }

    /** What is written down before anything is done about it. */
    public sealed interface Fact {}

    public record Admitted(long request, long block, Piece piece, Bytes content, String source, BigInteger price)
            implements Fact {
        public Engagement engagement() {
            return new Engagement(
                    request, block, piece, content, source, price, Engagement.Stage.PULLING, OptionalLong.empty());
        }
    }

    public record Kept(long request) implements Fact {}

    public record Opened(long request, long deal) implements Fact {}

    /** The Store is no longer engaged; {@code reason} is for people. */
    public record Released(long request, String reason) implements Fact {}

    /** What is to be done once the facts are written down. */
    sealed interface Effect {}

    record Pull(Engagement engagement) implements Effect {}

    record Accept(Engagement engagement) implements Effect {}

    record TellTaken(long request, long deal, BigInteger price) implements Effect {}

    record TellDeclined(long request, Decline reason) implements Effect {}

    record Discard(Piece piece) implements Effect {}

    /** Try the same step again after a pause. */
    record Retry(long request) implements Effect {}

    record Decision(List<Fact> facts, List<Effect> effects) {
        Decision {
            facts = List.copyOf(facts);
            effects = List.copyOf(effects);
        }

        static final Decision NOTHING = new Decision(List.of(), List.of());
    }

    static Decision admit(Admitted admitted) {
        return new Decision(List.of(admitted), List.of(new Pull(admitted.engagement())));
    }

    static Decision pulled(State state, long request, Intake outcome) {
        Engagement engagement = state.engagements().get(request);
        if (engagement == null || engagement.stage() != Engagement.Stage.PULLING) return Decision.NOTHING;
        return switch (outcome) {
            case Intake.Kept _ -> new Decision(List.of(new Kept(request)), List.of(new Accept(engagement)));
            case Intake.SourceUnreachable(int attempts, String detail) ->
                drop(state, engagement, new Decline.SourceUnreachable(attempts, detail));
            case Intake.CommitmentMismatch(String expected, String found) ->
                drop(state, engagement, new Decline.CommitmentMismatch(expected, found));
            case Intake.NoSpace(long needed, long free) -> drop(state, engagement, new Decline.NoSpace(needed, free));
            case Intake.DiskFailed _ -> new Decision(List.of(), List.of(new Retry(request)));
        };
    }

    static Decision accepted(State state, long request, Submission outcome) {
        Engagement engagement = state.engagements().get(request);
        if (engagement == null || engagement.stage() != Engagement.Stage.ACCEPTING) return Decision.NOTHING;
        return switch (outcome) {
            case Submission.Finalized(long _, var _, List<Event> events) -> {
                OptionalLong deal = dealIn(events, request);
                yield deal.isEmpty()
                        ? drop(state, engagement, new Decline.Duplicate("the chain opened no deal for the request"))
                        : new Decision(
                                List.of(new Opened(request, deal.getAsLong())),
                                List.of(new TellTaken(request, deal.getAsLong(), engagement.price())));
            }
            case Submission.Failed(String error, String text) ->
                drop(state, engagement, new Decline.Duplicate("the chain refused the deal: " + error + ": " + text));
            case Submission.Expired() ->
                drop(state, engagement, new Decline.ShuttingDown("the chain did not take the acceptance in time"));
        };
    }

    /** A deal of this Store as the chain has it now. */
    static Decision seen(State state, Deal deal) {
        Engagement engagement = state.engagements().get(deal.request());
        if (engagement == null) {
            // On chain but not in our books (they were lost): hold it, the vault may still have the piece.
            return deal.state().isLive()
                    ? new Decision(
                            List.of(
                                    new Admitted(
                                            deal.request(),
                                            deal.acceptedAt(),
                                            deal.piece(),
                                            deal.content(),
                                            "",
                                            BigInteger.ZERO),
                                    new Opened(deal.request(), deal.id())),
                            List.of())
                    : Decision.NOTHING;
        }
        if (deal.state().isLive() || engagement.deal().orElse(-1) != deal.id()) return Decision.NOTHING;
        return release(state, engagement, deal.state().word(), new ArrayList<>());
    }

    /** What a restart has to take up again. */
    static List<Effect> resume(State state) {
        List<Effect> effects = new ArrayList<>();
        for (Engagement engagement : state.engagements().values()) {
            switch (engagement.stage()) {
                case PULLING -> effects.add(new Pull(engagement));
                case ACCEPTING -> effects.add(new Accept(engagement));
                case HELD -> {}
            }
        }
        return effects;
    }

    private static Decision drop(State state, Engagement engagement, Decline reason) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new TellDeclined(engagement.request(), reason));
        return release(state, engagement, reason.sentence(), effects);
    }

    private static Decision release(State state, Engagement engagement, String reason, List<Effect> effects) {
        Fact fact = new Released(engagement.request(), reason);
        if (!state.apply(fact).needs(engagement.piece())) effects.add(new Discard(engagement.piece()));
        return new Decision(List.of(fact), effects);
    }

    private static OptionalLong dealIn(List<Event> events, long request) {
        for (Event event : events)
            if (event instanceof Event.DealAccepted accepted && accepted.request() == request)
                return OptionalLong.of(accepted.deal());
        return OptionalLong.empty();
    }
}
