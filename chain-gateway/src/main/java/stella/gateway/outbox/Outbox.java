package stella.gateway.outbox;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
import stella.gateway.outbox.Rulings.Draft;
import stella.gateway.outbox.Rulings.Next;
import stella.gateway.outbox.Submissions.Accepted;
import stella.gateway.outbox.Submissions.Entry;
import stella.gateway.outbox.Submissions.Fact;
import stella.gateway.outbox.Submissions.Flight;
import stella.gateway.outbox.Submissions.Outcome;
import stella.gateway.outbox.Submissions.Prepared;
import stella.gateway.outbox.Submissions.Sent;
import stella.gateway.outbox.Submissions.Settled;
import stella.gateway.outbox.Submissions.State;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * The chain gateway of one account: takes calls, answers with their final outcome, and loses or doubles none, whatever crashes.
 * There must be one per account, or nonces race; in a cluster {@link OutboxSingleton} sees to that.
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
     * @param alone never in a batch with others
     * @param included hears of blocks that have it before they are final; may hear of several, or of none
     */
    public record Submit(
            String key,
            String label,
            Bytes call,
            boolean alone,
            Optional<ActorRef<Included>> included,
            ActorRef<Answer> replyTo)
            implements Command {
        /** A call that may share a transaction with others. */
        public Submit(String key, String label, Bytes call, ActorRef<Answer> replyTo) {
            this(key, label, call, false, Optional.empty(), replyTo);
        }
    }

    /** The last word about a key. */
    public record Answer(String key, Outcome outcome) {}

    /** The call is in a block that is not final yet and may be abandoned. */
    public record Included(String key, long block, Hash hash) {}

    /** Ends the outbox; what was taken is on disk and goes on where the next one starts. */
    public enum Stop implements Command {
        INSTANCE
    }

    private record HeadSeen(Head head) implements Command {}

    private record NonceKnown(long next) implements Command {}

    /** A transaction that is signed and not written down yet, and what it costs. */
    private record Priced(Draft draft, Sent sent, BigInteger fee) {}

    private record FeesKnown(List<Priced> priced) implements Command {}

    private record IncludedSeen(Hash transaction, Head block) implements Command {}

    private record Ended(Hash transaction, Fate fate) implements Command {}

    private record Checked(long head, long nonce) implements Command {}

    private record LookedFor(Hash transaction, Optional<Fate.Finalized> found) implements Command {}

    /** What was asked about: {@code NONCE}, {@code CHECK}, or a transaction. */
    private record ChainAway(String about, String cause) implements Command {}

    private static final String NONCE = "nonce";
    private static final String CHECK = "check";

    private final ActorContext<Command> context;
    private final OutboxChain chain;
    private final OutboxSettings settings;
    private final Rulings rulings;
    private final AutoCloseable following;
    private final Listeners listeners = new Listeners();

    /** Transactions that a submission or a search is under way for. */
    private final Set<Hash> busy = new HashSet<>();

    private @Nullable Head head;
    private boolean preparing;
    private boolean checking;

    /** @param account persistence is kept under this name, the account's text form */
    public static Behavior<Command> create(String account, OutboxChain chain) {
        return create(account, chain, OutboxSettings.standard());
    }

    /** @param account persistence is kept under this name, the account's text form */
    public static Behavior<Command> create(String account, OutboxChain chain, OutboxSettings settings) {
        Behavior<Command> outbox = Behaviors.setup(context -> new Outbox(account, context, chain, settings));
        return Behaviors.supervise(outbox).onFailure(SupervisorStrategy.restart());
    }

    private Outbox(String account, ActorContext<Command> context, OutboxChain chain, OutboxSettings settings) {
        super(
                PersistenceId.of("outbox", account),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.1));
        this.context = context;
        this.chain = chain;
        this.settings = settings;
        this.rulings = new Rulings(settings);
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
            case FeesKnown known -> onFees(state, known.priced());
            case IncludedSeen seen -> onIncluded(state, seen);
            case Ended ended -> onEnded(state, ended);
            case Checked checked -> onChecked(state, checked);
            case LookedFor looked -> onLookedFor(state, looked);
            case ChainAway away -> onChainAway(away);
            case Stop.INSTANCE -> Effect().stop();
        };
    }

    // --- new calls --------------------------------------------------------------------------------------------------

    private Effect<Fact, State> onSubmit(State state, Submit submit) {
        Outcome settled = state.settled().get(submit.key());
        if (settled != null) {
            submit.replyTo().tell(new Answer(submit.key(), settled));
            return Effect().none();
        }
        boolean known = state.byKey(submit.key()).isPresent();
        if (!known
                && (submit.key().isEmpty()
                        || submit.key().length() > KEY_LENGTH_MAX
                        || state.open().size() >= OPEN_MAX)) {
            CallError error = new CallError(
                    "OutboxRefuses",
                    "a key has 1 to 128 characters, and at most " + OPEN_MAX + " calls wait at a time");
            submit.replyTo().tell(new Answer(submit.key(), new Outcome.Failed(error)));
            return Effect().none();
        }
        listeners.add(submit);
        if (known) return Effect().none();
        Fact accepted = new Accepted(state.nextSequence(), submit.key(), submit.label(), submit.call(), submit.alone());
        return Effect().persist(accepted).thenRun(this::prepare);
    }

    /** Begins to sign for what waits: nonce, then fees, then it is written down and sent. */
    private void prepare() {
        if (preparing || head == null) return;
        preparing = true;
        context.pipeToSelf(
                chain.nextNonce(), (next, error) -> error == null ? new NonceKnown(next) : away(NONCE, error));
    }

    private Effect<Fact, State> onNonce(State state, long next) {
        preparing = false;
        Head birth = head;
        if (birth == null) return Effect().none();
        Optional<Long> gap = rulings.gap(state, next);
        if (gap.isPresent()) {
            String key = "nothing/" + gap.get() + "/" + birth.number();
            if (state.settled().containsKey(key)) return Effect().none();
            return Effect()
                    .persist(new Accepted(state.nextSequence(), key, "nothing", chain.nothing(), false))
                    .thenRun(this::prepare);
        }
        List<Draft> drafts = rulings.drafts(state, next, entry -> chain.isBatchable(entry.call()));
        if (drafts.isEmpty()) return Effect().none();
        preparing = true;
        List<CompletableFuture<Priced>> priced = drafts.stream()
                .map(draft -> price(draft, sign(draft.entries(), draft.nonce(), birth, BigInteger.ZERO)))
                .toList();
        context.pipeToSelf(
                CompletableFuture.allOf(priced.toArray(CompletableFuture[]::new)),
                (_, error) -> error == null
                        ? new FeesKnown(priced.stream()
                                .map(CompletableFuture::resultNow)
                                .toList())
                        : away(NONCE, error));
        return Effect().none();
    }

    private Sent sign(List<Entry> entries, long nonce, Head birth, BigInteger tip) {
        Bytes call = entries.size() == 1
                ? entries.getFirst().call()
                : chain.batch(entries.stream().map(Entry::call).toList());
        Bytes transaction = chain.sign(call, new OutboxChain.Terms(nonce, birth, settings.era(), tip));
        return new Sent(nonce, birth.number(), chain.hash(transaction), transaction, tip, List.of(), birth.number());
    }

    private CompletableFuture<Priced> price(Draft draft, Sent sent) {
        return chain.fee(sent.transaction())
                .thenApply(fee -> new Priced(draft, sent, fee))
                .toCompletableFuture();
    }

    private Effect<Fact, State> onFees(State state, List<Priced> all) {
        preparing = false;
        List<Fact> facts = new ArrayList<>();
        for (Priced priced : all) {
            Draft draft = priced.draft();
            BigInteger allowed = settings.feeMax()
                    .multiply(BigInteger.valueOf(draft.entries().size()));
            if (priced.fee().compareTo(allowed) <= 0) facts.add(new Prepared(draft.sequences(), priced.sent()));
            else if (draft.entries().size() > 1) facts.add(new Submissions.Returned(draft.sequences(), true));
            else facts.add(tooDear(draft, priced.fee()));
        }
        return write(state, facts).thenRun(after -> after.flights().forEach(this::send));
    }

    private Settled tooDear(Draft draft, BigInteger fee) {
        CallError error = new CallError(
                "FeeAboveMaximum",
                "the chain takes " + fee + " planck for it, more than the " + settings.feeMax()
                        + " that are allowed; wait until the chain is less busy, or allow more");
        return new Settled(draft.sequences().getFirst(), new Outcome.Failed(error));
    }

    // --- on their way -----------------------------------------------------------------------------------------------

    private void send(Flight flight) {
        Sent sent = flight.sent();
        if (!busy.add(sent.hash())) return;
        ActorRef<Command> self = context.getSelf();
        context.pipeToSelf(
                chain.submit(sent.transaction(), block -> self.tell(new IncludedSeen(sent.hash(), block))),
                (fate, error) -> new Ended(
                        sent.hash(), error == null ? fate : new Fate.Unclear(String.valueOf(error.getMessage()))));
    }

    private Effect<Fact, State> onIncluded(State state, IncludedSeen seen) {
        state.flight(seen.transaction())
                .ifPresent(flight -> flight.entries().forEach(entry -> listeners.included(entry.key(), seen.block())));
        return Effect().none();
    }

    private Effect<Fact, State> onEnded(State state, Ended ended) {
        busy.remove(ended.transaction());
        return switch (ended.fate()) {
            case Fate.Unclear(String reason) -> {
                context.getLog().info("transaction {} is unclear: {}", ended.transaction(), reason);
                yield Effect().none();
            }
            case Fate.Outbid(String reason) -> outbid(state, ended.transaction(), reason);
            case Fate.Finalized _, Fate.Refused _ ->
                write(state, rulings.ended(state, ended.transaction(), ended.fate()));
        };
    }

    private Effect<Fact, State> outbid(State state, Hash transaction, String reason) {
        Head birth = head;
        Optional<Flight> flight =
                state.flight(transaction).filter(found -> found.sent().hash().equals(transaction));
        Optional<BigInteger> tip = flight.flatMap(found -> rulings.higherTip(found.sent()));
        context.getLog().info("transaction {} is outbid: {}; next tip: {}", transaction, reason, tip);
        if (tip.isEmpty() || birth == null) return Effect().none();
        Sent old = flight.get().sent();
        Sent signed = sign(flight.get().entries(), old.nonce(), birth, tip.get());
        Sent raised = new Sent(
                signed.nonce(),
                signed.birth(),
                signed.hash(),
                signed.transaction(),
                signed.tip(),
                List.copyOf(old.hashes()),
                old.since());
        return Effect()
                .persist(new Prepared(flight.get().sequences(), raised))
                .thenRun(after -> after.flight(raised.hash()).ifPresent(this::send));
    }

    private Effect<Fact, State> onHead(State state, Head seen) {
        head = seen;
        boolean unseen = state.flights().stream().anyMatch(flight -> isToBeChecked(flight, seen.number()));
        if (unseen && !checking) {
            checking = true;
            context.pipeToSelf(
                    chain.finalizedNonce(seen.hash()),
                    (nonce, error) -> error == null ? new Checked(seen.number(), nonce) : away(CHECK, error));
        }
        if (!state.open().isEmpty()) prepare();
        return Effect().none();
    }

    /** A submission that is watched tells its end by itself, unless the watch outlives the transaction. */
    private boolean isToBeChecked(Flight flight, long block) {
        return !busy.contains(flight.sent().hash()) || flight.sent().isDead(block, settings.era());
    }

    private Effect<Fact, State> onChecked(State state, Checked checked) {
        checking = false;
        List<Fact> facts = new ArrayList<>();
        for (Flight flight : state.flights()) {
            if (!isToBeChecked(flight, checked.head())) continue;
            switch (rulings.unseen(flight, checked.head(), checked.nonce())) {
                case Next.SendAgain() -> send(flight);
                case Next.LookFor(long from, long to) -> lookFor(flight, from, to);
                case Next.GiveUp(List<Fact> given) -> facts.addAll(given);
            }
        }
        return write(state, facts);
    }

    private void lookFor(Flight flight, long from, long to) {
        Hash transaction = flight.sent().hash();
        busy.add(transaction);
        context.pipeToSelf(
                chain.find(flight.sent().hashes(), from, to),
                (found, error) ->
                        error == null ? new LookedFor(transaction, found) : away(transaction.toString(), error));
    }

    private Effect<Fact, State> onLookedFor(State state, LookedFor looked) {
        busy.remove(looked.transaction());
        return write(
                state,
                state.flight(looked.transaction())
                        .map(flight -> rulings.lookedFor(flight, looked.found()))
                        .orElse(List.of()));
    }

    private static Command away(String about, Throwable error) {
        return new ChainAway(about, String.valueOf(error.getMessage()));
    }

    private Effect<Fact, State> onChainAway(ChainAway away) {
        switch (away.about()) {
            case NONCE -> preparing = false;
            case CHECK -> checking = false;
            default -> busy.removeIf(transaction -> transaction.toString().equals(away.about()));
        }
        // The next finalized block asks again.
        context.getLog().warn("the chain cannot be reached: {}", away.cause());
        return Effect().none();
    }

    // --- outcomes ---------------------------------------------------------------------------------------------------

    private org.apache.pekko.persistence.typed.javadsl.EffectBuilder<Fact, State> write(
            State before, List<Fact> facts) {
        if (facts.isEmpty()) return Effect().none();
        return Effect().persist(facts).thenRun(() -> {
            for (Fact fact : facts) if (fact instanceof Settled settled) tell(before, settled);
            prepare();
        });
    }

    private void tell(State before, Settled settled) {
        Entry entry = before.open().get(settled.sequence());
        if (entry == null) return;
        context.getLog().debug("{} {}: {}", entry.label(), entry.key(), settled.outcome());
        listeners.settled(entry.key(), settled.outcome());
    }
}
