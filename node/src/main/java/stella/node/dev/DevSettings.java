package stella.node.dev;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a dev network looks like.
 *
 * @param data folder of everything that survives a restart
 * @param host address that every server listens on
 * @param httpPort port of the API and of the first Fetch; 0 for any
 * @param rpcPort port of the chain's JSON-RPC; 0 for any
 */
public record DevSettings(
        Path data,
        int stores,
        int fetches,
        int inspectors,
        Duration blockTime,
        String host,
        int httpPort,
        int rpcPort) {
    public static final int STORES_MAX = 16;
    public static final int FETCHES_MAX = 8;
    public static final int INSPECTORS_MAX = 16;
    public static final int INSPECTORS_MIN = 3;

    /** The chain's genesis funds this many node accounts; with fewer than three Inspectors no verdict has a quorum. */
    public DevSettings {
        within("--stores", stores, 1, STORES_MAX);
        within("--fetches", fetches, 1, FETCHES_MAX);
        within("--inspectors", inspectors, INSPECTORS_MIN, INSPECTORS_MAX);
        within("--http", httpPort, 0, 65_535);
        within("--rpc", rpcPort, 0, 65_535);
        if (blockTime.toMillis() < 50 || blockTime.toMillis() > 60_000)
            throw new IllegalArgumentException("--block-time is 50ms to 60s, not " + blockTime.toMillis() + "ms");
    }

    private static void within(String option, int value, int min, int max) {
        if (value < min || value > max)
            throw new IllegalArgumentException(option + " is " + min + " to " + max + ", not " + value);
    }
}
