package stella.roles.inspector;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import stella.protocol.inspection.Question;
import stella.protocol.role.RoleId;
import stella.reputation.State;
import stella.roles.inspector.EpochWork.Stage;

/**
 * All that an Inspector remembers: what the facts it wrote down add up to.
 *
 * @param last result that a quorum adopted, as far as this Inspector could follow; empty before the first
 * @param opened the last epoch opened or skipped, -1 before the first
 * @param soundFrom the first epoch whose tasks were drawn from the adopted state; older ones are not evaluated
 * @param epochs those in flight
 * @param result of the epoch two before {@code opened}
 * @param astray why this Inspector's state is not the one a quorum adopted, if so; it then attests nothing
 * @param history per role the last changes and why, oldest first
 */
public record Memory(
        Optional<Attested> last,
        long opened,
        long soundFrom,
        SortedMap<Long, EpochWork> epochs,
        Result result,
        Optional<String> astray,
        History history) {
    public static final Memory EMPTY =
            new Memory(Optional.empty(), -1, 0, new TreeMap<>(), new Result.None(), Optional.empty(), History.EMPTY);

    public Memory {
        epochs = Collections.unmodifiableSortedMap(new TreeMap<>(epochs));
    }

    /** @param recordsMax changes remembered for one role */
    public Memory apply(Fact fact, int recordsMax) {
        return switch (fact) {
            case Fact.Opened begun -> open(begun, recordsMax);
            case Fact.Skipped(long epoch, String reason) -> skip(epoch, reason);
            case Fact.Found look ->
                change(look.epoch(), work -> work.stage() == Stage.INSPECTING ? work.with(look) : work);
            case Fact.Moved(RoleId subject, String endpoint) -> move(subject, endpoint);
            case Fact.Sealed(long epoch) -> change(epoch, work -> work.at(Stage.SEALED));
            case Fact.Committed(long epoch) -> change(epoch, work -> work.at(Stage.COMMITTED));
            case Fact.Revealed(long epoch) -> change(epoch, work -> work.at(Stage.REVEALED));
            case Fact.Silenced(long epoch, String reason) -> change(epoch, work -> work.silent(reason));
            case Fact.Questioned(long epoch, String _) -> change(epoch, EpochWork::compared);
            case Fact.Answered _ -> this;
            case Fact.Evaluated(Evaluation evaluation) -> with(evaluation.epoch(), new Result.Ready(evaluation));
            case Fact.Unevaluated(long epoch, String _) -> with(epoch, new Result.None());
            case Fact.AttestationEnded(long epoch, String _) ->
                result.workedOut().isEmpty()
                        ? this
                        : with(epoch, new Result.Told(result.workedOut().get()));
        };
    }

    /** The state after the last adopted epoch. */
    public State adopted() {
        return last.map(Attested::state).orElse(State.EMPTY);
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

    /** What a verdict of this Inspector that is in question rests on. */
    Optional<KeptReceipt> receipt(Question question) {
        return Optional.ofNullable(epochs.get(question.epoch()))
                .map(work -> work.receipts()
                        .get(new Plan.Duty(
                                question.verdict().subject(), question.verdict().item())));
    }

    /** What this Inspector can show of a result, its own or an adopted one. */
    Stream<Attested> shown() {
        return Stream.concat(last.stream(), result.workedOut().map(Evaluation::attested).stream());
    }

    /** Whether that result was worked out here, or is known. */
    boolean holds(Settled settled) {
        return shown().anyMatch(attested -> attested.is(settled));
    }

    /** The epoch whose result is worked out, attested and settled while {@code opened} is the present one. */
    private long judged() {
        return opened - 2;
    }

    /** The state that draws the tasks of {@code epoch}, given what was adopted before it. */
    State drawing(long epoch, Optional<Settled> settled, Optional<Attested> learned) {
        return settle(epoch, settled, learned, 1).adopted();
    }

    private Memory open(Fact.Opened begun, int recordsMax) {
        long epoch = begun.info().epoch();
        Memory settled = settle(epoch, begun.settled(), begun.learned(), recordsMax);
        TreeMap<Long, EpochWork> inFlight = new TreeMap<>(epochs.tailMap(epoch - 2));
        inFlight.put(epoch, EpochWork.opened(begun.info(), begun.members(), begun.plan(), begun.secret()));
        boolean worthIt = inFlight.containsKey(epoch - 2) && epoch - 2 >= settled.soundFrom;
        Result next = worthIt ? new Result.Wanted(epoch - 2) : new Result.None();
        return new Memory(settled.last, epoch, settled.soundFrom, inFlight, next, settled.astray, settled.history);
    }

    /** What was adopted before {@code epoch} is opened, and what follows for the state here. */
    private Memory settle(long epoch, Optional<Settled> settled, Optional<Attested> learned, int recordsMax) {
        if (settled.isEmpty()) // carried over: nothing changes (RE-2); who lost the thread has looked at all epochs
        return astray.isPresent() && last.isEmpty() ? sound(last, epoch, history) : this;
        Settled adopted = settled.get();
        Optional<Evaluation> own =
                result.workedOut().filter(evaluation -> evaluation.attested().is(adopted));
        if (own.isPresent()) {
            History more = history.with(own.get().records(), recordsMax);
            return sound(own.map(Evaluation::attested), epoch, more);
        }
        if (last.filter(known -> known.is(adopted)).isPresent()) return sound(last, epoch, history);
        if (learned.filter(sent -> sent.is(adopted)).isPresent()) return sound(learned, epoch, history);
        String here = result.workedOut()
                .filter(evaluation -> evaluation.epoch() == adopted.epoch())
                .map(evaluation -> "here it is " + evaluation.digest())
                .orElse("which was not worked out here");
        return astray(
                "for epoch " + adopted.epoch() + " a quorum adopted " + adopted.digest() + ", " + here
                        + ", and no other Inspector sent it",
                epoch + 1);
    }

    private Memory sound(Optional<Attested> state, long epoch, History more) {
        long from = astray.isPresent() ? epoch : soundFrom;
        return new Memory(state, opened, from, epochs, result, Optional.empty(), more);
    }

    /** What was adopted meanwhile is unknown until the next epoch is opened. */
    private Memory skip(long epoch, String reason) {
        return new Memory(
                last,
                epoch,
                epoch + 1,
                epochs.tailMap(epoch - 2),
                new Result.None(),
                Optional.of("epochs up to " + epoch + " passed without this Inspector: " + reason),
                history);
    }

    private Memory astray(String reason, long from) {
        return new Memory(last, opened, from, epochs, result, Optional.of(reason), history);
    }

    private Memory with(long epoch, Result next) {
        return epoch == judged() ? new Memory(last, opened, soundFrom, epochs, next, astray, history) : this;
    }

    private Memory change(long epoch, UnaryOperator<EpochWork> change) {
        EpochWork work = epochs.get(epoch);
        if (work == null) return this; // no longer in flight
        TreeMap<Long, EpochWork> changed = new TreeMap<>(epochs);
        changed.put(epoch, change.apply(work));
        return new Memory(last, opened, soundFrom, changed, result, astray, history);
    }

    private Memory move(RoleId subject, String endpoint) {
        Memory moved = this;
        for (long epoch : epochs.keySet()) moved = moved.change(epoch, work -> work.moved(subject, endpoint));
        return moved;
    }
}
