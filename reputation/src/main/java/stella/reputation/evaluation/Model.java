package stella.reputation.evaluation;

import java.util.List;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.reputation.Evidence;

/** A rule under evaluation: takes the evidence of one epoch after the other, and says whom it suspends and where replicas go. */
public interface Model {
    /** What the rule wants to see of a subject next. */
    record Look(List<Bytes> due, boolean close) {
        /** Fresh items, by the regular committee. */
        public static final Look REGULAR = new Look(List.of(), false);

        public Look {
            due = List.copyOf(due);
        }
    }

    Look look(Bytes subject);

    /** Whether an inspector is drawn for committees. */
    boolean draws(Bytes inspector);

    void apply(Evidence evidence);

    boolean suspended(Bytes subject);

    /** Who gets a replica; public random words as in section 10. */
    Optional<Bytes> place(long r0, long r1, long r2);

    /** What an inspector's word counts for at present, ppm of one. */
    long weight(Bytes inspector);
}
