package stella.gateway.outbox;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import stella.gateway.outbox.OutboxChain.CallError;
import stella.gateway.outbox.OutboxChain.Fate;
import stella.gateway.outbox.OutboxChain.Result;
import stella.gateway.outbox.Submissions.Entry;
import stella.gateway.outbox.Submissions.Fact;
import stella.gateway.outbox.Submissions.Flight;
import stella.gateway.outbox.Submissions.Outcome;
import stella.gateway.outbox.Submissions.Returned;
import stella.gateway.outbox.Submissions.Sent;
import stella.gateway.outbox.Submissions.Settled;
import stella.gateway.outbox.Submissions.State;
import stella.protocol.Hash;

/**
 * What follows for an outbox from each thing it learns: pure.
 *
 * <p>Why each call has exactly one effect. A transaction is written down before it is sent, and sending the same bytes again is
 * harmless: the chain takes a nonce once. A call is signed anew under another nonce only when its earlier transaction can never
 * have an effect any more: its era is over at a finalized block, a finalized block has used its nonce for something else, the pool
 * refused it for good, or it is in a finalized block and failed as a whole. While none of that is so, the same bytes are sent, or
 * bytes with the same nonce and a higher tip, of which the chain takes one. The calls of a batch share their transaction's fate,
 * and each has an outcome of its own in it. A transaction that the pool refuses for good leaves a free nonce; a later call takes
 * it, or one without effect fills it, but a call that is on its way under a higher nonce is never signed a second time for that
 * reason.
 */
final class Rulings {
    private static final Outcome UNTOLD = new Outcome.Failed(new CallError(
            "OutcomeUnknown",
            "the chain carried out the batch with this call, but did not say what became of each; look at its state"));

    private final OutboxSettings settings;

    Rulings(OutboxSettings settings) {
        this.settings = settings;
    }

    /** Calls to be signed together under a nonce. */
    record Draft(long nonce, List<Entry> entries) {
        List<Long> sequences() {
            return entries.stream().map(Entry::sequence).toList();
        }
    }

    /**
     * What to sign for the calls that wait, oldest first, as much as may be on its way at a time: one transaction for each call, or
     * batches when many wait.
     *
     * @param next the account's next nonce with the pool counted in
     */
    List<Draft> drafts(State state, long next, Predicate<Entry> batchable) {
        Set<Long> used = state.nonces();
        List<Draft> drafts = new ArrayList<>();
        long nonce = next;
        for (List<Entry> together : groups(state.waiting(), batchable)) {
            if (used.size() + drafts.size() >= settings.flightsMax()) break;
            while (used.contains(nonce)) nonce++;
            drafts.add(new Draft(nonce++, together));
        }
        return drafts;
    }

    private List<List<Entry>> groups(List<Entry> waiting, Predicate<Entry> batchable) {
        boolean batches = settings.batchMax() > 1 && waiting.size() >= settings.batchMin();
        List<List<Entry>> groups = new ArrayList<>();
        List<Entry> group = List.of();
        int bytes = 0;
        for (Entry entry : waiting) {
            boolean joins = batches && !entry.alone() && batchable.test(entry);
            boolean fits =
                    group.size() < settings.batchMax() && bytes + entry.call().length() <= settings.batchBytesMax();
            if (!joins || group.isEmpty() || !fits) {
                group = new ArrayList<>();
                bytes = 0;
                groups.add(group);
            }
            group.add(entry);
            bytes += entry.call().length();
            if (!joins) group = List.of();
        }
        return groups;
    }

    /** A nonce that nobody takes and that holds up a later transaction, if there is one and no call waits to take it. */
    Optional<Long> gap(State state, long next) {
        Set<Long> used = state.nonces();
        boolean heldUp = used.stream().anyMatch(nonce -> nonce > next);
        return heldUp && !used.contains(next) && state.waiting().isEmpty() ? Optional.of(next) : Optional.empty();
    }

    /** What a submission's end means; nothing to write down where only the chain can say. */
    List<Fact> ended(State state, Hash transaction, Fate fate) {
        Optional<Flight> found = state.flight(transaction);
        if (found.isEmpty()) return List.of();
        Flight flight = found.get();
        return switch (fate) {
            case Fate.Finalized finalized -> settled(flight, finalized);
            case Fate.Refused(CallError error) -> refused(flight, transaction, error);
            case Fate.Outbid _, Fate.Unclear _ -> List.of();
        };
    }

    /** The tip for a transaction that the pool finds too cheap; empty when no higher one is allowed. */
    Optional<BigInteger> higherTip(Sent sent) {
        BigInteger next = settings.nextTip(sent.tip());
        return next.compareTo(sent.tip()) > 0 ? Optional.of(next) : Optional.empty();
    }

    /** What to do about a transaction whose end was not seen. */
    sealed interface Next {
        /** It is not in a finalized block and may still get into one: send the same bytes. */
        record SendAgain() implements Next {}

        /** Its nonce is used: look whether by itself. */
        record LookFor(long from, long to) implements Next {}

        /** It can never be included. */
        record GiveUp(List<Fact> facts) implements Next {}
    }

    /** @param nonce the account's next nonce at finalized block {@code head} */
    Next unseen(Flight flight, long head, long nonce) {
        Sent sent = flight.sent();
        if (nonce > sent.nonce()) return new Next.LookFor(sent.since(), Math.min(head, sent.birth() + settings.era()));
        return sent.isDead(head, settings.era()) ? new Next.GiveUp(again(flight, false)) : new Next.SendAgain();
    }

    /** What looking for a transaction whose nonce is used has shown. */
    List<Fact> lookedFor(Flight flight, Optional<Fate.Finalized> found) {
        return found.map(finalized -> settled(flight, finalized)).orElseGet(() -> again(flight, false));
    }

    private List<Fact> settled(Flight flight, Fate.Finalized finalized) {
        // A batch that failed as a whole had no effect at all: its calls go one by one.
        if (flight.isBatch() && finalized.result() instanceof Result.Failed) return again(flight, true);
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < flight.entries().size(); i++)
            facts.add(new Settled(flight.entries().get(i).sequence(), outcome(flight, i, finalized)));
        return facts;
    }

    private static Outcome outcome(Flight flight, int index, Fate.Finalized finalized) {
        Outcome done = new Outcome.Finalized(
                finalized.block(), finalized.hash(), finalized.transaction(), flight.isBatch() ? index : -1);
        return switch (finalized.result()) {
            case Result.Failed(CallError error) -> new Outcome.Failed(error);
            case Result.Unknown(CallError error) -> new Outcome.Failed(error);
            case Result.Done _ -> flight.isBatch() ? UNTOLD : done;
            case Result.Items(List<Optional<CallError>> errors) -> {
                if (!flight.isBatch()) yield done;
                if (errors.size() != flight.entries().size()) yield UNTOLD;
                yield errors.get(index).<Outcome>map(Outcome.Failed::new).orElse(done);
            }
        };
    }

    /** One refusal among several transactions with the same nonce says nothing about the others. */
    private List<Fact> refused(Flight flight, Hash transaction, CallError error) {
        if (!flight.sent().hash().equals(transaction)
                || !flight.sent().earlier().isEmpty()) return List.of();
        return flight.isBatch()
                ? again(flight, true)
                : List.of(new Settled(flight.entries().getFirst().sequence(), new Outcome.Failed(error)));
    }

    private List<Fact> again(Flight flight, boolean alone) {
        List<Fact> facts = new ArrayList<>();
        List<Long> returned = new ArrayList<>();
        for (Entry entry : flight.entries()) {
            if (entry.attempts() >= settings.attemptsMax())
                facts.add(new Settled(entry.sequence(), new Outcome.Expired()));
            else returned.add(entry.sequence());
        }
        if (!returned.isEmpty()) facts.add(new Returned(returned, alone));
        return facts;
    }
}
