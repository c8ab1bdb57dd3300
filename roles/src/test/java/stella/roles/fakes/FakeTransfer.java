package stella.roles.fakes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import stella.protocol.Bytes;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;

/** Endpoints that answer as the test says; an endpoint that it does not name is unreachable. */
public final class FakeTransfer extends UnusedTransfer {
    private static final long PATIENCE_SECONDS = 10;

    /** A request for a block that the test holds back. */
    public record Held(String endpoint, String cid, CompletableFuture<Answer> answer) {}

    private final Map<String, Answer> blocks = new HashMap<>();
    private final Map<String, Possession> possessions = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();
    private boolean holding;

    public synchronized FakeTransfer serve(String endpoint, String cid, byte[] data) {
        return answer(endpoint, cid, new Answer.Block(Bytes.of(data)));
    }

    public synchronized FakeTransfer answer(String endpoint, String cid, Answer answer) {
        blocks.put(endpoint + " " + cid, answer);
        return this;
    }

    public synchronized FakeTransfer possess(String endpoint, Possession answer) {
        possessions.put(endpoint, answer);
        return this;
    }

    public synchronized FakeTransfer prove(String endpoint, List<LeafProof> leaves) {
        return possess(endpoint, new Possession.Proven(leaves));
    }

    public synchronized void hold(boolean yes) {
        holding = yes;
    }

    public Held awaitAsked() {
        try {
            Held next = held.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) throw new AssertionError("nobody asked for a block; so far: " + asked());
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Endpoints in the order they were asked. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized CompletionStage<Answer> block(String endpoint, String cid, Duration deadline) {
        asked.add(endpoint);
        if (holding) {
            Held request = new Held(endpoint, cid, new CompletableFuture<>());
            held.add(request);
            return request.answer();
        }
        Answer answer = blocks.getOrDefault(endpoint + " " + cid, new Answer.Unreachable("no route"));
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public synchronized CompletionStage<Possession> possession(
            String endpoint, Piece piece, List<Long> leaves, Duration deadline) {
        asked.add(endpoint);
        return CompletableFuture.completedFuture(
                possessions.getOrDefault(endpoint, new Possession.Unreachable("no route")));
    }
}
