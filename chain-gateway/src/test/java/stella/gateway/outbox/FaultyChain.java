package stella.gateway.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * A small chain that keeps the rules of a real one (a nonce is used once and in order, an era ends) and breaks everything else:
 * it loses submissions, answers and whole pools, cannot be reached at times, and another program uses the same account.
 */
final class FaultyChain implements OutboxChain {
    private record Pending(Bytes transaction, CompletableFuture<Fate> watch) {}

    private record Read(Bytes call, long nonce, long birth) {
        static Read of(Bytes transaction) {
            ScaleReader in = new ScaleReader(transaction);
            return new Read(in.bytes(1000), in.u64(), in.u64());
        }
    }

    private final Random random;
    private final List<Consumer<Head>> listeners = new CopyOnWriteArrayList<>();
    private final TreeMap<Long, Pending> pool = new TreeMap<>();
    private final Map<Hash, Long> included = new HashMap<>();
    private final Map<Bytes, Integer> effects = new HashMap<>();
    /** The next nonce after each block: a state of old stays as it was. */
    private final TreeMap<Long, Long> nonces = new TreeMap<>(Map.of(0L, 0L));

    private long height = 1;
    private long nonce;
    private boolean faulty = true;

    FaultyChain(long seed) {
        random = new Random(seed);
    }

    /** How often the call had its effect. */
    synchronized int effects(Bytes call) {
        return effects.getOrDefault(call, 0);
    }

    synchronized void heal() {
        faulty = false;
    }

    /** One more finalized block, sometimes many at once. */
    void step() {
        List<Runnable> news = new ArrayList<>();
        Head head;
        synchronized (this) {
            if (happens(0.05)) pool.values().removeIf(pending -> lose(pending, news));
            if (happens(0.05)) useNonceElsewhere(news);
            height += happens(0.03) ? 1 + random.nextInt(80) : 1;
            if (!happens(0.2)) include(news);
            nonces.put(height, nonce);
            head = head();
        }
        news.forEach(Runnable::run);
        listeners.forEach(listener -> listener.accept(head));
    }

    @Override
    public AutoCloseable follow(Consumer<Head> listener) {
        listeners.add(listener);
        synchronized (this) {
            listener.accept(head());
        }
        return () -> listeners.remove(listener);
    }

    @Override
    public synchronized CompletionStage<Long> finalizedNonce(Hash at) {
        return answer(nonces.floorEntry(new ScaleReader(at.bytes()).u64()).getValue());
    }

    @Override
    public synchronized CompletionStage<Long> nextNonce() {
        long next = nonce;
        while (pool.containsKey(next)) next++;
        return answer(next);
    }

    @Override
    public Bytes sign(Bytes call, long nonce, Head birth, int period) {
        return new ScaleWriter().bytes(call).u64(nonce).u64(birth.number()).toBytes();
    }

    @Override
    public Hash hash(Bytes transaction) {
        return FakeChain.hashOf(transaction);
    }

    @Override
    public synchronized CompletionStage<Fate> submit(Bytes transaction) {
        Read read = Read.of(transaction);
        CompletableFuture<Fate> watch = new CompletableFuture<>();
        if (happens(0.1)) return happens(0.5) ? watch : unclear("never arrived");
        if (read.nonce() < nonce) return unclear("Stale");
        if (height >= read.birth() + Submissions.ERA) return unclear("AncientBirthBlock");
        if (pool.containsKey(read.nonce())) return unclear("TooLowPriority");
        pool.put(read.nonce(), new Pending(transaction, watch));
        return watch;
    }

    @Override
    public synchronized CompletionStage<Optional<Fate.Finalized>> find(Hash transaction, long from, long to) {
        return answer(Optional.ofNullable(included.get(transaction))
                .filter(block -> block >= from && block <= to)
                .map(FaultyChain::finalized));
    }

    @Override
    public Bytes nothing() {
        return Bytes.utf8("nothing");
    }

    private Head head() {
        return new Head(
                height, new Hash(new ScaleWriter().u64(height).raw(new byte[24]).toBytes()));
    }

    private void include(List<Runnable> news) {
        for (Pending next = pool.remove(nonce); next != null; next = pool.remove(nonce)) {
            Read read = Read.of(next.transaction());
            CompletableFuture<Fate> watch = next.watch();
            if (height >= read.birth() + Submissions.ERA) {
                news.add(() -> watch.complete(new Fate.Unclear("invalid")));
                return;
            }
            nonce++;
            effects.merge(read.call(), 1, Integer::sum);
            included.put(hash(next.transaction()), height);
            Fate fate = finalized(height);
            if (!happens(0.2)) news.add(() -> watch.complete(fate));
            if (happens(0.3)) return;
        }
    }

    private boolean lose(Pending pending, List<Runnable> news) {
        if (happens(0.5)) news.add(() -> pending.watch().complete(new Fate.Unclear("dropped")));
        return true;
    }

    private void useNonceElsewhere(List<Runnable> news) {
        Pending usurped = pool.remove(nonce);
        nonce++;
        if (usurped != null) news.add(() -> usurped.watch().complete(new Fate.Unclear("usurped")));
    }

    private boolean happens(double probability) {
        return faulty && random.nextDouble() < probability;
    }

    private <T> CompletionStage<T> answer(T value) {
        return happens(0.1)
                ? CompletableFuture.failedStage(new IllegalStateException("the chain cannot be reached"))
                : CompletableFuture.completedStage(value);
    }

    private static CompletionStage<Fate> unclear(String why) {
        return CompletableFuture.completedStage(new Fate.Unclear(why));
    }

    private static Fate.Finalized finalized(long block) {
        return new Fate.Finalized(block, Hash.ZERO, Optional.empty());
    }
}
