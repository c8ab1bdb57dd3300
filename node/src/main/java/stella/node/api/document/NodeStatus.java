package stella.node.api.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The program that answers, its network and how it is.
 *
 * @param head newest finalized block; none before the first
 * @param epoch current epoch
 */
public record NodeStatus(NetworkInfo network, @Nullable Head head, long epoch, long epochLength, Health health) {
    public record Head(long number, String hash) {}

    /**
     * @param status {@code ready}, {@code degraded} (works, but something needs a person) or {@code starting}
     * @param reasons why it is not simply ready
     */
    public record Health(String status, List<String> reasons) {
        public Health {
            reasons = List.copyOf(reasons);
        }
    }
}
