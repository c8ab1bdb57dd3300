package stella.roles.inspector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.inspection.Timeline;
import stella.protocol.role.RoleId;
import stella.reputation.State;
import stella.roles.inspector.EpochWork.Stage;

/**
 * What an Inspector has to do, as a function of what it wrote down and of the height of the finalized chain.
 *
 * <p>{@link #apply} adds a fact. {@link #due} lists everything that should be under way now: nothing in it is remembered, so a
 * failed read, a lost message or a restart needs no bookkeeping; the next block lists the work again until a fact says it is done
 * or its time is over. The actor starts what is not under way already.
 *
 * <p>Three epochs are in flight (IN-9). Opening epoch e settles the result of e - 3: the state a quorum adopted draws the tasks of e,
 * and the evidence of e - 2 is applied to it.
 */
public final class Audit {
    private Audit() {}

    /** Blocks at the end of an epoch in which no look begins, as a share of the epoch: one in so many. */
    private static final long RESERVE = 5;

    /**
     * All that is remembered.
     *
     * @param adopted the state after the last adopted epoch, as far as this Inspector could follow
     * @param opened the last epoch opened or skipped, -1 before the first
     * @param epochs those in flight
     * @param result of the epoch two before {@code opened}, waiting for a quorum
     * @param attested whether this Inspector's attestation of the result is over with, in which way ever
     * @param astray why this Inspector's state is not the one a quorum adopted, if so; it then attests nothing
     * @param history per role the last changes and why, oldest first
     */
    public record Memory(
            State adopted,
            long opened,
            SortedMap<Long, EpochWork> epochs,
            Optional<Evaluation> result,
            boolean evaluated,
            boolean attested,
            Optional<String> astray,
            History history) {
        public static final Memory EMPTY = new Memory(
                State.EMPTY, -1, new TreeMap<>(), Optional.empty(), true, true, Optional.empty(), History.EMPTY);

        public Memory {
            epochs = Collections.unmodifiableSortedMap(new TreeMap<>(epochs));
        }

        Memory with(EpochWork work) {
            TreeMap<Long, EpochWork> more = new TreeMap<>(epochs);
            more.put(work.info().epoch(), work);
            return new Memory(adopted, opened, more, result, evaluated, attested, astray, history);
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
    }

    /** Something to do. Its {@link #key} is the same whenever the same thing is meant. */
    public sealed interface Effect {
        String key();

        /** Read the population at the epoch's first block and draw its tasks. */
        record Open(long epoch, long firstBlock) implements Effect {
            @Override
            public String key() {
                return "open/" + epoch;
            }
        }

        record Inspect(long epoch, Plan.Duty duty) implements Effect {
            @Override
            public String key() {
                return "inspect/" + epoch + "/" + duty.subject() + "/" + duty.index();
            }
        }

        record Commit(long epoch) implements Effect {
            @Override
            public String key() {
                return "commit/" + epoch;
            }
        }

        record Reveal(long epoch) implements Effect {
            @Override
            public String key() {
                return "reveal/" + epoch;
            }
        }

        /** Read the evidence at {@code block} and apply it. */
        record Evaluate(long epoch, long block) implements Effect {
            @Override
            public String key() {
                return "evaluate/" + epoch;
            }
        }

        record Attest(long epoch) implements Effect {
            @Override
            public String key() {
                return "attest/" + epoch;
            }
        }

        /** Nothing to do in the world: only write this down. */
        record Note(Fact fact, String key) implements Effect {}
    }

    /** @param recordsMax changes remembered for one role */
    public static Memory apply(Memory memory, Fact fact, int recordsMax) {
        return switch (fact) {
            case Fact.Opened opened -> open(memory, opened, recordsMax);
            case Fact.Skipped(long epoch, String _) -> skip(memory, epoch);
            case Fact.Found(long epoch, Plan.Duty duty, var outcome) -> {
                EpochWork work = memory.epoch(epoch);
                if (work == null || work.stage() != Stage.INSPECTING) yield memory;
                yield memory.with(work.with(duty, outcome));
            }
            case Fact.Moved(RoleId subject, String endpoint) -> {
                Memory moved = memory;
                for (EpochWork work : memory.epochs().values()) moved = moved.with(work.moved(subject, endpoint));
                yield moved;
            }
            case Fact.Sealed(long epoch) -> at(memory, epoch, Stage.SEALED);
            case Fact.Committed(long epoch) -> at(memory, epoch, Stage.COMMITTED);
            case Fact.Revealed(long epoch) -> at(memory, epoch, Stage.REVEALED);
            case Fact.Silenced(long epoch, String reason) -> {
                EpochWork work = memory.epoch(epoch);
                yield work == null ? memory : memory.with(work.silent(reason));
            }
            case Fact.Evaluated(Evaluation evaluation) -> result(memory, evaluation.epoch(), Optional.of(evaluation));
            case Fact.Unevaluated(long epoch, String _) -> result(memory, epoch, Optional.empty());
            case Fact.AttestationEnded(long epoch, String _) ->
                epoch == memory.opened() - 2 ? attested(memory) : memory;
        };
    }

    private static Memory at(Memory memory, long epoch, Stage stage) {
        EpochWork work = memory.epoch(epoch);
        return work == null ? memory : memory.with(work.at(stage));
    }

    private static Memory open(Memory memory, Fact.Opened opened, int recordsMax) {
        long epoch = opened.info().epoch();
        Settlement settlement = Settlement.of(memory, epoch - Timeline.EPOCHS_IN_FLIGHT, opened.settled(), recordsMax);
        TreeMap<Long, EpochWork> epochs = new TreeMap<>(memory.epochs().tailMap(epoch - 2));
        epochs.put(epoch, EpochWork.opened(opened.info(), opened.members(), opened.plan(), opened.secret()));
        boolean nothingToEvaluate = !epochs.containsKey(epoch - 2);
        return new Memory(
                settlement.adopted(),
                epoch,
                epochs,
                Optional.empty(),
                nothingToEvaluate,
                nothingToEvaluate,
                settlement.astray(),
                settlement.history());
    }

    /** Without the block's data it is unknown whether the result before was adopted; the next opened epoch will tell. */
    private static Memory skip(Memory memory, long epoch) {
        TreeMap<Long, EpochWork> epochs = new TreeMap<>(memory.epochs().tailMap(epoch - 2));
        Optional<String> astray = memory.result().isPresent()
                ? Optional.of("epoch " + epoch + " could not be read, so the result before it is unsettled")
                : memory.astray();
        return new Memory(memory.adopted(), epoch, epochs, Optional.empty(), true, true, astray, memory.history());
    }

    private static Memory result(Memory memory, long epoch, Optional<Evaluation> result) {
        if (epoch != memory.opened() - 2) return memory;
        return new Memory(
                memory.adopted(),
                memory.opened(),
                memory.epochs(),
                result,
                true,
                result.isEmpty(),
                memory.astray(),
                memory.history());
    }

    private static Memory attested(Memory memory) {
        return new Memory(
                memory.adopted(),
                memory.opened(),
                memory.epochs(),
                memory.result(),
                memory.evaluated(),
                true,
                memory.astray(),
                memory.history());
    }

    /**
     * What should be under way at {@code height}.
     *
     * @param busy keys of what is under way already
     * @param inspectionsMax looks at a time
     */
    public static List<Effect> due(
            Memory memory, AccountId self, Timeline timeline, long height, Set<String> busy, int inspectionsMax) {
        List<Effect> effects = new ArrayList<>();
        if (memory.evaluated()) {
            long next = memory.opened() + 1;
            if (height >= timeline.firstBlock(next)) effects.add(new Effect.Open(next, timeline.firstBlock(next)));
        } else {
            long epoch = memory.opened() - 2;
            effects.add(new Effect.Evaluate(epoch, timeline.evaluateAt(epoch)));
        }
        attest(memory, self, timeline, height).ifPresent(effects::add);
        for (EpochWork work : memory.epochs().values())
            say(work, self, timeline, height, busy).ifPresent(effects::add);
        effects.removeIf(effect -> busy.contains(effect.key()));
        effects.addAll(looks(memory, self, timeline, height, busy, inspectionsMax));
        return effects;
    }

    private static Optional<Effect> attest(Memory memory, AccountId self, Timeline timeline, long height) {
        if (memory.attested() || memory.result().isEmpty()) return Optional.empty();
        long epoch = memory.result().get().epoch();
        Timeline.Span window = timeline.attest(epoch);
        EpochWork work = memory.epoch(epoch);
        long moment = work == null ? 0 : work.attestMoment(window.length() / 2);
        boolean now = height >= window.from() + moment && height < window.to();
        if (!now) return Optional.empty();
        Optional<String> obstacle = memory.astray();
        if (obstacle.isEmpty() && !hasASay(memory.epoch(memory.opened()), self))
            obstacle = Optional.of("this account is no Inspector in good standing");
        return Optional.of(
                obstacle.isEmpty()
                        ? new Effect.Attest(epoch)
                        : new Effect.Note(
                                new Fact.AttestationEnded(epoch, "not attested: " + obstacle.get()),
                                "attest/" + epoch));
    }

    private static boolean hasASay(@Nullable EpochWork now, AccountId self) {
        return now != null
                && now.member(RoleId.inspector(self))
                        .filter(member -> member.standing().isActive())
                        .isPresent();
    }

    /** The next step of committing and revealing. */
    private static Optional<Effect> say(
            EpochWork work, AccountId self, Timeline timeline, long height, Set<String> busy) {
        long epoch = work.info().epoch();
        return switch (work.stage()) {
            case INSPECTING -> seal(work, self, timeline, height, busy);
            case SEALED -> Optional.of(new Effect.Commit(epoch)); // at any height: it may be on chain already
            case COMMITTED ->
                height >= timeline.reveal(epoch).from() ? Optional.of(new Effect.Reveal(epoch)) : Optional.empty();
            case REVEALED, SILENT -> Optional.empty();
        };
    }

    private static Optional<Effect> seal(
            EpochWork work, AccountId self, Timeline timeline, long height, Set<String> busy) {
        long epoch = work.info().epoch();
        Timeline.Span commit = timeline.commit(epoch);
        if (height < commit.from()) return Optional.empty();
        boolean waiting =
                work.open(self).stream().anyMatch(duty -> busy.contains(new Effect.Inspect(epoch, duty).key()));
        if (waiting && height < commit.from() + commit.length() / 2) return Optional.empty();
        boolean late = height >= commit.to();
        String reason = late ? "the time to commit was over" : "nothing was looked at";
        Fact fact = late || work.verdicts().isEmpty() ? new Fact.Silenced(epoch, reason) : new Fact.Sealed(epoch);
        return Optional.of(new Effect.Note(fact, "seal/" + epoch));
    }

    private static List<Effect> looks(
            Memory memory, AccountId self, Timeline timeline, long height, Set<String> busy, int inspectionsMax) {
        EpochWork work = memory.epoch(timeline.epochOf(height));
        if (work == null || work.stage() != Stage.INSPECTING) return List.of();
        long epoch = work.info().epoch();
        Timeline.Span span = timeline.inspect(epoch);
        long usable = span.length() - Math.max(1, span.length() / RESERVE);
        long running = busy.stream().filter(key -> key.startsWith("inspect/")).count();
        List<Effect> looks = new ArrayList<>();
        for (Plan.Duty duty : work.open(self)) {
            Effect look = new Effect.Inspect(epoch, duty);
            if (busy.contains(look.key()) || height < span.from() + work.moment(duty, usable)) continue;
            if (running + looks.size() >= inspectionsMax) break;
            looks.add(look);
        }
        return looks;
    }

    /** The state that draws the tasks of the epoch to be opened, given what was adopted for the one three before. */
    static State drawingState(Memory memory, long epoch, Optional<Hash> settled) {
        return Settlement.of(memory, epoch - Timeline.EPOCHS_IN_FLIGHT, settled, 1)
                .adopted();
    }

    /** Whether a quorum adopted what this Inspector worked out, and what follows. */
    private record Settlement(State adopted, Optional<String> astray, History history) {
        static Settlement of(Memory memory, long epoch, Optional<Hash> settled, int recordsMax) {
            if (settled.isEmpty()) return new Settlement(memory.adopted(), memory.astray(), memory.history());
            if (memory.result().isEmpty() || memory.result().get().epoch() != epoch)
                return new Settlement(
                        memory.adopted(),
                        Optional.of("a quorum adopted epoch " + epoch + ", which was not worked out here"),
                        memory.history());
            Evaluation own = memory.result().get();
            if (own.digest().equals(settled.get()))
                return new Settlement(
                        own.state(), Optional.empty(), memory.history().with(own.records(), recordsMax));
            String reason =
                    "for epoch " + epoch + " a quorum adopted " + settled.get() + ", here it is " + own.digest();
            return new Settlement(memory.adopted(), Optional.of(reason), memory.history());
        }
    }
}
