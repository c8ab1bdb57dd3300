package stella.node.api.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reputation of one node with the evidence that the chain still has. */
public record ReputationDetail(ReputationView node, List<Report> reports, List<HardRecord> hardRecords, long block) {
    public ReputationDetail {
        reports = List.copyOf(reports);
        hardRecords = List.copyOf(hardRecords);
    }

    /**
     * What one Inspector revealed about one item (IN-5).
     *
     * @param outcome {@code Ok}, {@code WrongBytes}, {@code Refused}, {@code AskBroken}, {@code Unreachable}
     */
    public record Report(
            long epoch, String inspector, @Nullable String inspectorName, int item, String outcome) {}

    /** @param evidence the chain's own record of the epoch's proofs: {@code Ok}, {@code Missed}, {@code Invalid} */
    public record HardRecord(long epoch, String evidence) {}
}
