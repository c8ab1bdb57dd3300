package stella.reputation;

import static stella.reputation.Constants.*;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import stella.protocol.role.Standing;

/** Sections 6.9 and 9: an inspector's own track and standing. */
final class InspectorStanding {
    private final List<Inspector> inspectors;
    private final Pairs pairs;
    private final long priorDivisor;

    InspectorStanding(List<Inspector> inspectors, Pairs pairs, long priorDivisor) {
        this.inspectors = inspectors;
        this.pairs = pairs;
        this.priorDivisor = priorDivisor;
    }

    Optional<ChangeRecord> apply(Inspector inspector, int epoch, boolean slashed) {
        if (inspector.standing == Standing.DISQUALIFIED) return Optional.empty();
        Standing before = inspector.standing;
        Optional<Cause> why = slashed ? disqualify(inspector) : move(inspector, epoch);
        if (!inspector.standing.isActive()) inspector.weight = inspector.derived = 0;
        return why.map(cause -> new ChangeRecord.OfInspector(
                epoch,
                inspector.id,
                cause,
                before,
                inspector.standing,
                inspector.derived,
                inspector.online,
                inspector.suspensions,
                worstPeers(inspector)));
    }

    private static Optional<Cause> disqualify(Inspector inspector) {
        inspector.standing = Standing.DISQUALIFIED;
        return Optional.of(Cause.SLASHED);
    }

    private static Optional<Cause> move(Inspector inspector, int epoch) {
        if (inspector.standing == Standing.SUSPENDED) return endRest(inspector, epoch);
        if (inspector.assigned == 0) return Optional.empty();
        boolean good = 2 * inspector.revealed >= inspector.assigned && !inspector.deaf;
        inspector.online = Rounding.decay(inspector.online, ONLINE_MEMORY, 100) + (good ? ONLINE_STEP : 0);
        inspector.age++;
        inspector.low = inspector.derived < TRUST_LOW ? inspector.low + 1 : 0;

        if (!inspector.anchor && inspector.online < ONLINE_MIN) return rest(inspector, epoch, Cause.ABSENT_OR_DEAF);
        if (!inspector.anchor && inspector.low >= TRUST_LOW_EPOCHS) return rest(inspector, epoch, Cause.DISAGREES);
        boolean vetted = inspector.standing == Standing.PROBATION
                && inspector.age >= VET_EPOCHS
                && inspector.derived >= VOTER_WEIGHT;
        if (!vetted) return Optional.empty();
        inspector.standing = Standing.TRUSTED;
        return Optional.of(Cause.VETTED);
    }

    private static Optional<Cause> endRest(Inspector inspector, int epoch) {
        if (epoch < inspector.until) return Optional.empty();
        inspector.standing = Standing.PROBATION;
        inspector.age = 0;
        inspector.low = 0;
        inspector.online = PPM;
        return Optional.of(Cause.RESTED);
    }

    private static Optional<Cause> rest(Inspector inspector, int epoch, Cause why) {
        inspector.standing = Standing.SUSPENDED;
        inspector.suspensions++;
        inspector.until = epoch + (int) doubled(REST_EPOCHS, inspector.suspensions);
        return Optional.of(why);
    }

    /** The peers with the highest ratio of conflicts to chance; ties in order of the pair. */
    private List<ChangeRecord.PeerConflict> worstPeers(Inspector inspector) {
        int self = inspector.position;
        return IntStream.range(0, pairs.count())
                .filter(i -> pairs.low(i) == self || pairs.high(i) == self)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> -ratio(i)).thenComparing(i -> i))
                .limit(WORST_PEERS)
                .map(i -> new ChangeRecord.PeerConflict(
                        inspectors.get(pairs.low(i) == self ? pairs.high(i) : pairs.low(i)).id,
                        pairs.checks(i),
                        pairs.conflicts(i),
                        pairs.expected(i)))
                .toList();
    }

    private long ratio(int pair) {
        return PairTrust.conflictRatio(pairs.checks(pair), pairs.conflicts(pair), pairs.expected(pair), priorDivisor);
    }
}
