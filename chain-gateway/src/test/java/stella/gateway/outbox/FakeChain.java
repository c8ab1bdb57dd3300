package stella.gateway.outbox;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import stella.gateway.crypto.Blake2;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** A chain that a test plays: it says what nonces are used, which blocks there are, and how each submission ends. */
final class FakeChain implements OutboxChain {
    /** A transaction that was handed over, and the end that the test gives it. */
    record Handed(Bytes transaction, CompletableFuture<Fate> fate, Consumer<Head> included) {
        Bytes call() {
            return new ScaleReader(transaction).bytes(1000);
        }

        long nonce() {
            return number(0);
        }

        long birth() {
            return number(1);
        }

        BigInteger tip() {
            ScaleReader in = new ScaleReader(transaction);
            in.bytes(1000);
            in.u64();
            in.u64();
            return in.u128();
        }

        private long number(int index) {
            ScaleReader in = new ScaleReader(transaction);
            in.bytes(1000);
            for (int i = 0; i < index; i++) in.u64();
            return in.u64();
        }
    }

    final BlockingQueue<Handed> handed = new LinkedBlockingQueue<>();
    private final List<Consumer<Head>> listeners = new CopyOnWriteArrayList<>();
    private final Map<Hash, Fate.Finalized> included = new HashMap<>();
    private volatile long height;
    private volatile long finalizedNonce;
    private volatile long poolNonce;
    private volatile boolean away;
    volatile int looked;
    volatile BigInteger fee = BigInteger.TEN;

    static Hash hashOf(Bytes transaction) {
        return Hash.of(Blake2.blake2b256(transaction.toArray()));
    }

    /** The newest finalized block is {@code number} now, and the account's next nonce in its state {@code nonce}. */
    void head(long number, long nonce) {
        height = number;
        finalizedNonce = nonce;
        poolNonce = Math.max(poolNonce, nonce);
        listeners.forEach(listener -> listener.accept(new Head(number, Hash.ZERO)));
    }

    void poolNonce(long nonce) {
        poolNonce = nonce;
    }

    synchronized void include(Bytes transaction, long block) {
        included.put(hashOf(transaction), new Fate.Finalized(block, Hash.ZERO, hashOf(transaction), new Result.Done()));
    }

    void away(boolean is) {
        away = is;
    }

    Handed next() {
        try {
            Handed next = handed.poll(10, TimeUnit.SECONDS);
            if (next == null) throw new AssertionError("nothing was submitted");
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public AutoCloseable follow(Consumer<Head> listener) {
        listeners.add(listener);
        if (height > 0) listener.accept(new Head(height, Hash.ZERO));
        return () -> listeners.remove(listener);
    }

    @Override
    public CompletionStage<Long> finalizedNonce(Hash at) {
        return answer(finalizedNonce);
    }

    @Override
    public CompletionStage<Long> nextNonce() {
        return answer(poolNonce);
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
    public CompletionStage<BigInteger> fee(Bytes transaction) {
        return answer(fee);
    }

    @Override
    public boolean isBatchable(Bytes call) {
        return true;
    }

    @Override
    public Bytes batch(List<Bytes> calls) {
        return Bytes.concat(calls.toArray(Bytes[]::new));
    }

    @Override
    public Hash hash(Bytes transaction) {
        return hashOf(transaction);
    }

    @Override
    public CompletionStage<Fate> submit(Bytes transaction, Consumer<Head> included) {
        CompletableFuture<Fate> fate = new CompletableFuture<>();
        handed.add(new Handed(transaction, fate, included));
        return fate;
    }

    @Override
    public synchronized CompletionStage<Optional<Fate.Finalized>> find(Set<Hash> transactions, long from, long to) {
        looked++;
        return answer(transactions.stream()
                .map(included::get)
                .filter(fate -> fate != null && fate.block() >= from && fate.block() <= to)
                .findFirst());
    }

    @Override
    public Bytes nothing() {
        return Bytes.utf8("nothing");
    }

    private <T> CompletionStage<T> answer(T value) {
        return away
                ? CompletableFuture.failedStage(new IllegalStateException("the test's chain is away"))
                : CompletableFuture.completedStage(value);
    }
}
