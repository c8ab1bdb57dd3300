package stella.roles.inspector;

import java.util.List;
import java.util.Optional;
import stella.protocol.Hash;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.Outcome;
import stella.protocol.role.RoleId;

/** What an Inspector writes down, before anything that follows from it is done. */
public sealed interface Fact {
    /**
     * An epoch began.
     *
     * @param secret chosen now, so that salt and moments survive a restart
     * @param settled digest that a quorum adopted for the epoch three before; empty when it is carried over
     */
    record Opened(EpochInfo info, List<Member> members, Plan plan, Hash secret, Optional<Hash> settled)
            implements Fact {
        public Opened {
            members = List.copyOf(members);
        }
    }

    /** The chain does not tell about the epoch (any more): it passes without this Inspector. */
    record Skipped(long epoch, String reason) implements Fact {}

    /** An item was looked at; without outcome when there was nothing to look at after all. */
    record Found(long epoch, Plan.Duty duty, Optional<Outcome> outcome) implements Fact {}

    /** A subject is reached elsewhere now. */
    record Moved(RoleId subject, String endpoint) implements Fact {}

    /** No more verdicts for the epoch. */
    record Sealed(long epoch) implements Fact {}

    record Committed(long epoch) implements Fact {}

    record Revealed(long epoch) implements Fact {}

    /** Nothing (more) is said about the epoch. */
    record Silenced(long epoch, String reason) implements Fact {}

    record Evaluated(Evaluation evaluation) implements Fact {}

    /** The result of the epoch cannot be worked out here. */
    record Unevaluated(long epoch, String reason) implements Fact {}

    /** This Inspector's attestation is on chain, or it is not needed or not taken; the reason is for people. */
    record AttestationEnded(long epoch, String outcome) implements Fact {}
}
