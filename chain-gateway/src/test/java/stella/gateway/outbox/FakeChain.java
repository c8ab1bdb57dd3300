package stella.gateway.outbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    record Handed(Bytes transaction, CompletableFuture<Fate> fate) {
        Bytes call() {
            return new ScaleReader(transaction).bytes(1000);
        }

        long nonce() {
            return number(0);
        }

        long birth() {
            return number(1);
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
        included.put(hashOf(transaction), new Fate.Finalized(block, Hash.ZERO, Optional.empty()));
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
    public Bytes sign(Bytes call, long nonce, Head birth, int period) {
        return new ScaleWriter().bytes(call).u64(nonce).u64(birth.number()).toBytes();
    }

    @Override
    public Hash hash(Bytes transaction) {
        return hashOf(transaction);
    }

    @Override
    public CompletionStage<Fate> submit(Bytes transaction) {
        CompletableFuture<Fate> fate = new CompletableFuture<>();
        handed.add(new Handed(transaction, fate));
        return fate;
    }

    @Override
    public synchronized CompletionStage<Optional<Fate.Finalized>> find(Hash transaction, long from, long to) {
        looked++;
        return answer(Optional.ofNullable(included.get(transaction))
                .filter(fate -> fate.block() >= from && fate.block() <= to));
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
