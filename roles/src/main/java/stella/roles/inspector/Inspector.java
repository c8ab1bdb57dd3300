package stella.roles.inspector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.chain.Block;
import stella.protocol.chain.Event;
import stella.protocol.inspection.Question;
import stella.protocol.inspection.Timeline;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.reputation.State;
import stella.roles.Chance;
import stella.roles.Ledger;
import stella.roles.Transfer;

/**
 * Runs {@link Audit} for one Inspector: at each finalized block it starts what is due, and writes down what came of it.
 *
 * <p>What is under way lives in memory only; after a restart the next block finds it due again, and keyed submissions make sure that
 * the chain hears everything once.
 */
public final class Inspector extends EventSourcedBehavior<Inspector.Command, Fact, Memory> {
    public static final ServiceKey<Command> SERVICE = ServiceKey.create(Command.class, "inspector");

    /** What it is told and asked; about reputation it is asked by {@link ReputationQuery}. */
    public sealed interface Command
            permits ReputationQuery, GetPublished, GetStatus, BlockSeen, Advance, QuestionsRead, Finished, Failed {}

    /** Asks for an adopted result by its digest, to be served to Inspectors that join late (RE-2). */
    public record GetPublished(Hash digest, ActorRef<Published> replyTo) implements Command {}

    public record GetStatus(ActorRef<Status> replyTo) implements Command {}

    /** @param data see {@link Attested#encode}; empty when this Inspector does not have it */
    public record Published(Hash digest, Optional<Bytes> data) {}

    /**
     * @param height of the last finalized block seen, -1 before the first
     * @param underWay keys of what is being done
     * @param astray why this Inspector's state is not the adopted one, if so
     * @param alarms what needs a person, newest last
     */
    public record Status(
            AccountId account,
            long height,
            long adoptedEpoch,
            List<EpochStatus> epochs,
            List<String> underWay,
            Optional<String> astray,
            List<String> alarms) {
        public Status {
            epochs = List.copyOf(epochs);
            underWay = List.copyOf(underWay);
            alarms = List.copyOf(alarms);
        }
    }

    /**
     * @param duties items this Inspector has to look at
     * @param found of them, looked at
     * @param silence why nothing was said, if so
     */
    public record EpochStatus(long epoch, int duties, int found, EpochWork.Stage stage, String silence) {}

    private record BlockSeen(Block block) implements Command {}

    private enum Advance implements Command {
        INSTANCE
    }

    private record QuestionsRead(Optional<List<Question>> questions) implements Command {
        private QuestionsRead {
            questions = questions.map(List::copyOf);
        }
    }

    private record Finished(String key, Fact fact) implements Command {}

    private record Failed(Audit.Effect effect, String cause) implements Command {}

    private static final String DOCKET = "docket";
    private static final int ALARMS_MAX = 50;
    private static final int SNAPSHOT_EVERY = 200;

    private final ActorContext<Command> context;
    private final Ledger.Following following;
    private final Ledger ledger;
    private final Chance chance;
    private final InspectorSettings settings;
    private final Timeline timeline;
    private final Reading reading;
    private final Saying saying;

    // Everything below is found again after a restart.
    private final Set<String> busy = new TreeSet<>();
    private final SortedMap<String, Integer> failures = new TreeMap<>();
    private final SortedMap<Long, SortedSet<Hash>> carried = new TreeMap<>();
    private final Docket docket = new Docket();
    private final Subscribers subscribers = new Subscribers();
    private final List<String> alarms = new ArrayList<>();
    /** Written by the actor alone; looks that take a while read it to see the newest block. */
    private volatile @Nullable Block head;

    /** @param entity names the journal: one Inspector account, one entity */
    public static Behavior<Command> create(
            String entity, Ledger ledger, Transfer transfer, Chance chance, InspectorSettings settings) {
        Behavior<Command> inspector = Behaviors.setup(context -> {
            ActorRef<Command> self = context.getSelf();
            Ledger.Following following = ledger.follow(block -> self.tell(new BlockSeen(block)));
            context.getSystem().receptionist().tell(Receptionist.register(SERVICE, self));
            return new Inspector(entity, context, following, ledger, transfer, chance, settings);
        });
        return Behaviors.supervise(inspector).onFailure(SupervisorStrategy.restart());
    }

    private Inspector(
            String entity,
            ActorContext<Command> context,
            Ledger.Following following,
            Ledger ledger,
            Transfer transfer,
            Chance chance,
            InspectorSettings settings) {
        super(
                PersistenceId.of("inspector", entity),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.1));
        this.context = context;
        this.following = following;
        this.ledger = ledger;
        this.chance = chance;
        this.settings = settings;
        this.timeline = new Timeline(ledger.constants().epochLength());
        this.reading = new Reading(
                ledger,
                new Probe(transfer, settings),
                new AskProbe(ledger, transfer, settings, () -> head),
                new Peers(transfer, settings),
                context.getExecutionContext());
        this.saying = new Saying(ledger);
    }

    @Override
    public Memory emptyState() {
        return Memory.EMPTY;
    }

    @Override
    public EventHandler<Memory, Fact> eventHandler() {
        return (memory, fact) -> memory.apply(fact, settings.recordsMax());
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 2)
                .withDeleteEventsOnSnapshot(); // a result is a whole state
    }

    @Override
    public SignalHandler<Memory> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(PostStop.class, (_, _) -> following.close())
                .onSignal(PreRestart.class, (_, _) -> following.close())
                .build();
    }

    @Override
    public CommandHandler<Command, Fact, Memory> commandHandler() {
        return (memory, command) -> switch (command) {
            case BlockSeen seen -> onBlock(memory, seen.block());
            case Advance.INSTANCE -> advance(memory);
            case QuestionsRead read -> onQuestions(memory, read);
            case Finished finished -> onFinished(memory, finished);
            case Failed failed -> onFailed(failed);
            case ReputationQuery query -> onQuery(memory, query);
            case GetPublished get -> answer(get.replyTo(), Answers.published(memory, get.digest()));
            case GetStatus get -> answer(get.replyTo(), status(memory));
        };
    }

    private Effect<Fact, Memory> onQuery(Memory memory, ReputationQuery asked) {
        return switch (asked) {
            case ReputationQuery.One query -> answer(query.replyTo(), Answers.of(memory, query.id()));
            case ReputationQuery.Many query -> answer(query.replyTo(), Answers.many(memory, query.ids()));
            case ReputationQuery.All query -> answer(query.replyTo(), Answers.all(memory));
            case ReputationQuery.Top query -> answer(query.replyTo(), Answers.top(memory, query.role(), query.count()));
            case ReputationQuery.History query -> answer(query.replyTo(), Answers.past(memory, query.id()));
            case ReputationQuery.Why query -> answer(query.replyTo(), Answers.explain(memory, query.id()));
            case ReputationQuery.Subscribe wish -> subscribe(memory, wish);
            case ReputationQuery.Unsubscribe wish -> {
                subscribers.remove(wish.replyTo());
                context.unwatch(wish.replyTo());
                yield Effect().none();
            }
        };
    }

    private Effect<Fact, Memory> subscribe(Memory memory, ReputationQuery.Subscribe wish) {
        if (!subscribers.add(wish.ids(), wish.replyTo())) {
            context.getLog().warn("{} is not subscribed: there are {} already", wish.replyTo(), Subscribers.MAX);
            return Effect().none();
        }
        context.watchWith(wish.replyTo(), new ReputationQuery.Unsubscribe(wish.replyTo()));
        // What threatens already is told at once: the subscriber may have missed the epoch in which it began.
        for (RoleId id : wish.ids())
            Warnings.about(memory.adopted(), id)
                    .ifPresent(lines -> wish.replyTo()
                            .tell(new ReputationAnswer.Warned(
                                    id, memory.adopted().epoch(), lines)));
        return Effect().none();
    }

    // --- what is due ------------------------------------------------------------------------------------------------

    private Effect<Fact, Memory> onBlock(Memory memory, Block block) {
        head = block;
        List<Fact> moved = new ArrayList<>();
        for (Event event : block.events()) {
            if (event instanceof Event.VerdictQuestioned questioned
                    && questioned.inspector().equals(ledger.account())) docket.stale();
            if (event instanceof Event.ReputationAttested(long epoch, AccountId _, Hash digest))
                carried.computeIfAbsent(epoch, _ -> new TreeSet<>()).add(digest);
            if (event instanceof Event.EndpointUpdated(Role role, AccountId account, String endpoint))
                if (role != Role.INSPECTOR) moved.add(new Fact.Moved(new RoleId(role, account), endpoint));
        }
        carried.headMap(timeline.epochOf(block.number()) - Timeline.EPOCHS_IN_FLIGHT)
                .clear();
        return moved.isEmpty() ? advance(memory) : write(moved);
    }

    private Effect<Fact, Memory> advance(Memory memory) {
        Block now = head;
        if (now == null) return Effect().none();
        if (docket.isStale() && busy.add(DOCKET))
            context.pipeToSelf(
                    ledger.questions(now.hash()),
                    (questions, error) -> new QuestionsRead(error == null ? Optional.of(questions) : Optional.empty()));
        List<Fact> notes = new ArrayList<>();
        for (Audit.Effect effect :
                Audit.due(memory, ledger.account(), timeline, now.number(), busy, docket.open(), settings)) {
            if (effect instanceof Audit.Effect.Note(Fact fact, String _)) notes.add(fact);
            else start(memory, now, effect);
        }
        return notes.isEmpty() ? Effect().none() : write(notes);
    }

    private Effect<Fact, Memory> write(List<Fact> facts) {
        for (Fact fact : facts) log(fact);
        return Effect().persist(facts).thenRun(() -> context.getSelf().tell(Advance.INSTANCE));
    }

    private void start(Memory memory, Block now, Audit.Effect effect) {
        busy.add(effect.key());
        context.pipeToSelf(
                work(memory, now, effect),
                (fact, error) -> error == null
                        ? new Finished(effect.key(), fact)
                        : new Failed(effect, String.valueOf(error.getMessage())));
    }

    private CompletionStage<Fact> work(Memory memory, Block now, Audit.Effect effect) {
        return switch (effect) {
            case Audit.Effect.Open open -> reading.open(memory, open, chance.secret());
            case Audit.Effect.Inspect inspect -> reading.inspect(memory, inspect, now.hash());
            case Audit.Effect.Question(long epoch) ->
                reading.doubts(memory.inFlight(epoch), now.hash())
                        .thenCompose(doubts -> saying.question(epoch, doubts));
            case Audit.Effect.Answer(Question question) -> saying.answer(question, memory.receipt(question));
            case Audit.Effect.Evaluate evaluate -> reading.evaluate(memory, evaluate);
            case Audit.Effect.Commit(long epoch) -> saying.commit(memory.inFlight(epoch));
            case Audit.Effect.Reveal(long epoch) -> saying.reveal(memory.inFlight(epoch));
            case Audit.Effect.Attest(long epoch) -> {
                Evaluation result = memory.result().workedOut().orElseThrow();
                yield saying.attest(
                        result, carried.getOrDefault(epoch, new TreeSet<>()).contains(result.digest()));
            }
            case Audit.Effect.Note note -> throw new IllegalStateException("a note is written, not started: " + note);
        };
    }

    private Effect<Fact, Memory> onQuestions(Memory memory, QuestionsRead read) {
        busy.remove(DOCKET);
        if (read.questions().isEmpty()) return Effect().none(); // the next block asks again
        docket.learn(read.questions().get(), ledger.account());
        return advance(memory);
    }

    // --- what came of it --------------------------------------------------------------------------------------------

    private Effect<Fact, Memory> onFinished(Memory memory, Finished finished) {
        busy.remove(finished.key());
        failures.remove(finished.key());
        if (finished.fact() instanceof Fact.Answered answered) docket.close(answered.question());
        State before = memory.adopted();
        log(finished.fact());
        return Effect().persist(finished.fact()).thenRun((Memory after) -> {
            subscribers.tell(before, after);
            context.getSelf().tell(Advance.INSTANCE);
        });
    }

    /** The next block tries again. An epoch that is over is given up at last, or nothing newer would ever be opened. */
    private Effect<Fact, Memory> onFailed(Failed failed) {
        busy.remove(failed.effect().key());
        int count = failures.merge(failed.effect().key(), 1, Integer::sum);
        context.getLog().info("{} failed, time {}: {}", failed.effect().key(), count, failed.cause());
        if (count < settings.readsMax() || head == null) return Effect().none();
        long current = timeline.epochOf(head.number());
        return switch (failed.effect()) {
            case Audit.Effect.Open(long epoch, long _)
            when epoch < current -> {
                String reason = "the chain could not be read " + count + " times: " + failed.cause();
                yield giveUp(failed, new Fact.Skipped(current - 1, reason));
            }
            case Audit.Effect.Evaluate(long epoch, long _)
            when timeline.attest(epoch).to() <= head.number() -> {
                String reason = "the evidence could not be read " + count + " times: " + failed.cause();
                yield giveUp(failed, new Fact.Unevaluated(epoch, reason));
            }
            case Audit.Effect _ -> Effect().none();
        };
    }

    private Effect<Fact, Memory> giveUp(Failed failed, Fact fact) {
        failures.remove(failed.effect().key());
        return write(List.of(fact));
    }

    private void log(Fact fact) {
        switch (fact) {
            case Fact.Skipped(long epoch, String reason) -> alarm("epoch " + epoch + " passes without us: " + reason);
            case Fact.Unevaluated(long epoch, String reason) ->
                alarm("epoch " + epoch + " is not evaluated: " + reason);
            case Fact.Silenced(long epoch, String reason) ->
                context.getLog().info("silent about epoch {}: {}", epoch, reason);
            case Fact.AttestationEnded(long epoch, String outcome) ->
                context.getLog().info("epoch {}: {}", epoch, outcome);
            case Fact.Questioned(long epoch, String outcome) -> context.getLog().info("epoch {}: {}", epoch, outcome);
            case Fact.Answered(long epoch, long question, String outcome) -> {
                String text = "question " + question + " about a verdict of epoch " + epoch + ": " + outcome;
                if (outcome.startsWith("NOT")) alarm(text);
                else context.getLog().info(text);
            }
            case Fact.Opened opened ->
                context.getLog()
                        .info(
                                "epoch {} opened, {} items to look at",
                                opened.info().epoch(),
                                opened.plan().dutiesOf(ledger.account()).size());
            case Fact.Found(long epoch, Plan.Duty duty, var outcome, var _) ->
                context.getLog().debug("epoch {}: {} {}: {}", epoch, duty.subject(), duty.index(), outcome);
            case Fact.Moved _, Fact.Sealed _, Fact.Committed _, Fact.Revealed _, Fact.Evaluated _ -> {}
        }
    }

    private void alarm(String text) {
        context.getLog().warn(text);
        alarms.add(text);
        if (alarms.size() > ALARMS_MAX) alarms.removeFirst();
    }

    private Status status(Memory memory) {
        List<EpochStatus> epochs = memory.epochs().values().stream()
                .map(work -> new EpochStatus(
                        work.info().epoch(),
                        work.plan().dutiesOf(ledger.account()).size(),
                        work.found().size(),
                        work.stage(),
                        work.silence()))
                .toList();
        long height = head == null ? -1 : head.number();
        return new Status(
                ledger.account(), height, memory.adopted().epoch(), epochs, List.copyOf(busy), memory.astray(), alarms);
    }

    private <T> Effect<Fact, Memory> answer(ActorRef<? super T> replyTo, T reply) {
        replyTo.tell(reply);
        return Effect().none();
    }
}
