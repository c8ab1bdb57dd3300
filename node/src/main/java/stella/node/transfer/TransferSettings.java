package stella.node.transfer;

import java.time.Duration;

/**
 * Limits of {@link HttpTransfer}.
 *
 * @param requestsMax requests under way at once
 * @param waitingMax requests waiting for their turn; beyond it an answer is {@code Unreachable} at once
 * @param connect longest wait for a connection
 * @param reach which addresses may be asked
 */
public record TransferSettings(int requestsMax, int waitingMax, Duration connect, Reach reach) {
    /** Which addresses may be asked: a public network must not be able to aim a node at its own neighbours. */
    public enum Reach {
        ANY,
        PUBLIC_ONLY
    }

    public TransferSettings {
        if (requestsMax < 1 || waitingMax < 0) throw new IllegalArgumentException("limits are positive");
    }

    public static TransferSettings defaults() {
        return new TransferSettings(128, 4096, Duration.ofSeconds(5), Reach.ANY);
    }
}
