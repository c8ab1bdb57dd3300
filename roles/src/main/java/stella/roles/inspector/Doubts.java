package stella.roles.inspector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stella.protocol.AccountId;
import stella.protocol.Digests;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.inspection.VerdictId;

/**
 * Which verdicts an Inspector puts in question (IN-8): an Ok that stands against its own failure and against more failures than there
 * are Oks. Pure.
 *
 * <p>A valid receipt costs the questioner its bond, and a Store that serves some and refuses others makes honest Inspectors disagree:
 * so few are questioned, and only where a forgery is the likelier reason. Of a failure only bytes that were wrong or refused count; a
 * time-out and a broken ask contradict no receipt.
 */
final class Doubts {
    /** Verdicts of one epoch that one Inspector puts in question. */
    static final int QUESTIONS_MAX = 2;

    private Doubts() {}

    /**
     * @param work of the epoch, with what this Inspector found
     * @param reveals of the epoch
     * @param asked verdicts that are in question already
     */
    static List<VerdictId> of(
            EpochWork work, AccountId self, Map<AccountId, List<Verdict>> reveals, Set<VerdictId> asked) {
        List<VerdictId> doubts = new ArrayList<>();
        work.found().forEach((duty, outcome) -> {
            if (outcome.filter(Doubts::isFailure).isEmpty()) return;
            Plan.Assignment assignment = work.plan().assignments().get(duty.subject());
            if (assignment != null) doubts.addAll(about(duty, assignment, self, reveals));
        });
        return doubts.stream()
                .filter(verdict -> !asked.contains(verdict))
                .sorted(Comparator.comparing(verdict -> Digests.blake2b256(
                        work.secret().bytes(),
                        verdict.inspector().bytes(),
                        verdict.subject().bytes())))
                .limit(QUESTIONS_MAX)
                .toList();
    }

    private static List<VerdictId> about(
            Plan.Duty duty, Plan.Assignment assignment, AccountId self, Map<AccountId, List<Verdict>> reveals) {
        List<VerdictId> served = new ArrayList<>();
        int failures = 0;
        for (AccountId member : assignment.committee().members()) {
            if (member.equals(self)) continue;
            Optional<Outcome> said = said(duty, reveals.getOrDefault(member, List.of()));
            if (said.filter(Outcome.Ok.class::isInstance).isPresent())
                served.add(new VerdictId(member, duty.subject(), duty.index()));
            if (said.filter(Doubts::isFailure).isPresent()) failures++;
        }
        return failures > 0 && failures + 1 > served.size() ? served : List.of();
    }

    /** Of two verdicts for one item the first counts. */
    private static Optional<Outcome> said(Plan.Duty duty, List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.role() == duty.subject().role()
                        && verdict.subject().equals(duty.subject().account())
                        && verdict.item() == duty.index())
                .map(Verdict::outcome)
                .findFirst();
    }

    private static boolean isFailure(Outcome outcome) {
        return outcome instanceof Outcome.WrongBytes || outcome instanceof Outcome.Refused;
    }
}
