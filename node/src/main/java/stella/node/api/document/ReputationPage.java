package stella.node.api.document;

import java.util.List;

/**
 * All registered roles, by role and name.
 *
 * @param epoch current epoch
 */
public record ReputationPage(List<ReputationView> reputation, long epoch, long block) {
    public ReputationPage {
        reputation = List.copyOf(reputation);
    }
}
