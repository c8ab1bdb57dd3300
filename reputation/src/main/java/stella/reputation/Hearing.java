package stella.reputation;

import java.util.ArrayList;
import java.util.List;
import stella.protocol.Bytes;
import stella.reputation.IgnoredVerdicts.Reason;

/** Sections 6.1 and 6.2: what the committee of one subject has to say, cleaned of what is no evidence. */
final class Hearing {
    /** A member that saw something: a vote on some or all items, or darkness, when it reached the subject for no item at all. */
    static final class Witness {
        private static final byte NONE = 0;
        private static final byte OK = 1;
        private static final byte FAIL = 2;
        private static final byte[] DARK = {};

        final Inspector inspector;
        private final byte[] votes;

        private Witness(Inspector inspector, byte[] votes) {
            this.inspector = inspector;
            this.votes = votes;
        }

        static Witness inTheDark(Inspector inspector) {
            return new Witness(inspector, DARK);
        }

        /** A time-out beside an answer from the same subject is a FAIL: it was reachable. */
        static Witness voting(Inspector inspector, List<Sighting> sightings) {
            byte[] votes = new byte[sightings.size()];
            for (int i = 0; i < votes.length; i++)
                votes[i] = switch (sightings.get(i)) {
                    case OK -> OK;
                    case FAIL, UNREACHABLE -> FAIL;
                    case NOTHING -> NONE;
                };
            return new Witness(inspector, votes);
        }

        boolean dark() {
            return votes.length == 0; // who voted, voted on some item
        }

        boolean votedOn(int item) {
            return !dark() && votes[item] != NONE;
        }

        boolean failed(int item) {
            return votes[item] == FAIL;
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
    static List<Hearing> of(Evidence evidence, Roster roster, IgnoredVerdicts.Counter ignored) {
        List<Hearing> hearings = new ArrayList<>(evidence.tasks().size());
        for (Task task : evidence.tasks().values()) {
            Subject subject = roster.subject(task.subject());
            if (subject != null) hearings.add(new Hearing(subject, task, witnesses(task, roster, ignored)));
            else task.sightings().values().forEach(said -> ignored.add(Reason.UNKNOWN_SUBJECT, revealed(said)));
        }
        return hearings;
    }

    private static List<Witness> witnesses(Task task, Roster roster, IgnoredVerdicts.Counter ignored) {
        List<Witness> witnesses = new ArrayList<>(task.sightings().size());
        task.sightings().forEach((id, sightings) -> {
            int revealed = revealed(sightings);
            Inspector inspector = roster.inspector(id);
            if (inspector == null) {
                ignored.add(Reason.UNKNOWN_INSPECTOR, revealed);
            } else if (!inspector.standing.isActive()) {
                ignored.add(Reason.INACTIVE_INSPECTOR, revealed);
            } else {
                inspector.assigned += sightings.size();
                inspector.revealed += revealed;
                if (sightings.contains(Sighting.OK) || sightings.contains(Sighting.FAIL))
                    witnesses.add(Witness.voting(inspector, sightings));
                else if (revealed > 0) witnesses.add(Witness.inTheDark(inspector));
            }
        });
        return witnesses;
    }

    private static int revealed(List<Sighting> sightings) {
        int revealed = 0;
        for (Sighting sighting : sightings) if (sighting != Sighting.NOTHING) revealed++;
        return revealed;
    }

    /** Whether the large committee looked; what the task says, since the state may have changed since it was drawn. */
    boolean isCloseLook() {
        return task.core().isPresent();
    }

    /** Whether the member counts for pair statistics: in a close look only the regular committee does. */
    boolean isCore(Witness witness) {
        return task.core().isEmpty() || task.core().get().contains(witness.inspector.id);
    }

    Bytes item(int index) {
        return task.items().get(index);
    }

    int itemCount() {
        return task.items().size();
    }
}
