package stella.roles.inspector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import stella.protocol.Bytes;
import stella.protocol.piece.Piece;
import stella.roles.Transfer;

/** Nodes that serve contents at endpoints, and misbehave on request. Every answer is there at once. */
final class FakeNodes implements Transfer {
    private final Map<String, List<Content>> served = new TreeMap<>();
    private final SortedMap<String, UnaryOperator<Answer>> tampering = new TreeMap<>();
    private final SortedMap<String, UnaryOperator<Possession>> receiptTampering = new TreeMap<>();
    int requests;

    void serve(String endpoint, List<Content> contents) {
        served.put(endpoint, contents);
    }

    /** From now on every answer of {@code endpoint} for a block goes through {@code change}. */
    void tamper(String endpoint, UnaryOperator<Answer> change) {
        tampering.put(endpoint, change);
    }

    void tamperReceipts(String endpoint, UnaryOperator<Possession> change) {
        receiptTampering.put(endpoint, change);
    }

    void mend(String endpoint) {
        tampering.remove(endpoint);
    }

    @Override
    public CompletionStage<Answer> block(String endpoint, String cid, Duration deadline) {
        requests++;
        Answer answer = new Answer.Unreachable("nothing listens at " + endpoint);
        if (served.containsKey(endpoint)) {
            answer = new Answer.Refused(404, "not here");
            for (Content content : served.getOrDefault(endpoint, List.of())) {
                Bytes block = content.blocks().get(stella.protocol.cid.Cid.parse(cid));
                if (block != null) answer = new Answer.Block(block);
            }
        }
        return CompletableFuture.completedStage(
                tampering.getOrDefault(endpoint, UnaryOperator.identity()).apply(answer));
    }

    @Override
    public CompletionStage<Possession> possession(String endpoint, Piece piece, List<Long> leaves, Duration deadline) {
        requests++;
        Possession answer = new Possession.Refused(404, "no such piece");
        for (Content content : served.getOrDefault(endpoint, List.of()))
            if (content.piece().equals(piece)) answer = new Possession.Proven(content.prove(leaves));
        return CompletableFuture.completedStage(receiptTampering
                .getOrDefault(endpoint, UnaryOperator.identity())
                .apply(answer));
    }
}
