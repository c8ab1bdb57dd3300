package stella.reputation;

import static stella.reputation.Constants.*;

import java.util.ArrayList;
import java.util.List;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;

/** Section 6.6: what the committee's votes do to the counters of the subject. Weights are those of this epoch. */
final class ItemJudgement {
    private ItemJudgement() {}

    static void apply(Hearing hearing, int epoch) {
        Subject subject = hearing.subject;
        if (subject.standing == Standing.DISQUALIFIED) return;

        boolean seen = seeWhetherReachable(hearing);
        List<Bytes> due = new ArrayList<>();
        List<ChangeRecord.ItemFinding> findings = new ArrayList<>();
        for (int item = 0; item < hearing.itemCount(); item++) {
            long fraction = seen ? fractionOfFail(hearing, item) : CommitteeVote.NO_QUORUM;
            if (fraction == CommitteeVote.NO_QUORUM) {
                due.add(hearing.item(item));
                continue;
            }
            CommitteeVote.Judgement judgement = CommitteeVote.judge(fraction, hearing.isCloseLook());
            subject.alpha = BetaScore.alphaAfter(subject.alpha, judgement.value());
            subject.beta = BetaScore.betaAfter(subject.beta, judgement.value());
            if (judgement.settled()) {
                settle(subject, new OpenItem(epoch, hearing.item(item), judgement.value()));
            } else {
                subject.contested = true;
                due.add(hearing.item(item));
            }
            if (fraction > 0) findings.add(finding(hearing, item, fraction, judgement));
        }
        subject.due = due;
        subject.findings = findings;
        subject.closeLooks = hearing.isCloseLook() ? subject.closeLooks + 1 : 0;
    }

    /** Updates {@code away} and {@code online}; false when the committee has no quorum or did not reach the subject. */
    private static boolean seeWhetherReachable(Hearing hearing) {
        CommitteeVote vote = new CommitteeVote();
        for (Hearing.Witness witness : hearing.witnesses) vote.add(witness.inspector.weight, witness.dark());
        long unreachable = vote.fraction();
        if (unreachable == CommitteeVote.NO_QUORUM) return false;
        Subject subject = hearing.subject;
        subject.away = unreachable > PPM / 2;
        subject.online = Rounding.decay(subject.online, ONLINE_MEMORY, 100) + (subject.away ? 0 : ONLINE_STEP);
        return !subject.away;
    }

    private static long fractionOfFail(Hearing hearing, int item) {
        CommitteeVote vote = new CommitteeVote();
        for (Hearing.Witness witness : hearing.witnesses) {
            if (witness.votedOn(item)) vote.add(witness.inspector.weight, witness.failed(item));
        }
        return vote.fraction();
    }

    private static void settle(Subject subject, OpenItem item) {
        subject.suspicion = Cusum.suspicion(subject.suspicion, item.value());
        subject.clean = Cusum.clean(subject.clean, item.value());
        subject.settled++;
        if (item.value() > 0) subject.open.addLast(item);
        if (subject.open.size() > OPEN_MAX) subject.open.removeFirst();
        if (subject.suspicion == 0) subject.open.clear();
    }

    private static ChangeRecord.ItemFinding finding(
            Hearing hearing, int item, long fraction, CommitteeVote.Judgement judgement) {
        List<ChangeRecord.Witnessed> committee = hearing.witnesses.stream()
                .filter(witness -> witness.votedOn(item))
                .map(witness -> new ChangeRecord.Witnessed(
                        witness.inspector.id, witness.inspector.weight, witness.failed(item)))
                .toList();
        return new ChangeRecord.ItemFinding(
                hearing.item(item), hearing.isCloseLook(), fraction, judgement.value(), judgement.settled(), committee);
    }
}
