package stella.protocol.possession;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;

/** Which leaves a proof must show (clause PP-2). The rule is that of Filecoin's PDP, so its tools agree. */
public final class Challenges {
    private Challenges() {}

    /**
     * Leaf numbers of challenges 0 to {@code count}.
     *
     * @param seed randomness of the first block of the proving window
     * @param deal number of the deal, unsigned
     * @throws IllegalArgumentException for a piece that is all padding: there is nothing to prove
     */
    public static List<Long> of(Hash seed, long deal, Piece piece, int count) {
        long leafCount = piece.leafCount();
        if (leafCount < 1) throw new IllegalArgumentException("a piece without data has no leaves to challenge");
        List<Long> leaves = new ArrayList<>(count);
        for (int i = 0; i < count; i++) leaves.add(leaf(seed, deal, i, leafCount));
        return leaves;
    }

    private static long leaf(Hash seed, long deal, long i, long leafCount) {
        ByteBuffer preimage = ByteBuffer.allocate(72);
        preimage.put(seed.toArray()).position(56);
        preimage.putLong(deal).putLong(i);
        Hash drawn = Digests.keccak256(Bytes.owning(preimage.array()));
        return new BigInteger(1, drawn.toArray())
                .mod(BigInteger.valueOf(leafCount))
                .longValueExact();
    }
}
