package stella.reputation;

import static stella.reputation.Constants.*;

import java.util.Optional;
import stella.protocol.role.Standing;

/** Sections 6.8 and 8: score, standing and look of one subject; at most one transition per epoch, the first that fits. */
final class SubjectStanding {
    private SubjectStanding() {}

    /** The record of what changed, if anything is worth one. */
    static Optional<ChangeRecord> apply(Subject subject, int epoch, boolean slashed) {
        subject.updateScore();
        if (subject.standing == Standing.DISQUALIFIED) return Optional.empty();
        Optional<Cause> why = slashed ? disqualify(subject) : move(subject, epoch);
        subject.close = (subject.suspicion >= LOOK_AT && subject.standing.isActive()) || subject.contested;
        boolean worthARecord = why.isPresent()
                || subject.away != subject.before.away()
                || subject.close != subject.before.close()
                || !subject.findings.isEmpty();
        if (!worthARecord) return Optional.empty();
        return Optional.of(new ChangeRecord.OfSubject(
                epoch,
                subject.id,
                why,
                subject.before,
                subject.measures(),
                subject.suspensions,
                subject.findings,
                subject.open.stream().toList()));
    }

    private static Optional<Cause> disqualify(Subject subject) {
        subject.standing = Standing.DISQUALIFIED;
        return Optional.of(Cause.SLASHED);
    }

    private static Optional<Cause> move(Subject subject, int epoch) {
        if (subject.standing == Standing.SUSPENDED) return returnWhenClean(subject);
        Optional<Cause> offence = offence(subject);
        if (offence.isPresent()) return suspend(subject, epoch, offence);
        return subject.standing == Standing.PROBATION ? vet(subject) : forgive(subject, epoch);
    }

    private static Optional<Cause> offence(Subject subject) {
        if (subject.hardSuspicion >= SUSPEND_AT) return Optional.of(Cause.POSSESSION);
        if (subject.suspicion >= SUSPEND_AT && subject.closeLooks >= 2) return Optional.of(Cause.RETRIEVAL);
        if (subject.online < ONLINE_MIN) return Optional.of(Cause.UNREACHABLE);
        return Optional.empty();
    }

    private static Optional<Cause> suspend(Subject subject, int epoch, Optional<Cause> why) {
        subject.standing = Standing.SUSPENDED;
        subject.suspensions++;
        subject.since = epoch;
        subject.clean = 0;
        subject.streak = 0;
        return why;
    }

    private static Optional<Cause> vet(Subject subject) {
        boolean proven = subject.settled >= VET_ITEMS && subject.score >= VET_SCORE && subject.suspicion < LOOK_AT;
        if (!proven) return Optional.empty();
        subject.standing = Standing.TRUSTED;
        return Optional.of(Cause.VETTED);
    }

    private static Optional<Cause> forgive(Subject subject, int epoch) {
        if (subject.suspensions == 0 || epoch - subject.since < FORGIVE_EPOCHS) return Optional.empty();
        subject.suspensions--;
        subject.since = epoch;
        return Optional.of(Cause.FORGIVEN);
    }

    private static Optional<Cause> returnWhenClean(Subject subject) {
        boolean mended = subject.clean >= doubled(CLEAN, subject.suspensions)
                && subject.online >= ONLINE_BACK
                && (subject.hardSuspicion == 0 || subject.streak >= HARD_STREAK);
        if (!mended) return Optional.empty();
        subject.standing = Standing.PROBATION;
        subject.suspicion = 0;
        subject.hardSuspicion = 0;
        subject.settled = 0;
        subject.open.clear();
        return Optional.of(Cause.CLEAN_AGAIN);
    }
}
