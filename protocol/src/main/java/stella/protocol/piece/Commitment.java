package stella.protocol.piece;

import stella.protocol.Hash;

/**
 * Computes CommP, the commitment to a piece, from its bytes in order. Memory is one segment and one node per level; what is never
 * written costs nothing, as the roots of zero trees are known.
 */
public final class Commitment {
    /** Told of the root of each segment, from the first to the last: a Store keeps them (PP-6). */
    @FunctionalInterface
    public interface SegmentListener {
        void segment(long index, Hash root);
    }

    private final SegmentListener listener;
    private final Segment segment = new Segment();
    private final byte[] buffer = new byte[Segment.PAYLOAD_BYTES];
    private final TreeFold fold = new TreeFold();
    private int buffered;
    private long length;

    public Commitment() {
        this((_, _) -> {});
    }

    public Commitment(SegmentListener listener) {
        this.listener = listener;
    }

    /** The commitment to {@code data}. */
    public static Piece of(byte[] data) {
        Commitment commitment = new Commitment();
        commitment.update(data, 0, data.length);
        return commitment.finish();
    }

    public void update(byte[] data, int offset, int count) {
        int from = offset;
        int rest = count;
        while (rest > 0) {
            if (buffered == buffer.length) closeSegment();
            int taken = Math.min(rest, buffer.length - buffered);
            System.arraycopy(data, from, buffer, buffered, taken);
            buffered += taken;
            from += taken;
            rest -= taken;
        }
        length += count;
    }

    /** The piece. A payload of less than 127 bytes, even an empty one, is padded to that. */
    public Piece finish() {
        int height = Piece.heightFor(length);
        if (height <= Segment.HEIGHT) {
            Hash root = segment.root(buffer, 0, buffered, height);
            return new Piece(root, height, Piece.capacity(height) - length);
        }
        closeSegment();
        return new Piece(fold.root(height), height, Piece.capacity(height) - length);
    }

    private void closeSegment() {
        Hash root = segment.root(buffer, 0, buffered, Segment.HEIGHT);
        listener.segment(fold.count(), root);
        fold.add(root);
        buffered = 0;
    }
}
