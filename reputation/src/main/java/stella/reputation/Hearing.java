package stella.reputation;

import java.util.ArrayList;
import java.util.List;
import stella.protocol.Bytes;

/** Sections 6.1 and 6.2: what the committee of one subject has to say, cleaned of what is no evidence. */
final class Hearing {
    enum Vote {
        OK,
        FAIL,
        NONE
    }

    /**
     * A member that saw something.
     *
     * @param votes one for each item; empty when it is dark: it reached the subject for no item at all
     */
    record Witness(Inspector inspector, List<Vote> votes) {
        boolean dark() {
            return votes.isEmpty();
        }
    }

    final Subject subject;
    final Task task;

    /** Ascending by identifier; the absent and, after section 6.3, the deaf are not among them. */
    List<Witness> witnesses;

    private Hearing(Subject subject, Task task, List<Witness> witnesses) {
        this.subject = subject;
        this.task = task;
        this.witnesses = witnesses;
    }

    /** One hearing for each task of a known subject, ascending; counts what each inspector was asked and revealed. */
    static List<Hearing> of(Evidence evidence, Roster roster) {
        List<Hearing> hearings = new ArrayList<>(evidence.tasks().size());
        for (Task task : evidence.tasks().values()) {
            Subject subject = roster.subject(task.subject());
            if (subject != null) hearings.add(new Hearing(subject, task, witnesses(task, roster)));
        }
        return hearings;
    }

    private static List<Witness> witnesses(Task task, Roster roster) {
        List<Witness> witnesses = new ArrayList<>(task.sightings().size());
        for (var entry : task.sightings().entrySet()) {
            Inspector inspector = roster.inspector(entry.getKey());
            if (inspector == null || !inspector.standing.isActive()) continue;
            List<Sighting> sightings = entry.getValue();
            int revealed = 0;
            boolean answered = false;
            for (Sighting sighting : sightings) {
                if (sighting != Sighting.NOTHING) revealed++;
                if (sighting == Sighting.OK || sighting == Sighting.FAIL) answered = true;
            }
            inspector.assigned += sightings.size();
            inspector.revealed += revealed;
            if (answered) witnesses.add(new Witness(inspector, votes(sightings)));
            else if (revealed > 0) witnesses.add(new Witness(inspector, List.of()));
        }
        return witnesses;
    }

    /** A time-out beside an answer from the same subject is a FAIL: it was reachable. */
    private static List<Vote> votes(List<Sighting> sightings) {
        Vote[] votes = new Vote[sightings.size()];
        for (int i = 0; i < votes.length; i++)
            votes[i] = switch (sightings.get(i)) {
                case OK -> Vote.OK;
                case FAIL, UNREACHABLE -> Vote.FAIL;
                case NOTHING -> Vote.NONE;
            };
        return List.of(votes);
    }

    /** Whether the large committee looked; what the task says, since the state may have changed since it was drawn. */
    boolean isCloseLook() {
        return task.core().isPresent();
    }

    /** Whether the member counts for pair statistics: in a close look only the regular committee does. */
    boolean isCore(Witness witness) {
        return task.core().isEmpty() || task.core().get().contains(witness.inspector().id);
    }

    Bytes item(int index) {
        return task.items().get(index);
    }

    int itemCount() {
        return task.items().size();
    }
}
