package stella.protocol.piece;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import stella.protocol.ContentVectors;
import stella.protocol.Hash;
import stella.protocol.cid.Cid;

/** CT-2: pieces get the commitments that Lotus, data-segment and the Rust and Go tools give them. */
class CommitmentVectorsTest {
    @TestFactory
    Stream<DynamicTest> commitsToBytesAsOtherToolsDo() {
        List<JsonNode> vectors = ContentVectors.list("commp");
        assertThat(vectors).hasSize(59);
        return vectors.stream()
                .map(v -> DynamicTest.dynamicTest(
                        v.get("data").asText() + " " + v.get("raw_size").asLong(),
                        () -> checkPiece(v, commit(data(v)))));
    }

    @TestFactory
    Stream<DynamicTest> readsThePieceCidsOfFrc0069() {
        return ContentVectors.list("frc0069").stream()
                .map(v -> DynamicTest.dynamicTest(v.get("data").asText(), () -> {
                    Piece piece = Piece.parse(v.get("published").asText());

                    assertThat(piece.root())
                            .isEqualTo(Hash.hex(v.get("root_hex").asText()));
                    assertThat(piece.height()).isEqualTo(v.get("height").asInt());
                    assertThat(piece.padding()).isEqualTo(v.get("padding").asLong());
                    assertThat(piece.cid()).hasToString(v.get("published").asText());
                    if (v.has("raw_size"))
                        assertThat(commit(new ByteArrayInputStream(frcPayload(v))))
                                .isEqualTo(piece);
                }));
    }

    @Test
    void knowsTheRootsOfZeroTrees() {
        List<JsonNode> roots = ContentVectors.list("zero_tree_roots");

        for (int height = 0; height < roots.size(); height++)
            assertThat(ZeroTree.root(height))
                    .isEqualTo(Hash.hex(roots.get(height).asText()));
    }

    private static void checkPiece(JsonNode vector, Piece piece) {
        assertThat(piece.root()).isEqualTo(Hash.hex(vector.get("root_hex").asText()));
        assertThat(piece.height()).isEqualTo(vector.get("height").asInt());
        assertThat(piece.padding()).isEqualTo(vector.get("padding").asLong());
        assertThat(piece.paddedSize()).isEqualTo(vector.get("padded_size").asLong());
        assertThat(piece.payloadSize()).isEqualTo(vector.get("raw_size").asLong());
        assertThat(piece.cid()).hasToString(vector.get("piece_cid_v2").asText());
        assertThat(piece.cidV1()).hasToString(vector.get("piece_cid_v1").asText());
        assertThat(Piece.of(Cid.parse(vector.get("piece_cid_v2").asText()))).isEqualTo(piece);
    }

    private static InputStream data(JsonNode vector) {
        String rule = vector.get("data").asText();
        int size = vector.get("raw_size").asInt();
        if (rule.startsWith("seed ")) return ContentVectors.seeded(rule.substring(5), size);
        byte[] same = new byte[size];
        Arrays.fill(same, (byte) Integer.parseInt(rule.substring(rule.length() - 2), 16));
        return new ByteArrayInputStream(same);
    }

    /** 127 bytes each of 0, 1, 2 and 3, then zeros: every published payload of FRC-0069 is a beginning of this or all zero. */
    private static byte[] frcPayload(JsonNode vector) {
        byte[] payload = new byte[vector.get("raw_size").asInt()];
        String rule = vector.get("data").asText();
        if (rule.contains("zero") || rule.contains("empty")) return payload;
        for (int i = 0; i < Math.min(payload.length, 508); i++) payload[i] = (byte) (i / 127);
        return payload;
    }

    static Piece commit(InputStream in) throws IOException {
        Commitment commitment = new Commitment();
        byte[] buffer = new byte[100_003];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) commitment.update(buffer, 0, count);
        return commitment.finish();
    }
}
