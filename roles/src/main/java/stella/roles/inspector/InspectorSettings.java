package stella.roles.inspector;

import java.time.Duration;

/**
 * Bounds of an Inspector.
 *
 * @param inspectionsMax items looked at at a time
 * @param deadline for one block or one receipt; well below a tenth of an epoch, so that what is late is still found in time
 * @param attemptsMax tries before a subject counts as unreachable, or as refusing because it is busy
 * @param readsMax failed reads of the chain after which an epoch that is over is given up
 * @param recordsMax changes of reputation remembered for one node, for its explanation
 * @param catchUpMax epochs worked out one by one by an Inspector that comes late; with more it starts from the adopted state that
 *     other Inspectors serve
 */
public record InspectorSettings(
        int inspectionsMax, Duration deadline, int attemptsMax, int readsMax, int recordsMax, int catchUpMax) {
    public static final InspectorSettings DEFAULT = new InspectorSettings(8, Duration.ofSeconds(30), 2, 20, 20, 16);

    /** For a development chain, whose epoch lasts twenty seconds. */
    public static final InspectorSettings FAST = new InspectorSettings(8, Duration.ofSeconds(2), 2, 20, 20, 16);

    public InspectorSettings {
        if (inspectionsMax < 1
                || attemptsMax < 1
                || readsMax < 1
                || recordsMax < 1
                || catchUpMax < 1
                || !deadline.isPositive())
            throw new IllegalArgumentException("every bound of an Inspector is positive");
    }
}
