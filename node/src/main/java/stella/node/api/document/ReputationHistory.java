package stella.node.api.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of a role's reputation that an Inspector of this program remembers, oldest first. */
public record ReputationHistory(
        String role, String account, @Nullable String name, List<Change> changes) {
    public ReputationHistory {
        changes = List.copyOf(changes);
    }

    /** @param why cause of a change of standing; empty when only evidence came */
    public record Change(
            long epoch,
            String why,
            String standingBefore,
            String standingAfter,
            int scoreBeforePpm,
            int scoreAfterPpm) {}
}
