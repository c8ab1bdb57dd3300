package stella.roles;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import stella.protocol.Bytes;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;

/** Bytes between nodes, over their public HTTP endpoints. Requests look like any client's (IN-4). */
public interface Transfer {
    /**
     * Asks {@code endpoint} for one block, as a trustless gateway serves it. The bytes are as received: the caller verifies them.
     *
     * @param cid text form of the CID
     * @param deadline for the whole block; a drip of bytes is {@link Answer.Unreachable}
     */
    CompletionStage<Answer> block(String endpoint, String cid, Duration deadline);

    /** Asks {@code endpoint} for leaves of a piece with their paths (IN-4, receipts). The proofs are as received. */
    CompletionStage<Possession> possession(String endpoint, Piece piece, List<Long> leaves, Duration deadline);

    /** What came of a request for a block. */
    sealed interface Answer {
        /** At most 2 MiB. */
        record Block(Bytes data) implements Answer {}

        /** The endpoint answered, but not with the block: status and a sentence. */
        record Refused(int status, String detail) implements Answer {}

        record Unreachable(String detail) implements Answer {}
    }

    /** What came of a request for leaves. */
    sealed interface Possession {
        record Proven(List<LeafProof> leaves) implements Possession {
            public Proven {
                leaves = List.copyOf(leaves);
            }
        }

        record Refused(int status, String detail) implements Possession {}

        record Unreachable(String detail) implements Possession {}
    }
}
