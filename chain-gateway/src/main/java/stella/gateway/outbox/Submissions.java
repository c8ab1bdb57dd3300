package stella.gateway.outbox;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import stella.gateway.outbox.OutboxChain.CallError;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** What an outbox has promised to bring to the chain, and the facts it writes down about that: pure. {@link Rulings} decides. */
public final class Submissions {
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

        /** Transactions on their way, the one with the oldest call first. */
        List<Flight> flights() {
            Map<Hash, List<Entry>> flights = new LinkedHashMap<>();
            open.values()
                    .forEach(entry -> entry.sent()
                            .ifPresent(sent -> flights.computeIfAbsent(sent.hash(), _ -> new ArrayList<>())
                                    .add(entry)));
            return flights.values().stream()
                    .map(entries -> new Flight(entries.getFirst().sent().orElseThrow(), entries))
                    .toList();
        }

        /** The flight of which {@code transaction} is one of the transactions. */
        Optional<Flight> flight(Hash transaction) {
            return flights().stream()
                    .filter(flight -> flight.sent().hashes().contains(transaction))
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
                case Accepted(long sequence, String key, String label, Bytes call, boolean alone) -> {
                    open.put(sequence, new Entry(sequence, key, label, call, alone, 0, Optional.empty()));
                    return new State(sequence + 1, open, settled);
                }
                case Prepared(List<Long> sequences, Sent sent) ->
                    sequences.forEach(sequence -> open.computeIfPresent(sequence, (_, entry) -> entry.with(sent)));
                case Returned(List<Long> sequences, boolean alone) ->
                    sequences.forEach(sequence -> open.computeIfPresent(sequence, (_, entry) -> entry.waiting(alone)));
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
     * @param alone never sent together with others
     * @param attempts transactions signed for it so far, one after the other
     */
    public record Entry(
            long sequence, String key, String label, Bytes call, boolean alone, int attempts, Optional<Sent> sent) {
        /** With a transaction on its way; one that only pays more than the one before is no further attempt. */
        Entry with(Sent next) {
            int attempt = sent.isPresent() ? attempts : attempts + 1;
            return new Entry(sequence, key, label, call, alone, attempt, Optional.of(next));
        }

        Entry waiting(boolean fromNowAlone) {
            return new Entry(sequence, key, label, call, alone || fromNowAlone, attempts, Optional.empty());
        }
    }

    /**
     * A transaction as it was sent.
     *
     * @param birth block in which its era began
     * @param tip planck
     * @param earlier transactions with the same nonce that paid less; one of them may get into a block instead, never both
     * @param since birth of the first of them
     */
    public record Sent(
            long nonce, long birth, Hash hash, Bytes transaction, BigInteger tip, List<Hash> earlier, long since) {
        public Sent {
            earlier = List.copyOf(earlier);
        }

        Sent(long nonce, long birth, Hash hash, Bytes transaction) {
            this(nonce, birth, hash, transaction, BigInteger.ZERO, List.of(), birth);
        }

        Set<Hash> hashes() {
            Set<Hash> hashes = new LinkedHashSet<>(earlier);
            hashes.add(hash);
            return hashes;
        }

        /** True at a finalized block in or after which it can no longer be included. */
        boolean isDead(long block, int era) {
            return block >= birth + era;
        }
    }

    /** A transaction on its way and the calls in it, in their order. */
    record Flight(Sent sent, List<Entry> entries) {
        Flight {
            entries = List.copyOf(entries);
        }

        List<Long> sequences() {
            return entries.stream().map(Entry::sequence).toList();
        }

        boolean isBatch() {
            return entries.size() > 1;
        }
    }

    /** How a call ended. */
    public sealed interface Outcome {
        /**
         * @param transaction its identity, by which its events can be read from the block
         * @param item which call of the transaction's batch it was, from 0; -1 where there is no batch
         */
        record Finalized(long block, Hash hash, Hash transaction, int item) implements Outcome {}

        record Failed(CallError error) implements Outcome {}

        record Expired() implements Outcome {}
    }

    /** What is written down. */
    public sealed interface Fact {}

    public record Accepted(long sequence, String key, String label, Bytes call, boolean alone) implements Fact {}

    /** Signed for these calls, in this order; it replaces an earlier one with the same nonce, if there is one. */
    public record Prepared(List<Long> sequences, Sent sent) implements Fact {
        public Prepared {
            sequences = List.copyOf(sequences);
        }
    }

    /**
     * Their transaction can never have an effect any more: the calls wait to be signed anew.
     *
     * @param alone from now on one by one
     */
    public record Returned(List<Long> sequences, boolean alone) implements Fact {
        public Returned {
            sequences = List.copyOf(sequences);
        }
    }

    public record Settled(long sequence, Outcome outcome) implements Fact {}
}
