package stella.protocol.possession;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.piece.Payload;
import stella.protocol.piece.Piece;
import stella.protocol.piece.Segment;
import stella.protocol.piece.TreeHash;
import stella.protocol.piece.ZeroTree;

/**
 * Makes possession proofs (clause PP-3). A proof reads one segment of 63.5 KiB per leaf from the piece and one kept node per level
 * above it (PP-6), so its cost does not grow with the piece.
 *
 * <p>Belongs to one thread at a time.
 */
public final class Prover {
    /** The kept upper part of a piece's tree: roots of segments and everything above that holds data. */
    public interface UpperTree {
        /**
         * A node.
         *
         * @param level above the leaves, from {@link Segment#HEIGHT} to the piece's height
         * @param index within the level; smaller than the number of nodes that hold data
         */
        Hash node(int level, long index) throws IOException;
    }

    private final Piece piece;
    private final Payload payload;
    private final UpperTree upper;
    private final Segment segment = new Segment();
    private final byte[] buffer = new byte[Segment.PAYLOAD_BYTES];

    public Prover(Piece piece, Payload payload, UpperTree upper) {
        this.piece = piece;
        this.payload = payload;
        this.upper = upper;
    }

    /**
     * Proofs of {@code leaves} in their order, each checked against the piece before it is given out.
     *
     * @throws DamagedPieceException when what was read does not lead to the root
     */
    public List<LeafProof> prove(List<Long> leaves) throws IOException {
        List<LeafProof> proofs = new ArrayList<>(leaves.size());
        for (long leaf : leaves) {
            if (leaf < 0 || leaf >= piece.leafCount())
                throw new IllegalArgumentException(
                        "the piece has " + piece.leafCount() + " leaves; there is no leaf " + leaf);
            LeafProof proof = proof(leaf);
            if (!proof.leadsTo(piece)) throw new DamagedPieceException(piece, leaf);
            proofs.add(proof);
        }
        return proofs;
    }

    private LeafProof proof(long leaf) throws IOException {
        int low = Math.min(piece.height(), Segment.HEIGHT);
        long number = leaf >>> low;
        long start = number * Segment.PAYLOAD_BYTES;
        int length = (int) Math.min(Segment.PAYLOAD_BYTES, payload.length() - start);
        payload.read(start, buffer, 0, length);
        segment.fill(buffer, 0, length, low);
        int inside = (int) (leaf & ((1L << low) - 1));
        List<Hash> path = new ArrayList<>(piece.height());
        for (int level = 0; level < low; level++) path.add(segment.node(level, (inside >> level) ^ 1));
        for (int level = low; level < piece.height(); level++) path.add(sibling(level, leaf >>> level));
        return new LeafProof(leaf, segment.node(0, inside), path);
    }

    private Hash sibling(int level, long index) throws IOException {
        long sibling = index ^ 1;
        return sibling < nodes(piece, level) ? upper.node(level, sibling) : ZeroTree.root(level);
    }

    /** Nodes of a level above the segments that hold data. */
    public static long nodes(Piece piece, int level) {
        long segments = Math.max(1, (piece.payloadSize() + Segment.PAYLOAD_BYTES - 1) / Segment.PAYLOAD_BYTES);
        int above = level - Segment.HEIGHT;
        return (segments + (1L << above) - 1) >> above;
    }

    /** The upper part of a piece, computed from the roots of its segments; for pieces small enough to hold it in memory. */
    public static UpperTree inMemory(List<Hash> segmentRoots) {
        List<List<Hash>> levels = new ArrayList<>();
        levels.add(List.copyOf(segmentRoots));
        while (levels.getLast().size() > 1) {
            List<Hash> below = levels.getLast();
            int level = Segment.HEIGHT + levels.size() - 1;
            List<Hash> above = new ArrayList<>();
            for (int i = 0; i < below.size(); i += 2)
                above.add(TreeHash.node(
                        Digests.sha256(),
                        below.get(i),
                        i + 1 < below.size() ? below.get(i + 1) : ZeroTree.root(level)));
            levels.add(above);
        }
        return (level, index) -> levels.get(level - Segment.HEIGHT).get((int) index);
    }
}
