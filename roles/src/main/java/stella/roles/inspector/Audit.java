package stella.roles.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stella.protocol.AccountId;
import stella.protocol.inspection.Timeline;
import stella.protocol.role.RoleId;
import stella.roles.inspector.EpochWork.Stage;

/**
 * What an Inspector has to do, as a function of what it wrote down and of the height of the finalized chain.
 *
 * <p>{@link Memory#apply} adds a fact. {@link #due} lists everything that should be under way now: nothing in it is remembered, so a
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

        /** Compare the verdicts of an epoch and put those in question that contradict (IN-8). */
        record Question(long epoch) implements Effect {
            @Override
            public String key() {
                return "question/" + epoch;
            }
        }

        /** Show the receipt behind a verdict of this Inspector that is in question (IN-8). */
        record Answer(stella.protocol.inspection.Question question) implements Effect {
            @Override
            public String key() {
                return "answer/" + question.id();
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

    /**
     * What should be under way at {@code height}.
     *
     * @param busy keys of what is under way already
     * @param against open questions about this Inspector's verdicts
     */
    public static List<Effect> due(
            Memory memory,
            AccountId self,
            Timeline timeline,
            long height,
            Set<String> busy,
            List<stella.protocol.inspection.Question> against,
            InspectorSettings settings) {
        List<Effect> effects = new ArrayList<>();
        for (var question : against) effects.add(new Effect.Answer(question));
        result(memory, timeline, height, settings).ifPresent(effects::add);
        attest(memory, self, timeline, height).ifPresent(effects::add);
        for (EpochWork work : memory.epochs().values()) {
            say(work, self, timeline, height, busy).ifPresent(effects::add);
            doubt(work, timeline, height).ifPresent(effects::add);
        }
        effects.removeIf(effect -> busy.contains(effect.key()));
        effects.addAll(looks(memory, self, timeline, height, busy, settings.inspectionsMax()));
        return effects;
    }

    /** The evidence of an epoch is applied before the next epoch is opened, which settles what came of it. */
    private static Optional<Effect> result(Memory memory, Timeline timeline, long height, InspectorSettings settings) {
        if (memory.result() instanceof Result.Wanted(long epoch))
            return height >= timeline.evaluateAt(epoch)
                    ? Optional.of(new Effect.Evaluate(epoch, timeline.evaluateAt(epoch)))
                    : Optional.empty();
        long next = memory.opened() + 1;
        if (height < timeline.firstBlock(next)) return Optional.empty();
        long current = timeline.epochOf(height);
        if (current - next > settings.catchUpMax()) {
            String reason =
                    (current - next) + " epochs are too many to work out one by one; the state comes from others";
            return Optional.of(new Effect.Note(new Fact.Skipped(current - 1, reason), "open/" + next));
        }
        return Optional.of(new Effect.Open(next, timeline.firstBlock(next)));
    }

    private static Optional<Effect> attest(Memory memory, AccountId self, Timeline timeline, long height) {
        if (!(memory.result() instanceof Result.Ready(Evaluation evaluation))) return Optional.empty();
        long epoch = evaluation.epoch();
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

    private static Optional<Effect> doubt(EpochWork work, Timeline timeline, long height) {
        long epoch = work.info().epoch();
        Timeline.Span window = timeline.question(epoch);
        boolean now = height >= window.from() + work.questionMoment(Math.max(1, window.length() / 2));
        return work.stage() == Stage.REVEALED && !work.questioned() && now && height < window.to()
                ? Optional.of(new Effect.Question(epoch))
                : Optional.empty();
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
}
