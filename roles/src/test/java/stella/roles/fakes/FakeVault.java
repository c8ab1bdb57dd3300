package stella.roles.fakes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Payload;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.protocol.possession.Prover;
import stella.roles.Vault;

/** A disk in memory that checks what it pulls and proves what it holds, like the real one. */
public final class FakeVault implements Vault {
    private static final long PATIENCE_SECONDS = 10;

    /** A pull that the test holds back. */
    public record Pull(Piece piece, String source, Progress progress, CompletableFuture<Intake> outcome) {}

    private final Map<String, byte[]> sources = new HashMap<>();
    private final Map<Piece, byte[]> kept = new LinkedHashMap<>();
    private final List<Piece> discarded = new ArrayList<>();
    private final BlockingQueue<Pull> held = new LinkedBlockingQueue<>();
    private final BlockingQueue<Piece> discards = new LinkedBlockingQueue<>();
    private Optional<Intake> next = Optional.empty();
    private boolean holding;
    private boolean failing;
    private boolean lying;
    private long freeBytes = 1L << 20;
    private int pulls;

    public synchronized void serve(String source, byte[] data) {
        sources.put(source, data);
    }

    public synchronized void freeBytes(long bytes) {
        freeBytes = bytes;
    }

    /** Every pull waits until the test completes it. */
    public synchronized void hold(boolean yes) {
        holding = yes;
    }

    /** The next pull ends so. */
    public synchronized void next(Intake outcome) {
        next = Optional.of(outcome);
    }

    public synchronized void put(byte[] data) {
        kept.put(Commitment.of(data), data.clone());
    }

    public synchronized void lose(Piece piece) {
        kept.remove(piece);
    }

    /** Changes one byte on the disk. */
    public synchronized void damage(Piece piece) {
        Objects.requireNonNull(kept.get(piece), "the piece is not kept")[100] ^= 1;
    }

    /** Proofs come out wrong without the vault noticing. */
    public synchronized void lie(boolean yes) {
        lying = yes;
    }

    /** The next question for free bytes throws: a defect that restarts who asks. */
    public synchronized void failOnce() {
        failing = true;
    }

    /** Pulls begun so far. */
    public synchronized int pulls() {
        return pulls;
    }

    public Pull awaitPull() {
        return await(held);
    }

    public Piece awaitDiscard() {
        return await(discards);
    }

    public synchronized boolean holds(Piece piece) {
        return kept.containsKey(piece);
    }

    public synchronized List<Piece> discarded() {
        return List.copyOf(discarded);
    }

    /** What the source serves, checked: the outcome of a pull that is held back no longer. */
    public synchronized Intake pullNow(Piece piece, String source) {
        byte[] data = sources.get(source);
        if (data == null) return new Intake.SourceUnreachable(3, source + " does not answer");
        Piece found = Commitment.of(data);
        if (!found.equals(piece))
            return new Intake.CommitmentMismatch(
                    piece.cid().toString(), found.cid().toString());
        kept.put(piece, data.clone());
        return new Intake.Kept(data.length);
    }

    @Override
    public synchronized CompletionStage<Intake> keep(Piece piece, Bytes content, String source, Progress progress) {
        pulls++;
        if (next.isPresent()) {
            Intake outcome = next.get();
            next = Optional.empty();
            return CompletableFuture.completedFuture(outcome);
        }
        if (holding) {
            Pull pull = new Pull(piece, source, progress, new CompletableFuture<>());
            held.add(pull);
            return pull.outcome();
        }
        return CompletableFuture.completedFuture(pullNow(piece, source));
    }

    @Override
    public synchronized CompletionStage<Proving> prove(Piece piece, List<Long> leaves) {
        byte[] data = kept.get(piece);
        if (data == null) return CompletableFuture.completedFuture(new Proving.Missing());
        try {
            Prover prover = new Prover(piece, payload(data), Prover.inMemory(List.of()));
            List<LeafProof> proofs = prover.prove(leaves);
            if (lying)
                proofs = proofs.stream()
                        .map(proof -> new LeafProof(proof.index(), Hash.ZERO, proof.path()))
                        .toList();
            return CompletableFuture.completedFuture(new Proving.Proven(proofs));
        } catch (java.io.IOException e) {
            return CompletableFuture.completedFuture(new Proving.Damaged(String.valueOf(e.getMessage())));
        }
    }

    private static Payload payload(byte[] data) {
        return new Payload() {
            @Override
            public long length() {
                return data.length;
            }

            @Override
            public void read(long position, byte[] target, int offset, int length) {
                System.arraycopy(data, (int) position, target, offset, length);
            }
        };
    }

    @Override
    public synchronized CompletionStage<Boolean> discard(Piece piece) {
        discarded.add(piece);
        boolean was = kept.remove(piece) != null;
        discards.add(piece);
        return CompletableFuture.completedFuture(was);
    }

    @Override
    public synchronized CompletionStage<List<Piece>> pieces() {
        return CompletableFuture.completedFuture(List.copyOf(kept.keySet()));
    }

    @Override
    public synchronized long freeBytes() {
        if (failing) {
            failing = false;
            throw new IllegalStateException("the test wants a restart");
        }
        return freeBytes;
    }

    private static <T> T await(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) throw new AssertionError("nothing came");
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
