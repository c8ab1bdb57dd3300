package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.inspection.Item;
import stella.protocol.inspection.Outcome;
import stella.protocol.piece.Piece;
import stella.roles.Transfer;
import stella.roles.fakes.UnusedTransfer;

class ProbeTest {
    private static final Content CONTENT = Content.random(9);
    private static final Inspection INSPECTION = Inspection.of(
            new Item(1, Digests.blake2b256(Bytes.utf8("walk"))),
            CONTENT.root().toBytes(),
            CONTENT.piece(),
            2,
            Optional.empty());

    private final FakeNodes nodes = new FakeNodes();
    private final Probe probe = new Probe(nodes, InspectorSettings.FAST);

    private Outcome look() {
        return outcome(probe.run(INSPECTION, "http://store"));
    }

    private static Outcome outcome(CompletionStage<Inspection.Step> run) {
        return switch (run.toCompletableFuture().join()) {
            case Inspection.Step.Done(Outcome outcome) -> outcome;
            case Inspection.Step.Served served -> served.outcome();
            case Inspection.Step step -> throw new AssertionError("ended with " + step);
        };
    }

    @Test
    void anHonestStoreIsAskedForEachBlockAndTheReceiptOnce() {
        nodes.serve("http://store", List.of(CONTENT));

        assertThat(look()).isInstanceOf(Outcome.Ok.class);
        assertThat(nodes.requests).isEqualTo(4);
    }

    @Test
    void oneLostAnswerIsForgiven() {
        nodes.serve("http://store", List.of(CONTENT));
        int[] count = {0};
        nodes.tamper("http://store", answer -> count[0]++ == 1 ? new Transfer.Answer.Unreachable("lost") : answer);

        assertThat(look()).isInstanceOf(Outcome.Ok.class);
    }

    @Test
    void silenceIsUnreachableAfterTheLastAttempt() {
        assertThat(look()).isEqualTo(new Outcome.Unreachable());
        assertThat(nodes.requests).isEqualTo(InspectorSettings.FAST.attemptsMax());
    }

    @Test
    void wrongBytesAreNotAskedForAgain() {
        nodes.serve("http://store", List.of(CONTENT));
        nodes.tamper("http://store", NetworkTest::damaged);

        assertThat(look()).isEqualTo(new Outcome.WrongBytes());
        assertThat(nodes.requests).isEqualTo(1);
    }

    @Test
    void servingBlocksWithoutTheReceiptIsRefusing() {
        nodes.serve("http://store", List.of(CONTENT));
        nodes.tamperReceipts("http://store", answer -> new Transfer.Possession.Refused(404, "no"));

        assertThat(look()).isEqualTo(new Outcome.Refused());
    }

    @Test
    void aPortThatFailsCountsAsSilence() {
        Transfer broken = new UnusedTransfer() {
            @Override
            public CompletionStage<Answer> block(String endpoint, String cid, Duration deadline) {
                return CompletableFuture.failedStage(new IllegalStateException("the adapter is broken"));
            }

            @Override
            public CompletionStage<Possession> possession(
                    String endpoint, Piece piece, List<Long> leaves, Duration deadline) {
                return CompletableFuture.failedStage(new IllegalStateException("the adapter is broken"));
            }
        };

        assertThat(new Probe(broken, InspectorSettings.FAST)
                        .run(INSPECTION, "http://store")
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Inspection.Step.Done(new Outcome.Unreachable()));
    }
}
