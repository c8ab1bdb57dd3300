package stella.protocol.piece;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.ContentVectors;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.cid.Cid;
import stella.protocol.cid.MalformedException;

class CommitmentPropertyTest {
    private static final byte[] DATA = ContentVectors.seededBytes("commitment", 400_000);

    @Property(seed = "21", tries = 60)
    void isTheRootOfTheTreeWrittenDownNaively(@ForAll @IntRange(min = 0, max = 140_000) int length) {
        byte[] data = Arrays.copyOf(DATA, length);

        assertThat(Commitment.of(data).root()).isEqualTo(naiveRoot(data));
    }

    @Property(seed = "22", tries = 60)
    void doesNotDependOnHowTheBytesArrive(
            @ForAll @IntRange(min = 0, max = 400_000) int length, @ForAll @IntRange(min = 1, max = 90_000) int step) {
        Commitment commitment = new Commitment();
        for (int at = 0; at < length; at += step) commitment.update(DATA, at, Math.min(step, length - at));

        assertThat(commitment.finish()).isEqualTo(Commitment.of(Arrays.copyOf(DATA, length)));
    }

    @Property(seed = "23", tries = 60)
    void segmentRootsFoldToThePiece(@ForAll @IntRange(min = Segment.PAYLOAD_BYTES + 1, max = 400_000) int length) {
        TreeFold fold = new TreeFold();
        Commitment commitment = new Commitment((index, root) -> {
            assertThat(index).isEqualTo(fold.count());
            fold.add(root);
        });
        commitment.update(DATA, 0, length);
        Piece piece = commitment.finish();

        assertThat(fold.root(piece.height())).isEqualTo(piece.root());
    }

    @Property(seed = "24")
    void pieceCidsComeBack(@ForAll @IntRange(min = 2, max = 50) int height, @ForAll long padding) {
        Piece piece = new Piece(ZeroTree.root(3), height, Math.floorMod(padding, Piece.capacity(height) + 1));

        assertThat(Piece.parse(piece.cid().toString())).isEqualTo(piece);
        assertThat(piece.leafCount()).isBetween(0L, 1L << height);
    }

    @Test
    void refusesPieceCidsThatDoNotFitTogether() {
        for (String digest : List.of("0001", "0033", "ffffffff7f02", "00ff"))
            assertThatThrownBy(() -> Piece.of(Cid.of(Bytes.concat(
                            Bytes.hex("01559120"),
                            Bytes.of((byte) (digest.length() / 2 + 32)),
                            Bytes.hex(digest),
                            ZeroTree.root(2).bytes()))))
                    .as(digest)
                    .isInstanceOf(MalformedException.class);
    }

    @Test
    void saysThatAPieceCidOfVersion1IsNotEnough() {
        assertThatThrownBy(() -> Piece.parse("baga6ea4seaqdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigmy"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("version 1");
    }

    /** Straight from the definition: one number of 1016 bits per group, cut into four of 254. */
    private static Hash naiveRoot(byte[] data) {
        int groups = 1;
        while (groups * 127 < data.length) groups *= 2;
        BigInteger mask = BigInteger.ONE.shiftLeft(254).subtract(BigInteger.ONE);
        List<Hash> nodes = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            byte[] bigEndian = new byte[127];
            for (int i = 0; i < 127; i++) if (group * 127 + i < data.length) bigEndian[126 - i] = data[group * 127 + i];
            BigInteger number = new BigInteger(1, bigEndian);
            for (int element = 0; element < 4; element++) {
                byte[] leaf = new byte[32];
                BigInteger value = number.shiftRight(254 * element).and(mask);
                for (int i = 0; i < 32; i++) leaf[i] = value.shiftRight(8 * i).byteValue();
                nodes.add(Hash.of(leaf));
            }
        }
        while (nodes.size() > 1) {
            List<Hash> above = new ArrayList<>();
            for (int i = 0; i < nodes.size(); i += 2) above.add(parent(nodes.get(i), nodes.get(i + 1)));
            nodes = above;
        }
        return nodes.getFirst();
    }

    private static Hash parent(Hash left, Hash right) {
        MessageDigest sha = Digests.sha256();
        sha.update(left.toArray());
        byte[] node = sha.digest(right.toArray());
        node[31] &= 0x3f;
        return Hash.of(node);
    }
}
