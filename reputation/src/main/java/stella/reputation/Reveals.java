package stella.reputation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;
import stella.reputation.IgnoredVerdicts.Reason;

/**
 * Sorts what inspectors revealed into the tasks of an epoch (sections 4 and 6.1). What was not asked is ignored and counted: no
 * batch, however hostile, fails or touches what another inspector said. The order of batches does not matter; inside a batch, which
 * its inspector signed as a whole, the first verdict about an item counts.
 */
public final class Reveals {
    /**
     * Whom a committee looks at.
     *
     * @param items in the order of the task
     * @param committee everybody who was drawn
     * @param core present in a close look: those of the committee that count for pairs
     */
    public record Assignment(
            Bytes subject, List<Bytes> items, SortedSet<Bytes> committee, Optional<SortedSet<Bytes>> core) {
        public Assignment {
            items = List.copyOf(items);
            committee = Collections.unmodifiableSortedSet(new TreeSet<>(committee));
            core = core.map(members -> Collections.unmodifiableSortedSet(new TreeSet<>(members)));
        }
    }

    /** @param item index in the subject's list; anything is allowed here, since anybody may say anything */
    public record Claim(Bytes subject, int item, Sighting sighting) {}

    private static final class Docket {
        final Assignment assignment;

        /** Per member and item what was said; null while nothing was. */
        final SortedMap<Bytes, @Nullable Sighting[]> rows = new TreeMap<>();

        Docket(Assignment assignment) {
            this.assignment = assignment;
            for (Bytes member : assignment.committee) rows.put(member, new Sighting[assignment.items.size()]);
        }

        Task task() {
            TreeMap<Bytes, List<Sighting>> sightings = new TreeMap<>();
            rows.forEach((member, row) -> sightings.put(
                    member,
                    Arrays.stream(row)
                            .map(said -> said == null ? Sighting.NOTHING : said)
                            .toList()));
            return new Task(assignment.subject, assignment.items, sightings, assignment.core);
        }
    }

    private final int epoch;
    private final SortedMap<Bytes, Docket> dockets = new TreeMap<>();
    private final IgnoredVerdicts.Counter ignored = new IgnoredVerdicts.Counter();

    /** @throws IllegalArgumentException when a subject is assigned twice: tasks are ours, not hearsay */
    public Reveals(int epoch, List<Assignment> assignments) {
        this.epoch = epoch;
        for (Assignment assignment : assignments)
            if (dockets.putIfAbsent(assignment.subject, new Docket(assignment)) != null)
                throw new IllegalArgumentException("subject " + assignment.subject + " has two tasks in one epoch");
    }

    /** Takes in one inspector's batch, revealed for {@code forEpoch}. */
    public Reveals add(Bytes inspector, int forEpoch, List<Claim> batch) {
        for (Claim claim : batch) {
            Optional<Reason> obstacle = forEpoch == epoch ? note(inspector, claim) : Optional.of(Reason.LATE);
            obstacle.ifPresent(reason -> ignored.add(reason, 1));
        }
        return this;
    }

    private Optional<Reason> note(Bytes inspector, Claim claim) {
        Docket docket = dockets.get(claim.subject);
        if (docket == null) return Optional.of(Reason.UNKNOWN_SUBJECT);
        @Nullable Sighting @Nullable [] row = docket.rows.get(inspector);
        if (row == null) return Optional.of(Reason.OUT_OF_TASK);
        if (claim.item < 0 || claim.item >= row.length) return Optional.of(Reason.MALFORMED);
        if (row[claim.item] != null) return Optional.of(Reason.DUPLICATE);
        row[claim.item] = claim.sighting;
        return Optional.empty();
    }

    /** Tasks ascending by subject, with what their committees revealed so far. */
    public List<Task> tasks() {
        List<Task> tasks = new ArrayList<>(dockets.size());
        for (Docket docket : dockets.values()) tasks.add(docket.task());
        return tasks;
    }

    public IgnoredVerdicts ignored() {
        return ignored.counted();
    }
}
