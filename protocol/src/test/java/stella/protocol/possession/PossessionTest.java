package stella.protocol.possession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import stella.protocol.ContentVectors;
import stella.protocol.Hash;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Payload;
import stella.protocol.piece.Piece;

/** PP-1 to PP-3: proofs as PDP tools make and check them. */
class PossessionTest {
    private static final byte[] DATA = ContentVectors.seededBytes("possession", 1_000_000);
    private static final JsonNode PDP = ContentVectors.at("pdp");

    @Test
    void drawsTheLeavesThatPdpDraws() {
        Piece piece = Piece.parse(PDP.get("piece_cid_v2").asText());

        assertThat(piece.leafCount()).isEqualTo(PDP.get("leaf_count").asLong());
        assertThat(Challenges.of(seed(), 1, piece, 5)).isEqualTo(leaves());
    }

    @Test
    void makesTheProofsThatPdpMakes() throws IOException {
        byte[] data = ContentVectors.seededBytes("stella-pdp", 5000);
        Piece piece = Commitment.of(data);

        List<LeafProof> proofs = prover(piece, data, List.of()).prove(leaves());

        assertThat(piece.cid()).hasToString(PDP.get("piece_cid_v2").asText());
        for (int i = 0; i < proofs.size(); i++) {
            JsonNode expected = PDP.get("proofs").get(i);
            List<Hash> path = new ArrayList<>();
            expected.get("path").forEach(node -> path.add(Hash.hex(node.asText())));
            assertThat(proofs.get(i))
                    .isEqualTo(new LeafProof(
                            expected.get("leaf_index").asLong(),
                            Hash.hex(expected.get("leaf").asText()),
                            path));
            assertThat(proofs.get(i).leadsTo(piece)).isTrue();
        }
    }

    @Property(seed = "31", tries = 60)
    void provesEveryLeafOfAnyPiece(
            @ForAll @IntRange(min = 1, max = 1_000_000) int length,
            @ForAll @IntRange(min = 0, max = 1_000_000) int pick)
            throws IOException {
        byte[] data = Arrays.copyOf(DATA, length);
        List<Hash> segments = new ArrayList<>();
        Piece piece = commit(data, segments);
        List<Long> leaves = List.of(0L, piece.leafCount() - 1, pick % piece.leafCount());

        for (LeafProof proof : prover(piece, data, segments).prove(leaves)) {
            assertThat(proof.leadsTo(piece)).isTrue();
            assertThat(new LeafProof(proof.index() ^ 1, proof.leaf(), proof.path()).leadsTo(piece))
                    .isEqualTo(proof.path().getFirst().equals(proof.leaf()));
        }
    }

    @Test
    void refusesToProveWithChangedBytes() {
        byte[] data = DATA.clone();
        List<Hash> segments = new ArrayList<>();
        Piece piece = commit(data, segments);
        data[777_777] ^= 1;
        Prover prover = prover(piece, data, segments);
        long damaged = 777_777L / 127 * 4;

        assertThatThrownBy(() -> prover.prove(List.of(0L, damaged)))
                .isInstanceOf(DamagedPieceException.class)
                .hasMessageContaining("leaf " + damaged);
    }

    @Test
    void refusesToProveWithAChangedUpperTree() {
        List<Hash> segments = new ArrayList<>();
        Piece piece = commit(DATA, segments);
        segments.set(3, segments.get(4));

        assertThatThrownBy(() -> prover(piece, DATA, segments).prove(List.of(0L)))
                .isInstanceOf(DamagedPieceException.class);
    }

    @Test
    void doesNotAcceptPathsOfAnotherLength() throws IOException {
        byte[] data = ContentVectors.seededBytes("stella-pdp", 5000);
        Piece piece = Commitment.of(data);
        LeafProof proof = prover(piece, data, List.of()).prove(List.of(7L)).getFirst();
        List<Hash> longer = new ArrayList<>(proof.path());
        longer.add(Hash.ZERO);

        assertThat(new LeafProof(7, proof.leaf(), proof.path().subList(0, 7)).leadsTo(piece))
                .isFalse();
        assertThat(new LeafProof(7, proof.leaf(), longer).leadsTo(piece)).isFalse();
        assertThat(new LeafProof(7 + 256, proof.leaf(), proof.path()).leadsTo(piece))
                .isFalse();
    }

    @Test
    void hasNothingToChallengeInAPieceOfPadding() {
        Piece empty = Commitment.of(new byte[0]);

        assertThat(empty.leafCount()).isZero();
        assertThatThrownBy(() -> Challenges.of(seed(), 1, empty, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Piece commit(byte[] data, List<Hash> segments) {
        Commitment commitment = new Commitment((_, root) -> segments.add(root));
        commitment.update(data, 0, data.length);
        return commitment.finish();
    }

    private static Prover prover(Piece piece, byte[] data, List<Hash> segments) {
        Payload payload = new Payload() {
            @Override
            public long length() {
                return data.length;
            }

            @Override
            public void read(long position, byte[] target, int offset, int length) {
                System.arraycopy(data, (int) position, target, offset, length);
            }
        };
        return new Prover(piece, payload, Prover.inMemory(segments));
    }

    private static Hash seed() {
        return Hash.hex(PDP.get("challenge_seed_hex").asText());
    }

    private static List<Long> leaves() {
        List<Long> leaves = new ArrayList<>();
        PDP.get("challenges").forEach(c -> leaves.add(c.get("leaf_index").asLong()));
        return leaves;
    }
}
