package stella.gateway.outbox;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import stella.gateway.crypto.Blake2;
import stella.gateway.outbox.OutboxChain.CallError;
import stella.gateway.outbox.OutboxChain.Fate;
import stella.gateway.outbox.OutboxChain.Head;
import stella.gateway.outbox.OutboxChain.Result;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * A small chain that keeps the rules of a real one: a nonce is used once and in order, an era ends, a block is final two blocks
 * later and may be abandoned for another one until then. Everything else it breaks when it is told to: it loses submissions,
 * answers and whole pools, abandons blocks, cannot be reached at times, and another program uses the same account.
 *
 * <p>Used by one thread; each answer waits until {@link #answer} delivers it.
 */
final class ScriptedChain {
    /** Blocks after which a block is final. */
    static final int FINAL_AFTER = 2;

    private static final int ERA = OutboxSettings.standard().era();
    private static final Bytes BATCH = Bytes.utf8("BATCH");

    private record Transaction(Bytes bytes, Bytes call, long nonce, long birth, BigInteger tip) {
        static Transaction of(Bytes bytes) {
            ScaleReader in = new ScaleReader(bytes);
            return new Transaction(bytes, in.bytes(100_000), in.u64(), in.u64(), in.u128());
        }

        Hash hash() {
            return FakeChain.hashOf(bytes);
        }

        boolean isBatch() {
            return call.startsWith(BATCH);
        }

        List<Bytes> calls() {
            if (!isBatch()) return List.of(call);
            return new ScaleReader(call.slice(BATCH.length(), call.length())).sequence(1000, in -> in.bytes(10_000));
        }
    }

    private record Block(Head head, List<Transaction> body, long nonceAfter) {}

    private record Watch(Line line, CompletableFuture<Fate> fate, Consumer<Head> included) {}

    private final Random random;
    private final List<Block> best = new ArrayList<>();
    private final TreeMap<Long, Transaction> pool = new TreeMap<>();
    private final Map<Hash, List<Watch>> watches = new HashMap<>();
    private final Map<Bytes, Integer> effects = new HashMap<>();
    private final Deque<Runnable> answers = new ArrayDeque<>();
    private final List<Line> lines = new ArrayList<>();
    private long finalized;
    private boolean faulty;
    private int fork;
    int requests;
    int abandoned;
    int batches;
    int outbid;

    ScriptedChain(long seed) {
        random = new Random(seed);
        best.add(new Block(head(0), List.of(), 0));
    }

    void faulty(boolean is) {
        faulty = is;
    }

    /** How often the call had its effect, in final blocks. */
    int effects(Bytes call) {
        return effects.getOrDefault(call, 0);
    }

    /** A connection to it, as a process has one. */
    Line connect() {
        Line line = new Line();
        lines.add(line);
        return line;
    }

    /** Delivers the oldest answer; false when there is none. */
    boolean answer() {
        Runnable next = answers.poll();
        if (next == null) return false;
        next.run();
        return true;
    }

    /** The next block, and whatever goes wrong meanwhile. */
    void step() {
        if (happens(0.05)) pool.values().removeIf(this::lose);
        if (happens(0.05)) useNonceElsewhere();
        if (happens(0.15)) abandon(1 + random.nextInt(FINAL_AFTER));
        int blocks = happens(0.03) ? 1 + random.nextInt(80) : 1;
        for (int i = 0; i < blocks; i++) block(!happens(0.2));
    }

    /** The last {@code count} blocks that are not final are abandoned; the node's pool takes back what was in them. */
    void abandon(int count) {
        for (int i = 0; i < count && tip().head().number() > finalized; i++) {
            Block gone = best.removeLast();
            abandoned++;
            for (Transaction transaction : gone.body())
                if (!happens(0.3)) pool.putIfAbsent(transaction.nonce(), transaction);
        }
        fork++;
    }

    /** A block with what the pool has, or an empty one; the block two below it becomes final. */
    void block(boolean full) {
        long number = tip().head().number() + 1;
        long nonce = tip().nonceAfter();
        List<Transaction> body = new ArrayList<>();
        pool.headMap(nonce).clear();
        for (Transaction next = pool.remove(nonce); full && next != null; next = pool.remove(nonce)) {
            if (number >= next.birth() + ERA) {
                tell(next.hash(), new Fate.Unclear("invalid"));
                break;
            }
            body.add(next);
            nonce++;
            if (happens(0.3)) break;
        }
        Block block = new Block(head(number), body, nonce);
        best.add(block);
        for (Transaction each : body)
            for (Watch watch : watches.getOrDefault(each.hash(), List.of()))
                answers.add(() -> watch.line().deliver(() -> watch.included().accept(block.head())));
        if (number - FINAL_AFTER > finalized) finalizeBlock(best.get((int) (number - FINAL_AFTER)));
    }

    private void finalizeBlock(Block block) {
        finalized = block.head().number();
        for (Transaction transaction : block.body()) {
            for (Bytes call : transaction.calls()) if (!fails(call)) effects.merge(call, 1, Integer::sum);
            if (transaction.isBatch()) batches++;
            if (!happens(0.2)) tell(transaction.hash(), fate(block, transaction));
        }
        for (Line line : lines) answers.add(() -> line.deliver(() -> line.see(block.head())));
    }

    private static Fate.Finalized fate(Block block, Transaction transaction) {
        Result result = transaction.isBatch()
                ? new Result.Items(transaction.calls().stream()
                        .map(call -> fails(call) ? Optional.of(error(call)) : Optional.<CallError>empty())
                        .toList())
                : fails(transaction.call()) ? new Result.Failed(error(transaction.call())) : new Result.Done();
        return new Fate.Finalized(block.head().number(), block.head().hash(), transaction.hash(), result);
    }

    private Fate submit(Transaction transaction) {
        if (transaction.calls().stream().anyMatch(call -> call.startsWith(Bytes.utf8("refuse"))))
            return new Fate.Refused(new CallError("Payment", "no money"));
        if (transaction.nonce() < tip().nonceAfter()) return new Fate.Unclear("Stale");
        if (tip().head().number() >= transaction.birth() + ERA) return new Fate.Unclear("AncientBirthBlock");
        Transaction other = pool.get(transaction.nonce());
        if (other != null && other.hash().equals(transaction.hash())) return new Fate.Unclear("AlreadyImported");
        boolean cheap = other != null && other.tip().compareTo(transaction.tip()) >= 0;
        if (cheap || happens(0.05)) {
            outbid++;
            return new Fate.Outbid("TooLowPriority");
        }
        if (other != null) tell(other.hash(), new Fate.Unclear("Usurped"));
        pool.put(transaction.nonce(), transaction);
        return WAITS;
    }

    private static final Fate WAITS = new Fate.Unclear("it waits");

    private boolean lose(Transaction pending) {
        if (happens(0.5)) tell(pending.hash(), new Fate.Unclear("dropped"));
        return true;
    }

    private void useNonceElsewhere() {
        long nonce = tip().nonceAfter();
        Transaction usurped = pool.put(
                nonce,
                Transaction.of(new ScaleWriter()
                        .bytes(Bytes.utf8("foreign/" + nonce))
                        .u64(nonce)
                        .u64(tip().head().number())
                        .raw(new byte[16])
                        .toBytes()));
        if (usurped != null) tell(usurped.hash(), new Fate.Unclear("usurped"));
    }

    private void tell(Hash transaction, Fate fate) {
        List<Watch> told = watches.remove(transaction);
        if (told == null) return;
        for (Watch watch : told)
            answers.add(() -> watch.line().deliver(() -> watch.fate().complete(fate)));
    }

    private Block tip() {
        return best.getLast();
    }

    private Head head(long number) {
        return new Head(
                number,
                Hash.of(Blake2.blake2b256(
                        new ScaleWriter().u64(number).u64(fork).toArray())));
    }

    private boolean happens(double probability) {
        return faulty && random.nextDouble() < probability;
    }

    private static boolean fails(Bytes call) {
        return call.startsWith(Bytes.utf8("fail"));
    }

    private static CallError error(Bytes call) {
        return new CallError("Test.Fails", "it always does: " + call.length() + " bytes");
    }

    /** One process's connection; when the process dies, nothing goes over it any more in either direction. */
    final class Line implements OutboxChain {
        private final List<Consumer<Head>> listeners = new ArrayList<>();
        private boolean cut;

        void cut() {
            cut = true;
            lines.remove(this);
        }

        private void deliver(Runnable news) {
            if (!cut) news.run();
        }

        private void see(Head head) {
            List.copyOf(listeners).forEach(listener -> listener.accept(head));
        }

        @Override
        public AutoCloseable follow(Consumer<Head> listener) {
            if (cut) return () -> {};
            listeners.add(listener);
            Head head = best.get((int) finalized).head();
            answers.add(() -> deliver(() -> listener.accept(head)));
            return () -> listeners.remove(listener);
        }

        @Override
        public CompletionStage<Long> finalizedNonce(Hash at) {
            return ask(() -> best.stream()
                    .filter(block -> block.head().hash().equals(at))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("a block that was final is gone"))
                    .nonceAfter());
        }

        @Override
        public CompletionStage<Long> nextNonce() {
            return ask(() -> {
                long next = tip().nonceAfter();
                while (pool.containsKey(next)) next++;
                return next;
            });
        }

        @Override
        public Bytes sign(Bytes call, Terms terms) {
            return new ScaleWriter()
                    .bytes(call)
                    .u64(terms.nonce())
                    .u64(terms.birth().number())
                    .unsigned(terms.tip(), 16)
                    .toBytes();
        }

        @Override
        public Hash hash(Bytes transaction) {
            return FakeChain.hashOf(transaction);
        }

        @Override
        public CompletionStage<BigInteger> fee(Bytes transaction) {
            return ask(() -> BigInteger.valueOf(1000));
        }

        // WAITS is a sign, not a value.
        @SuppressWarnings("ReferenceEquality")
        @Override
        public CompletionStage<Fate> submit(Bytes bytes, Consumer<Head> included) {
            if (cut) return new CompletableFuture<>();
            requests++;
            if (happens(0.1)) return happens(0.5) ? new CompletableFuture<>() : unclear();
            CompletableFuture<Fate> fate = new CompletableFuture<>();
            Transaction transaction = Transaction.of(bytes);
            Fate answer = ScriptedChain.this.submit(transaction);
            Watch watch = new Watch(this, fate, included);
            if (answer != WAITS) answers.add(() -> deliver(() -> fate.complete(answer)));
            else
                watches.computeIfAbsent(transaction.hash(), _ -> new ArrayList<>())
                        .add(watch);
            return fate;
        }

        private CompletionStage<Fate> unclear() {
            CompletableFuture<Fate> fate = new CompletableFuture<>();
            answers.add(() -> deliver(() -> fate.complete(new Fate.Unclear("connection lost"))));
            return fate;
        }

        @Override
        public CompletionStage<Optional<Fate.Finalized>> find(Set<Hash> transactions, long from, long to) {
            return ask(() -> best.stream()
                    .filter(block ->
                            block.head().number() >= from && block.head().number() <= Math.min(to, finalized))
                    .flatMap(block -> block.body().stream()
                            .filter(each -> transactions.contains(each.hash()))
                            .map(each -> fate(block, each)))
                    .findFirst());
        }

        @Override
        public Bytes nothing() {
            return Bytes.utf8("nothing");
        }

        @Override
        public boolean isBatchable(Bytes call) {
            return !call.startsWith(BATCH);
        }

        @Override
        public Bytes batch(List<Bytes> calls) {
            return Bytes.concat(
                    BATCH, new ScaleWriter().sequence(calls, ScaleWriter::bytes).toBytes());
        }

        private <T> CompletionStage<T> ask(Supplier<T> answer) {
            CompletableFuture<T> future = new CompletableFuture<>();
            if (cut) return future;
            requests++;
            @Nullable T value = happens(0.1) ? null : answer.get();
            answers.add(() -> deliver(() -> {
                if (value != null) future.complete(value);
                else future.completeExceptionally(new IllegalStateException("the chain cannot be reached"));
            }));
            return future;
        }
    }
}
