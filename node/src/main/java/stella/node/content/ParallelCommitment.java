package stella.node.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import stella.protocol.Hash;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Piece;
import stella.protocol.piece.Segment;
import stella.protocol.piece.TreeFold;

/**
 * {@link Commitment} on several cores: batches of segments are hashed by workers and their roots folded in order. At most
 * {@value #BATCHES_MAX} batches of about 1 MiB exist. One thread calls.
 */
public final class ParallelCommitment implements AutoCloseable {
    /** Told of the root of each segment, in order. */
    @FunctionalInterface
    public interface SegmentSink {
        void segment(Hash root) throws IOException;
    }

    private static final int SEGMENTS_PER_BATCH = 16;
    private static final int WORKERS_MAX = 4;
    private static final int BATCHES_MAX = 2 * WORKERS_MAX;

    private final SegmentSink sink;
    private final TreeFold fold = new TreeFold();
    private final ExecutorService workers;
    private final Deque<Batch> running = new ArrayDeque<>();
    private Batch open = new Batch();
    private int batches = 1;
    private long length;

    public ParallelCommitment(SegmentSink sink) {
        this.sink = sink;
        int cores = Math.min(WORKERS_MAX, Runtime.getRuntime().availableProcessors());
        this.workers = Executors.newFixedThreadPool(
                cores, Thread.ofPlatform().daemon().name("commitment-", 0).factory());
    }

    /** The commitment to everything in {@code in}, which stays open. */
    public static Piece of(InputStream in, Progress progress) throws IOException {
        return of(in, _ -> {}, progress);
    }

    static Piece of(InputStream in, SegmentSink sink, Progress progress) throws IOException {
        try (ParallelCommitment commitment = new ParallelCommitment(sink)) {
            byte[] buffer = new byte[1 << 18];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                commitment.update(buffer, 0, count);
                progress.advance(count);
            }
            return commitment.finish();
        }
    }

    public void update(byte[] data, int offset, int count) throws IOException {
        int from = offset;
        int rest = count;
        while (rest > 0) {
            if (open.length == open.payload.length) submit();
            int taken = Math.min(rest, open.payload.length - open.length);
            System.arraycopy(data, from, open.payload, open.length, taken);
            open.length += taken;
            from += taken;
            rest -= taken;
        }
        length += count;
    }

    /** As {@link Commitment#finish}. */
    public Piece finish() throws IOException {
        int height = Piece.heightFor(length);
        long padding = Piece.capacity(height) - length;
        if (height <= Segment.HEIGHT)
            return new Piece(open.segment.root(open.payload, 0, open.length, height), height, padding);
        running.add(open.start(workers));
        while (!running.isEmpty()) collect();
        return new Piece(fold.root(height), height, padding);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private void submit() throws IOException {
        running.add(open.start(workers));
        open = batches < BATCHES_MAX ? new Batch() : collect();
        batches = Math.min(batches + 1, BATCHES_MAX);
    }

    /** Waits for the oldest batch, folds its roots and gives it back for new bytes. */
    private Batch collect() throws IOException {
        Batch oldest = running.remove();
        for (Hash root : oldest.await()) {
            sink.segment(root);
            fold.add(root);
        }
        oldest.length = 0;
        return oldest;
    }

    /** Some bytes on their way through a worker. */
    private static final class Batch {
        private final byte[] payload = new byte[SEGMENTS_PER_BATCH * Segment.PAYLOAD_BYTES];
        private final Segment segment = new Segment();
        private Future<Hash[]> roots = CompletableFuture.completedFuture(new Hash[0]);
        private int length;

        Batch start(ExecutorService workers) {
            roots = workers.submit(this::hash);
            return this;
        }

        private Hash[] hash() {
            Hash[] all = new Hash[(length + Segment.PAYLOAD_BYTES - 1) / Segment.PAYLOAD_BYTES];
            for (int i = 0; i < all.length; i++) {
                int from = i * Segment.PAYLOAD_BYTES;
                all[i] = segment.root(payload, from, Math.min(Segment.PAYLOAD_BYTES, length - from), Segment.HEIGHT);
            }
            return all;
        }

        Hash[] await() throws IOException {
            try {
                return roots.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ClosedByInterruptException interrupted = new ClosedByInterruptException();
                interrupted.initCause(e);
                throw interrupted;
            } catch (ExecutionException e) {
                throw new IllegalStateException("hashing bytes in memory does not fail", e);
            }
        }
    }
}
