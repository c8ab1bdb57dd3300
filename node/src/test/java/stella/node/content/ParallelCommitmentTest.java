package stella.node.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.protocol.Hash;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Segment;

class ParallelCommitmentTest {
    private static final byte[] DATA = SeededBytes.of("parallel", 12_000_000);

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                127,
                Segment.PAYLOAD_BYTES - 1,
                Segment.PAYLOAD_BYTES,
                Segment.PAYLOAD_BYTES + 1,
                16 * Segment.PAYLOAD_BYTES,
                16 * Segment.PAYLOAD_BYTES + 1,
                128 * Segment.PAYLOAD_BYTES + 77,
                12_000_000
            })
    void isTheCommitmentOfOneCore(int length) throws IOException {
        List<Hash> segments = new ArrayList<>();
        Commitment reference = new Commitment((_, root) -> segments.add(root));
        reference.update(DATA, 0, length);
        List<Hash> parallelSegments = new ArrayList<>();

        try (ParallelCommitment parallel = new ParallelCommitment(parallelSegments::add)) {
            for (int at = 0; at < length; at += 100_000) parallel.update(DATA, at, Math.min(100_000, length - at));

            assertThat(parallel.finish()).isEqualTo(Commitment.of(Arrays.copyOf(DATA, length)));
        }
        assertThat(reference.finish().payloadSize()).isEqualTo(length);
        assertThat(parallelSegments).isEqualTo(segments);
    }
}
