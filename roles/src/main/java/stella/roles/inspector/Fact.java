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
     * @param settled what a quorum adopted for the epoch three before, or last if this Inspector lost the thread; empty when
     *     nothing new was adopted
     * @param learned that result as another Inspector sent it, checked; only when it was not worked out here
     */
    record Opened(
            EpochInfo info,
            List<Member> members,
            Plan plan,
            Hash secret,
            Optional<Settled> settled,
            Optional<Attested> learned)
            implements Fact {
        public Opened {
            members = List.copyOf(members);
        }
    }

    /** The chain does not tell about the epoch (any more): it passes without this Inspector. */
    record Skipped(long epoch, String reason) implements Fact {}

    /**
     * An item was looked at; without outcome when there was nothing to look at after all.
     *
     * @param receipt what an Ok rests on
     */
    record Found(long epoch, Plan.Duty duty, Optional<Outcome> outcome, Optional<KeptReceipt> receipt)
            implements Fact {}

    /** A subject is reached elsewhere now. */
    record Moved(RoleId subject, String endpoint) implements Fact {}

    /** No more verdicts for the epoch. */
    record Sealed(long epoch) implements Fact {}

    record Committed(long epoch) implements Fact {}

    record Revealed(long epoch) implements Fact {}

    /** Nothing (more) is said about the epoch. */
    record Silenced(long epoch, String reason) implements Fact {}

    /** The verdicts of an epoch were compared, and some perhaps put in question; the outcome is for people. */
    record Questioned(long epoch, String outcome) implements Fact {}

    /** A question about a verdict of this Inspector is over; the outcome is for people. */
    record Answered(long epoch, long question, String outcome) implements Fact {}

    record Evaluated(Evaluation evaluation) implements Fact {}

    /** The result of the epoch cannot be worked out here. */
    record Unevaluated(long epoch, String reason) implements Fact {}

    /** This Inspector's attestation is on chain, or it is not needed or not taken; the reason is for people. */
    record AttestationEnded(long epoch, String outcome) implements Fact {}
}
