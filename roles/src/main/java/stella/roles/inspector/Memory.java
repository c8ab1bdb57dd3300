package stella.roles.inspector;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import stella.protocol.Hash;
import stella.protocol.inspection.Timeline;
import stella.protocol.role.RoleId;
import stella.reputation.State;
import stella.roles.inspector.EpochWork.Stage;

/**
 * All that an Inspector remembers: what the facts it wrote down add up to.
 *
 * @param adopted the state after the last adopted epoch, as far as this Inspector could follow
 * @param opened the last epoch opened or skipped, -1 before the first
 * @param epochs those in flight
 * @param result of the epoch two before {@code opened}
 * @param astray why this Inspector's state is not the one a quorum adopted, if so; it then attests nothing
 * @param history per role the last changes and why, oldest first
 */
public record Memory(
        State adopted,
        long opened,
        SortedMap<Long, EpochWork> epochs,
        Result result,
        Optional<String> astray,
        History history) {
    public static final Memory EMPTY =
            new Memory(State.EMPTY, -1, new TreeMap<>(), new Result.None(), Optional.empty(), History.EMPTY);

    public Memory {
        epochs = Collections.unmodifiableSortedMap(new TreeMap<>(epochs));
    }

    /** @param recordsMax changes remembered for one role */
    public Memory apply(Fact fact, int recordsMax) {
        return switch (fact) {
            case Fact.Opened begun -> open(begun, recordsMax);
            case Fact.Skipped(long epoch, String _) -> skip(epoch);
            case Fact.Found(long epoch, Plan.Duty duty, var outcome) ->
                change(epoch, work -> work.stage() == Stage.INSPECTING ? work.with(duty, outcome) : work);
            case Fact.Moved(RoleId subject, String endpoint) -> move(subject, endpoint);
            case Fact.Sealed(long epoch) -> change(epoch, work -> work.at(Stage.SEALED));
            case Fact.Committed(long epoch) -> change(epoch, work -> work.at(Stage.COMMITTED));
            case Fact.Revealed(long epoch) -> change(epoch, work -> work.at(Stage.REVEALED));
            case Fact.Silenced(long epoch, String reason) -> change(epoch, work -> work.silent(reason));
            case Fact.Evaluated(Evaluation evaluation) -> with(evaluation.epoch(), new Result.Ready(evaluation));
            case Fact.Unevaluated(long epoch, String _) -> with(epoch, new Result.None());
            case Fact.AttestationEnded(long epoch, String _) ->
                result.workedOut().isEmpty()
                        ? this
                        : with(epoch, new Result.Told(result.workedOut().get()));
        };
    }

    @Nullable
    EpochWork epoch(long epoch) {
        return epochs.get(epoch);
    }

    /** The work of an epoch that is in flight; anything else is our mistake. */
    EpochWork inFlight(long epoch) {
        EpochWork work = epochs.get(epoch);
        if (work == null) throw new IllegalStateException("epoch " + epoch + " is not in flight");
        return work;
    }

    /** The epoch whose result is worked out, attested and settled while {@code opened} is the present one. */
    private long judged() {
        return opened - 2;
    }

    /** The state that draws the tasks of {@code epoch}, given what was adopted for the one three before. */
    State drawing(long epoch, Optional<Hash> settled) {
        return settle(epoch - Timeline.EPOCHS_IN_FLIGHT, settled, 1).adopted;
    }

    private Memory open(Fact.Opened begun, int recordsMax) {
        long epoch = begun.info().epoch();
        Memory settled = settle(epoch - Timeline.EPOCHS_IN_FLIGHT, begun.settled(), recordsMax);
        TreeMap<Long, EpochWork> inFlight = new TreeMap<>(epochs.tailMap(epoch - 2));
        inFlight.put(epoch, EpochWork.opened(begun.info(), begun.members(), begun.plan(), begun.secret()));
        Result next = inFlight.containsKey(epoch - 2) ? new Result.Wanted(epoch - 2) : new Result.None();
        return new Memory(settled.adopted, epoch, inFlight, next, settled.astray, settled.history);
    }

    /** Whether a quorum adopted for {@code epoch} what was worked out here, and what follows. */
    private Memory settle(long epoch, Optional<Hash> digest, int recordsMax) {
        if (digest.isEmpty()) return this; // carried over: nothing changes (RE-2)
        Optional<Evaluation> own = result.workedOut().filter(evaluation -> evaluation.epoch() == epoch);
        if (own.isEmpty()) return astray("a quorum adopted epoch " + epoch + ", which was not worked out here");
        if (!own.get().digest().equals(digest.get()))
            return astray("for epoch " + epoch + " a quorum adopted " + digest.get() + ", here it is "
                    + own.get().digest());
        return new Memory(
                own.get().state(),
                opened,
                epochs,
                result,
                Optional.empty(),
                history.with(own.get().records(), recordsMax));
    }

    /** Without the block's data it is unknown whether the result before was adopted; the next epoch opened will tell. */
    private Memory skip(long epoch) {
        Optional<String> unsure = result.workedOut().isEmpty()
                ? astray
                : Optional.of("epoch " + epoch + " could not be read, so the result before it is unsettled");
        return new Memory(adopted, epoch, epochs.tailMap(epoch - 2), new Result.None(), unsure, history);
    }

    private Memory astray(String reason) {
        return new Memory(adopted, opened, epochs, result, Optional.of(reason), history);
    }

    private Memory with(long epoch, Result next) {
        return epoch == judged() ? new Memory(adopted, opened, epochs, next, astray, history) : this;
    }

    private Memory change(long epoch, UnaryOperator<EpochWork> change) {
        EpochWork work = epochs.get(epoch);
        if (work == null) return this; // no longer in flight
        TreeMap<Long, EpochWork> changed = new TreeMap<>(epochs);
        changed.put(epoch, change.apply(work));
        return new Memory(adopted, opened, changed, result, astray, history);
    }

    private Memory move(RoleId subject, String endpoint) {
        Memory moved = this;
        for (long epoch : epochs.keySet()) moved = moved.change(epoch, work -> work.moved(subject, endpoint));
        return moved;
    }
}
