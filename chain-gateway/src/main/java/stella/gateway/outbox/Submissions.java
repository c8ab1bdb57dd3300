package stella.gateway.outbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import stella.gateway.outbox.OutboxChain.CallError;
import stella.gateway.outbox.OutboxChain.Fate;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * What an outbox has promised to bring to the chain, and what follows from each thing it learns: pure.
 *
 * <p>Why each call has exactly one effect. A transaction is written down before it is sent, and sending the same bytes again is
 * harmless: the chain takes a nonce once. A call is signed anew only when its earlier transaction can never be included any more:
 * its era is over at a finalized block, or a finalized block has used its nonce for something else. While neither is so, the same
 * bytes are sent. A transaction that the pool refuses for good leaves a free nonce; a later call takes it, or one without effect
 * fills it, but a call that is on its way under a higher nonce is never signed a second time for that reason.
 */
public final class Submissions {
    /** Blocks for which a transaction is valid. */
    static final int ERA = 64;

    static final int IN_FLIGHT_MAX = 32;
    static final int ATTEMPTS_MAX = 5;
    private static final int SETTLED_MAX = 10_000;

    private Submissions() {}

    /**
     * @param open calls without an outcome, by sequence number
     * @param settled outcomes by key, oldest first, the last ten thousand
     */
    public record State(long nextSequence, SortedMap<Long, Entry> open, Map<String, Outcome> settled) {
        public static final State EMPTY = new State(0, new TreeMap<>(), new LinkedHashMap<>());

        public State {
            open = Collections.unmodifiableSortedMap(open);
            settled = Collections.unmodifiableMap(settled);
        }

        Optional<Entry> byKey(String key) {
            return open.values().stream()
                    .filter(entry -> entry.key().equals(key))
                    .findFirst();
        }

        /** Nonces of transactions on their way. */
        Set<Long> nonces() {
            Set<Long> used = new TreeSet<>();
            open.values().forEach(entry -> entry.sent().ifPresent(sent -> used.add(sent.nonce())));
            return used;
        }

        List<Entry> waiting() {
            return open.values().stream()
                    .filter(entry -> entry.sent().isEmpty())
                    .toList();
        }

        State apply(Fact fact) {
            SortedMap<Long, Entry> open = new TreeMap<>(this.open);
            switch (fact) {
                case Accepted(long sequence, String key, String label, Bytes call) -> {
                    open.put(sequence, new Entry(sequence, key, label, call, 0, Optional.empty()));
                    return new State(sequence + 1, open, settled);
                }
                case Prepared(long sequence, Sent sent) ->
                    open.computeIfPresent(sequence, (_, entry) -> entry.with(sent));
                case Returned(long sequence) -> open.computeIfPresent(sequence, (_, entry) -> entry.waiting());
                case Settled(long sequence, Outcome outcome) -> {
                    Entry entry = open.remove(sequence);
                    if (entry != null) return new State(nextSequence, open, withOutcome(entry.key(), outcome));
                }
            }
            return new State(nextSequence, open, settled);
        }

        private Map<String, Outcome> withOutcome(String key, Outcome outcome) {
            Map<String, Outcome> next = new LinkedHashMap<>(settled);
            next.put(key, outcome);
            while (next.size() > SETTLED_MAX)
                next.remove(next.keySet().iterator().next());
            return next;
        }
    }

    /**
     * @param key names the intent
     * @param label for people, for example {@code stella.accept_deal}
     * @param call SCALE of the call
     * @param attempts transactions signed for it so far
     */
    public record Entry(long sequence, String key, String label, Bytes call, int attempts, Optional<Sent> sent) {
        Entry with(Sent next) {
            return new Entry(sequence, key, label, call, attempts + 1, Optional.of(next));
        }

        Entry waiting() {
            return new Entry(sequence, key, label, call, attempts, Optional.empty());
        }
    }

    /** @param birth block in which its era began */
    public record Sent(long nonce, long birth, Hash hash, Bytes transaction) {
        /** True at a finalized block in or after which it can no longer be included. */
        boolean isDead(long block) {
            return block >= birth + ERA;
        }
    }

    /** How a call ended. */
    public sealed interface Outcome {
        /** @param transaction its identity, by which its events can be read from the block */
        record Finalized(long block, Hash hash, Hash transaction) implements Outcome {}

        record Failed(CallError error) implements Outcome {}

        record Expired() implements Outcome {}
    }

    /** What is written down. */
    public sealed interface Fact {}

    public record Accepted(long sequence, String key, String label, Bytes call) implements Fact {}

    public record Prepared(long sequence, Sent sent) implements Fact {}

    /** Its transaction can never be included any more: the call waits to be signed anew. */
    public record Returned(long sequence) implements Fact {}

    public record Settled(long sequence, Outcome outcome) implements Fact {}

    /**
     * Nonces for the calls that wait, lowest first, as many as may be on their way at a time.
     *
     * @param next the account's next nonce with the pool counted in
     */
    static SortedMap<Long, Long> assign(State state, long next) {
        Set<Long> used = state.nonces();
        SortedMap<Long, Long> nonces = new TreeMap<>();
        long nonce = next;
        int room = IN_FLIGHT_MAX - used.size();
        for (Entry entry : state.waiting()) {
            if (nonces.size() >= room) break;
            while (used.contains(nonce)) nonce++;
            nonces.put(entry.sequence(), nonce++);
        }
        return nonces;
    }

    /** A nonce that nobody takes and that holds up a later transaction, if there is one and no call waits to take it. */
    static Optional<Long> gap(State state, long next) {
        Set<Long> used = state.nonces();
        boolean heldUp = used.stream().anyMatch(nonce -> nonce > next);
        return heldUp && !used.contains(next) && state.waiting().isEmpty() ? Optional.of(next) : Optional.empty();
    }

    /** What a submission's end means; nothing to write down where only the chain can say. */
    static List<Fact> ended(State state, long sequence, Hash transaction, Fate fate) {
        if (current(state, sequence, transaction).isEmpty()) return List.of();
        return switch (fate) {
            case Fate.Finalized finalized -> List.of(new Settled(sequence, outcome(finalized, transaction)));
            case Fate.Refused(CallError error) -> List.of(new Settled(sequence, new Outcome.Failed(error)));
            case Fate.Unclear _ -> List.of();
        };
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
    static Next unseen(Entry entry, Sent sent, long head, long nonce) {
        if (nonce > sent.nonce()) return new Next.LookFor(sent.birth(), Math.min(head, sent.birth() + ERA));
        return sent.isDead(head) ? new Next.GiveUp(List.of(again(entry))) : new Next.SendAgain();
    }

    /** What looking for a transaction whose nonce is used has shown. */
    static List<Fact> lookedFor(Entry entry, Hash transaction, Optional<Fate.Finalized> found) {
        Fact fact = found.<Fact>map(fate -> new Settled(entry.sequence(), outcome(fate, transaction)))
                .orElseGet(() -> again(entry));
        return List.of(fact);
    }

    /** The call for which {@code transaction} is the one on its way now. */
    static Optional<Entry> current(State state, long sequence, Hash transaction) {
        return Optional.ofNullable(state.open().get(sequence))
                .filter(entry -> entry.sent()
                        .filter(sent -> sent.hash().equals(transaction))
                        .isPresent());
    }

    /** Calls on their way, oldest first. */
    static List<Entry> onTheirWay(State state) {
        List<Entry> entries = new ArrayList<>(state.open().values());
        entries.removeIf(entry -> entry.sent().isEmpty());
        return entries;
    }

    private static Fact again(Entry entry) {
        return entry.attempts() >= ATTEMPTS_MAX
                ? new Settled(entry.sequence(), new Outcome.Expired())
                : new Returned(entry.sequence());
    }

    private static Outcome outcome(Fate.Finalized finalized, Hash transaction) {
        return finalized.error().isPresent()
                ? new Outcome.Failed(finalized.error().get())
                : new Outcome.Finalized(finalized.block(), finalized.hash(), transaction);
    }
}
