package stella.gateway.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;
import stella.gateway.outbox.OutboxChain.CallError;
import stella.gateway.outbox.OutboxChain.Fate;
import stella.gateway.outbox.OutboxChain.Head;
import stella.gateway.outbox.Submissions.Entry;
import stella.gateway.outbox.Submissions.Fact;
import stella.gateway.outbox.Submissions.Next;
import stella.gateway.outbox.Submissions.Outcome;
import stella.gateway.outbox.Submissions.Sent;
import stella.gateway.outbox.Submissions.State;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * The chain gateway of one account: takes calls, answers with their final outcome, and loses or doubles none, whatever crashes.
 * There must be one per account, or nonces race.
 */
public final class Outbox extends EventSourcedBehavior<Outbox.Command, Fact, State> {
    public static final int KEY_LENGTH_MAX = 128;
    private static final int OPEN_MAX = 10_000;

    public sealed interface Command {}

    /**
     * Brings a call to the chain.
     *
     * @param key names the intent: a key that is known is not sent again, its outcome is told
     * @param label for people and the log, for example {@code stella.accept_deal}
     * @param call SCALE of the call
     */
    public record Submit(String key, String label, Bytes call, ActorRef<Answer> replyTo) implements Command {}

    /** The last word about a key. */
    public record Answer(String key, Outcome outcome) {}

    private record HeadSeen(Head head) implements Command {}

    private record NonceKnown(long next) implements Command {}

    private record Ended(long sequence, Hash transaction, Fate fate) implements Command {}

    private record Checked(long sequence, Hash transaction, long head, long nonce) implements Command {}

    private record LookedFor(long sequence, Hash transaction, Optional<Fate.Finalized> found) implements Command {}

    /** @param sequence of the call that was looked after, or -1 for a question about nonces */
    private record ChainAway(long sequence, String cause) implements Command {}

    private final ActorContext<Command> context;
    private final OutboxChain chain;
    private final AutoCloseable following;

    private final SortedMap<String, List<ActorRef<Answer>>> listeners = new TreeMap<>();
    /** Calls that a submission or a question is under way for. */
    private final SortedSet<Long> busy = new TreeSet<>();

    private @Nullable Head head;
    private boolean askingNonce;

    /** @param account persistence is kept under this name, the account's text form */
    public static Behavior<Command> create(String account, OutboxChain chain) {
        Behavior<Command> outbox = Behaviors.setup(context -> new Outbox(account, context, chain));
        return Behaviors.supervise(outbox).onFailure(SupervisorStrategy.restart());
    }

    private Outbox(String account, ActorContext<Command> context, OutboxChain chain) {
        super(
                PersistenceId.of("outbox", account),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.1));
        this.context = context;
        this.chain = chain;
        ActorRef<Command> self = context.getSelf();
        this.following = chain.follow(seen -> self.tell(new HeadSeen(seen)));
    }

    @Override
    public State emptyState() {
        return State.EMPTY;
    }

    @Override
    public EventHandler<State, Fact> eventHandler() {
        return State::apply;
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(500, 2);
    }

    @Override
    public SignalHandler<State> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(PreRestart.instance(), _ -> stopFollowing())
                .onSignal(PostStop.instance(), _ -> stopFollowing())
                .build();
    }

    private void stopFollowing() {
        try {
            following.close();
        } catch (Exception e) {
            context.getLog().warn("blocks are still followed: {}", e.getMessage());
        }
    }

    @Override
    public CommandHandler<Command, Fact, State> commandHandler() {
        return (state, command) -> switch (command) {
            case Submit submit -> onSubmit(state, submit);
            case HeadSeen seen -> onHead(state, seen.head());
            case NonceKnown known -> onNonce(state, known.next());
            case Ended ended -> onEnded(state, ended);
            case Checked checked -> onChecked(state, checked);
            case LookedFor looked -> onLookedFor(state, looked);
            case ChainAway away -> onChainAway(away);
        };
    }

    // --- new calls --------------------------------------------------------------------------------------------------

    private Effect<Fact, State> onSubmit(State state, Submit submit) {
        Outcome settled = state.settled().get(submit.key());
        if (settled != null) {
            submit.replyTo().tell(new Answer(submit.key(), settled));
            return Effect().none();
        }
        if (state.byKey(submit.key()).isPresent()) {
            listen(submit);
            return Effect().none();
        }
        if (submit.key().isEmpty()
                || submit.key().length() > KEY_LENGTH_MAX
                || state.open().size() >= OPEN_MAX) {
            CallError error = new CallError(
                    "OutboxRefuses",
                    "a key has 1 to 128 characters, and at most " + OPEN_MAX + " calls wait at a time");
            submit.replyTo().tell(new Answer(submit.key(), new Outcome.Failed(error)));
            return Effect().none();
        }
        listen(submit);
        Fact accepted = new Submissions.Accepted(state.nextSequence(), submit.key(), submit.label(), submit.call());
        return Effect().persist(accepted).thenRun(this::askNonce);
    }

    private void listen(Submit submit) {
        listeners.computeIfAbsent(submit.key(), _ -> new ArrayList<>()).add(submit.replyTo());
    }

    private void askNonce() {
        if (askingNonce || head == null) return;
        askingNonce = true;
        context.pipeToSelf(
                chain.nextNonce(),
                (next, error) ->
                        error == null ? new NonceKnown(next) : new ChainAway(-1, String.valueOf(error.getMessage())));
    }

    private Effect<Fact, State> onNonce(State state, long next) {
        askingNonce = false;
        Head birth = head;
        if (birth == null) return Effect().none();
        Optional<Long> gap = Submissions.gap(state, next);
        if (gap.isPresent()) {
            String key = "nothing/" + gap.get() + "/" + birth.number();
            if (state.settled().containsKey(key)) return Effect().none();
            return Effect()
                    .persist(new Submissions.Accepted(state.nextSequence(), key, "nothing", chain.nothing()))
                    .thenRun(this::askNonce);
        }
        List<Fact> facts = new ArrayList<>();
        for (Map.Entry<Long, Long> assigned : Submissions.assign(state, next).entrySet()) {
            Entry entry = state.open().get(assigned.getKey());
            if (entry == null) continue;
            Bytes transaction = chain.sign(entry.call(), assigned.getValue(), birth, Submissions.ERA);
            Sent sent = new Sent(assigned.getValue(), birth.number(), chain.hash(transaction), transaction);
            facts.add(new Submissions.Prepared(entry.sequence(), sent));
        }
        if (facts.isEmpty()) return Effect().none();
        return Effect()
                .persist(facts)
                .thenRun(next2 -> Submissions.onTheirWay(next2).forEach(this::send));
    }

    // --- on their way -----------------------------------------------------------------------------------------------

    private void send(Entry entry) {
        Sent sent = entry.sent().orElseThrow();
        if (!busy.add(entry.sequence())) return;
        context.pipeToSelf(
                chain.submit(sent.transaction()),
                (fate, error) -> new Ended(
                        entry.sequence(),
                        sent.hash(),
                        error == null ? fate : new Fate.Unclear(String.valueOf(error.getMessage()))));
    }

    private Effect<Fact, State> onEnded(State state, Ended ended) {
        busy.remove(ended.sequence());
        if (ended.fate() instanceof Fate.Unclear(String reason))
            context.getLog().info("call {} is unclear: {}", ended.sequence(), reason);
        return write(state, Submissions.ended(state, ended.sequence(), ended.transaction(), ended.fate()));
    }

    private Effect<Fact, State> onHead(State state, Head seen) {
        head = seen;
        for (Entry entry : Submissions.onTheirWay(state)) {
            Sent sent = entry.sent().orElseThrow();
            // A submission that is watched tells its end by itself, unless the watch outlives the transaction.
            if (!busy.add(entry.sequence()) && !sent.isDead(seen.number())) continue;
            context.pipeToSelf(
                    chain.finalizedNonce(seen.hash()),
                    (nonce, error) -> error == null
                            ? new Checked(entry.sequence(), sent.hash(), seen.number(), nonce)
                            : new ChainAway(entry.sequence(), String.valueOf(error.getMessage())));
        }
        if (!state.open().isEmpty()) askNonce();
        return Effect().none();
    }

    private Effect<Fact, State> onChecked(State state, Checked checked) {
        busy.remove(checked.sequence());
        Optional<Entry> current = Submissions.current(state, checked.sequence(), checked.transaction());
        if (current.isEmpty()) return Effect().none();
        Entry entry = current.get();
        Sent sent = entry.sent().orElseThrow();
        return switch (Submissions.unseen(entry, sent, checked.head(), checked.nonce())) {
            case Next.SendAgain() -> {
                send(entry);
                yield Effect().none();
            }
            case Next.LookFor(long from, long to) -> {
                busy.add(entry.sequence());
                context.pipeToSelf(
                        chain.find(sent.hash(), from, to),
                        (found, error) -> error == null
                                ? new LookedFor(entry.sequence(), sent.hash(), found)
                                : new ChainAway(entry.sequence(), String.valueOf(error.getMessage())));
                yield Effect().none();
            }
            case Next.GiveUp(List<Fact> facts) -> write(state, facts);
        };
    }

    private Effect<Fact, State> onLookedFor(State state, LookedFor looked) {
        busy.remove(looked.sequence());
        return Submissions.current(state, looked.sequence(), looked.transaction())
                .map(entry -> write(state, Submissions.lookedFor(entry, looked.transaction(), looked.found())))
                .orElseGet(() -> Effect().none());
    }

    private Effect<Fact, State> onChainAway(ChainAway away) {
        if (away.sequence() < 0) askingNonce = false;
        else busy.remove(away.sequence());
        // The next finalized block asks again.
        context.getLog().warn("the chain cannot be reached: {}", away.cause());
        return Effect().none();
    }

    // --- outcomes ---------------------------------------------------------------------------------------------------

    private Effect<Fact, State> write(State before, List<Fact> facts) {
        if (facts.isEmpty()) return Effect().none();
        return Effect().persist(facts).thenRun(() -> {
            for (Fact fact : facts) if (fact instanceof Submissions.Settled settled) tell(before, settled);
            askNonce();
        });
    }

    private void tell(State before, Submissions.Settled settled) {
        Entry entry = before.open().get(settled.sequence());
        if (entry == null) return;
        context.getLog().debug("{} {}: {}", entry.label(), entry.key(), settled.outcome());
        List<ActorRef<Answer>> waiting = listeners.remove(entry.key());
        if (waiting != null) waiting.forEach(replyTo -> replyTo.tell(new Answer(entry.key(), settled.outcome())));
    }
}
