package stella.reputation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import stella.protocol.Bytes;

/**
 * The function of section 6: the state after the last epoch and the evidence of this one, to the state after it. Pure: no clock, no
 * randomness, no I/O, the same bits on every machine (clause RE-1).
 */
public final class EpochFunction {
    private EpochFunction() {}

    /**
     * @param state what the next epoch starts from
     * @param changes subjects ascending, then inspectors ascending
     * @param ignored verdicts that counted for nothing, by reason
     */
    public record Result(State state, Outputs outputs, List<ChangeRecord> changes, IgnoredVerdicts ignored) {
        public Result {
            changes = List.copyOf(changes);
        }
    }

    public static Result apply(State state, Evidence evidence) {
        if (evidence.epoch() < state.epoch())
            throw new IllegalArgumentException(
                    "evidence of epoch " + evidence.epoch() + " comes after the state of epoch " + state.epoch());
        int epoch = evidence.epoch();
        Roster roster = Roster.of(state, evidence); // 6.0

        IgnoredVerdicts.Counter ignored = new IgnoredVerdicts.Counter().add(evidence.ignored());
        List<Hearing> hearings = Hearing.of(evidence, roster, ignored); // 6.1, 6.2
        Deafness.silence(hearings, roster); // 6.3
        Pairs pairs = PairUpdate.apply(roster.pairs, hearings); // 6.4
        long priorDivisor = PairTrust.priorDivisor(hearings.size());
        InspectorTrust.apply(roster.inspectors, pairs, priorDivisor); // 6.5; from here on the new weights count

        hearings.forEach(hearing -> ItemJudgement.apply(hearing, epoch)); // 6.6
        evidence.hard().forEach((id, hard) -> { // 6.7
            Subject subject = roster.subject(id);
            if (subject != null) HardChannel.apply(subject, hard);
        });

        List<ChangeRecord> changes = new ArrayList<>();
        for (Subject subject : roster.subjects) // 6.8
        SubjectStanding.apply(subject, epoch, evidence.slashed().contains(subject.id))
                    .ifPresent(changes::add);
        InspectorStanding standings = new InspectorStanding(roster.inspectors, pairs, priorDivisor);
        for (Inspector inspector : roster.inspectors) // 6.9
        standings
                    .apply(inspector, epoch, evidence.slashed().contains(inspector.id))
                    .ifPresent(changes::add);

        State after = stateOf(epoch, roster, pairs);
        return new Result(after, Outputs.of(after), changes, ignored.counted());
    }

    private static State stateOf(int epoch, Roster roster, Pairs pairs) {
        TreeMap<Bytes, SubjectState> subjects = new TreeMap<>();
        for (Subject subject : roster.subjects) subjects.put(subject.id, subject.state());
        TreeMap<Bytes, InspectorState> inspectors = new TreeMap<>();
        for (Inspector inspector : roster.inspectors) inspectors.put(inspector.id, inspector.state());
        return new State(epoch, subjects, inspectors, pairs);
    }
}
