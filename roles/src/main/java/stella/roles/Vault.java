package stella.roles;

import java.util.List;
import java.util.concurrent.CompletionStage;
import stella.protocol.Bytes;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;

/**
 * Bytes on the disk of one Store: one CAR per piece, with an index of its blocks and the upper levels of its tree.
 *
 * <p>A piece is either kept whole and verified, or not at all. Names are pieces, so keeping the same piece twice is one copy.
 */
public interface Vault {
    /**
     * Pulls the piece from {@code source} (HTTP, resumed by ranges), recomputes every block's CID and the commitment (CT-4) and
     * keeps it. Whatever the outcome, nothing half-kept remains in sight.
     *
     * @param content binary CID of the only root
     * @param progress told from time to time how much has come; must only pass it on
     */
    CompletionStage<Intake> keep(Piece piece, Bytes content, String source, Progress progress);

    /** Proves leaves of a kept piece (PP-3) by reading small ranges only (PP-6). */
    CompletionStage<Proving> prove(Piece piece, List<Long> leaves);

    /** Moves a piece out of sight; its bytes are gone after a time limit. Unknown pieces are no error. */
    CompletionStage<Boolean> discard(Piece piece);

    /** Pieces kept and verified. */
    CompletionStage<List<Piece>> pieces();

    /** Bytes that may still be kept. */
    long freeBytes();

    /** Bytes received of bytes expected. */
    @FunctionalInterface
    interface Progress {
        void at(long received, long total);
    }

    /** How keeping a piece ended. */
    sealed interface Intake {
        record Kept(long bytes) implements Intake {}

        record SourceUnreachable(int attempts, String detail) implements Intake {}

        /** The bytes are not what was promised; {@code expected} and {@code found} name piece or block CIDs. */
        record CommitmentMismatch(String expected, String found) implements Intake {}

        record NoSpace(long needed, long free) implements Intake {}

        /** The disk failed; worth another try. */
        record DiskFailed(String detail) implements Intake {}
    }

    /** How proving ended. */
    sealed interface Proving {
        record Proven(List<LeafProof> leaves) implements Proving {
            public Proven {
                leaves = List.copyOf(leaves);
            }
        }

        /** The piece is not there. */
        record Missing() implements Proving {}

        /** The bytes read do not lead to the piece's root: damage, found before the chain could punish it. */
        record Damaged(String detail) implements Proving {}
    }
}
