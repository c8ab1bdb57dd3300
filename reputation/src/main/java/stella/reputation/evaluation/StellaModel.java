package stella.reputation.evaluation;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;
import stella.reputation.EpochFunction;
import stella.reputation.Evidence;
import stella.reputation.InspectorState;
import stella.reputation.Placement;
import stella.reputation.State;
import stella.reputation.SubjectKind;
import stella.reputation.SubjectState;

/** The model itself: the very function that nodes run. */
final class StellaModel implements Model {
    private State state = State.EMPTY;

    @Override
    public Look look(Bytes subject) {
        @Nullable SubjectState known = state.subjects().get(subject);
        return known == null ? Look.REGULAR : new Look(known.due(), known.close());
    }

    @Override
    public boolean draws(Bytes inspector) {
        @Nullable InspectorState known = state.inspectors().get(inspector);
        return known == null || known.standing().isActive();
    }

    @Override
    public void apply(Evidence evidence) {
        state = EpochFunction.apply(state, evidence).state();
    }

    @Override
    public boolean suspended(Bytes subject) {
        @Nullable SubjectState known = state.subjects().get(subject);
        return known != null && known.standing() == Standing.SUSPENDED;
    }

    @Override
    public Optional<Bytes> place(long r0, long r1, long r2) {
        return Placement.choose(state, SubjectKind.STORE, Set.of(), r0, r1, r2);
    }

    @Override
    public long weight(Bytes inspector) {
        @Nullable InspectorState known = state.inspectors().get(inspector);
        return known == null ? 0 : known.weight();
    }
}
