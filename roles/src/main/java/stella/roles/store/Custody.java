package stella.roles.store;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import stella.protocol.Bytes;
import stella.protocol.chain.Event;
import stella.protocol.deal.Deal;
import stella.protocol.deal.Decline;
import stella.protocol.deal.Pricing;
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
            engagements = Collections.unmodifiableSortedMap(new TreeMap<>(engagements));
        }

        long pulling() {
            return engagements.values().stream()
                    .filter(e -> e.stage() == Engagement.Stage.PULLING)
                    .count();
        }

        /** Padded bytes that pieces on their way will still take from the disk. */
        long pullingBytes() {
            return engagements.values().stream()
                    .filter(e -> e.stage() == Engagement.Stage.PULLING)
                    .map(Engagement::piece)
                    .distinct()
                    .mapToLong(Piece::paddedSize)
                    .sum();
        }

        /** Padded bytes of the ask's capacity that are spoken for, though the chain does not know it yet. */
        long unacceptedBytes() {
            return engagements.values().stream()
                    .filter(e -> e.stage() != Engagement.Stage.HELD)
                    .mapToLong(e -> e.piece().paddedSize())
                    .sum();
        }

        /** The engagement that {@code tried} belongs to, if it is still the same try and in the same {@code stage}. */
        Optional<Engagement> current(Engagement tried, Engagement.Stage stage) {
            return Optional.ofNullable(engagements.get(tried.request()))
                    .filter(e -> e.stage() == stage && e.admittedAt() == tried.admittedAt());
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
    record Retry(Engagement engagement) implements Effect {}

    /** Look up on chain what became of these deals. */
    record Watch(List<Long> deals) implements Effect {
        Watch {
            deals = List.copyOf(deals);
        }
    }

    /** Something that needs a person. */
    record Alarm(String text) implements Effect {}

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

    /**
     * A pull ended.
     *
     * @param tried the engagement that it was for
     * @param last true when the disk may not be tried again
     */
    static Decision pulled(State state, Engagement tried, Intake outcome, boolean last) {
        Optional<Engagement> current = state.current(tried, Engagement.Stage.PULLING);
        if (current.isEmpty()) {
            // Nobody waits for these bytes any more: a pull from before a restart, or of a deal seen on chain
            // meanwhile.
            return outcome instanceof Intake.Kept && !state.needs(tried.piece())
                    ? new Decision(List.of(), List.of(new Discard(tried.piece())))
                    : Decision.NOTHING;
        }
        Engagement engagement = current.get();
        return switch (outcome) {
            case Intake.Kept _ ->
                new Decision(
                        List.of(new Kept(engagement.request())),
                        List.of(new Accept(engagement.at(Engagement.Stage.ACCEPTING))));
            case Intake.SourceUnreachable(int attempts, String detail) ->
                drop(state, engagement, new Decline.SourceUnreachable(attempts, detail));
            case Intake.CommitmentMismatch(String expected, String found) ->
                drop(state, engagement, new Decline.CommitmentMismatch(expected, found));
            case Intake.NoSpace(long needed, long free) -> drop(state, engagement, new Decline.NoSpace(needed, free));
            case Intake.DiskFailed(String detail)
            when last -> drop(state, engagement, new Decline.ShuttingDown("the Store's disk fails: " + detail));
            case Intake.DiskFailed(String detail) ->
                new Decision(
                        List.of(),
                        List.of(
                                new Retry(engagement),
                                new Alarm("request " + engagement.request() + ": the piece could not be written: "
                                        + detail)));
        };
    }

    static Decision accepted(State state, Engagement tried, Submission outcome) {
        Optional<Engagement> current = state.current(tried, Engagement.Stage.ACCEPTING);
        if (current.isEmpty()) return Decision.NOTHING;
        Engagement engagement = current.get();
        return switch (outcome) {
            case Submission.Finalized(long _, var _, List<Event> events) -> {
                OptionalLong deal = dealIn(events, engagement.request());
                yield deal.isEmpty()
                        ? drop(state, engagement, new Decline.Duplicate("the chain opened no deal for the request"))
                        : opened(engagement, deal.getAsLong());
            }
            case Submission.Failed(String error, String text) -> drop(state, engagement, refusal(error, text));
            case Submission.Expired() ->
                drop(state, engagement, new Decline.ShuttingDown("the chain did not take the acceptance in time"));
        };
    }

    /** The deal may have ended long ago when a restart learns of it late; hence it is looked up. */
    private static Decision opened(Engagement engagement, long deal) {
        return new Decision(
                List.of(new Opened(engagement.request(), deal)),
                List.of(new TellTaken(engagement.request(), deal, engagement.price()), new Watch(List.of(deal))));
    }

    /** Which of the closed set of reasons the pallet's own error comes to. */
    private static Decline refusal(String error, String text) {
        String sentence = "the chain refused the deal: " + error + ": " + text;
        return switch (error) {
            case "NoSuchRequest", "RequestNotOpen", "AlreadyReplica" -> new Decline.Duplicate(sentence);
            case "Suspended", "Disqualified" -> new Decline.Suspended(sentence);
            default -> new Decline.ShuttingDown(sentence);
        };
    }

    /**
     * Deals of this Store as the chain has them now.
     *
     * @param all true when these are all its live deals: what is held beyond them has ended unseen
     */
    static Decision seen(State state, List<Deal> deals, boolean all) {
        List<Fact> facts = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        State now = state;
        for (Deal deal : deals) {
            Decision decision = seen(now, deal);
            for (Fact fact : decision.facts()) now = now.apply(fact);
            facts.addAll(decision.facts());
            effects.addAll(decision.effects());
        }
        if (all) unseen(now, deals).ifPresent(effects::add);
        return new Decision(facts, effects);
    }

    private static Decision seen(State state, Deal deal) {
        Engagement engagement = state.engagements().get(deal.request());
        if (engagement == null) return deal.state().isLive() ? adopted(deal) : Decision.NOTHING;
        boolean known = engagement.deal().equals(OptionalLong.of(deal.id()));
        if (deal.state().isLive())
            // The chain knows better than a submission whose outcome is still unknown here.
            return known
                    ? Decision.NOTHING
                    : new Decision(
                            List.of(new Opened(deal.request(), deal.id())),
                            List.of(new TellTaken(deal.request(), deal.id(), engagement.price())));
        return known ? release(state, engagement, deal.state().word(), new ArrayList<>()) : Decision.NOTHING;
    }

    /** On chain but not in our books (they were lost): hold it, the vault may still have the piece. */
    private static Decision adopted(Deal deal) {
        BigInteger price = Pricing.perGib(deal.price(), deal.piece());
        Fact admitted = new Admitted(deal.request(), deal.acceptedAt(), deal.piece(), deal.content(), "", price);
        return new Decision(List.of(admitted, new Opened(deal.request(), deal.id())), List.of());
    }

    private static Optional<Effect> unseen(State state, List<Deal> live) {
        Set<Long> ids = live.stream().map(Deal::id).collect(Collectors.toSet());
        List<Long> unseen = state.engagements().values().stream()
                .flatMapToLong(engagement -> engagement.deal().stream())
                .filter(deal -> !ids.contains(deal))
                .boxed()
                .toList();
        return unseen.isEmpty() ? Optional.empty() : Optional.of(new Watch(unseen));
    }

    /** Pieces on the disk that no engagement needs: left over when the process died between its books and its disk. */
    static Decision swept(State state, List<Piece> kept) {
        Set<Piece> needed =
                state.engagements().values().stream().map(Engagement::piece).collect(Collectors.toSet());
        List<Effect> effects = new ArrayList<>();
        for (Piece piece : kept) if (!needed.contains(piece)) effects.add(new Discard(piece));
        return new Decision(List.of(), effects);
    }

    /** What a restart has to take up again. */
    static List<Effect> resume(State state) {
        return state.engagements().values().stream()
                .flatMap(engagement -> step(engagement).stream())
                .toList();
    }

    /** The step that takes the engagement further; none for a deal that is held. */
    static Optional<Effect> step(Engagement engagement) {
        return switch (engagement.stage()) {
            case PULLING -> Optional.of(new Pull(engagement));
            case ACCEPTING -> Optional.of(new Accept(engagement));
            case HELD -> Optional.empty();
        };
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
