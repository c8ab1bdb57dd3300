package stella.node.api;

import java.time.Duration;

/**
 * Limits of the API.
 *
 * @param pieceBytesMax largest payload of an uploaded piece
 * @param uploadsBytesMax bytes of all uploads together, finished or not
 * @param partialUploadsMax unfinished uploads kept; the longest untouched one goes first
 * @param uploadSilenceMax a caller that sends nothing for so long is cut off
 * @param placementsMax placements remembered; finished ones go first
 * @param localWritesOnly whether only callers on this machine may change anything
 * @param stallMax the node is not ready when no block was finalized for so long
 */
public record ApiSettings(
        long pieceBytesMax,
        long uploadsBytesMax,
        int partialUploadsMax,
        Duration uploadSilenceMax,
        int placementsMax,
        boolean localWritesOnly,
        Duration stallMax) {
    public static final ApiSettings DEFAULT =
            new ApiSettings(32L << 30, 256L << 30, 16, Duration.ofSeconds(30), 256, true, Duration.ofSeconds(60));
}
