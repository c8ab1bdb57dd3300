package stella.roles.fetch;

import java.time.Duration;

/**
 * Bounds of a Fetch node.
 *
 * @param cacheBytesMax verified blocks kept in memory
 * @param inFlightMax blocks asked for at a time; beyond it requests are refused as busy
 * @param waitersMax requests that wait for the same block
 * @param hintsMax blocks whose content root is remembered
 * @param blockDeadline time a replica has to deliver one block
 * @param restBlocks blocks during which a replica that failed is asked last
 */
public record FetchSettings(
        long cacheBytesMax, int inFlightMax, int waitersMax, int hintsMax, Duration blockDeadline, long restBlocks) {
    public static final FetchSettings DEFAULT =
            new FetchSettings(128L << 20, 256, 64, 200_000, Duration.ofSeconds(10), 10);
}
