package stella.roles.store;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;
import stella.protocol.AccountId;
import stella.protocol.chain.Block;
import stella.protocol.chain.Call;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Deal;
import stella.protocol.deal.Decline;
import stella.protocol.deal.Request;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.Standing;
import stella.roles.Ledger;
import stella.roles.Ledger.Submission;
import stella.roles.Vault;
import stella.roles.Vault.Intake;

/**
 * Runs {@link Custody} for one Store: offers become engagements, engagements become deals.
 *
 * <p>Engagements are event-sourced. Its child {@link Prover} makes every due proof from chain state alone.
 */
public final class Store extends EventSourcedBehavior<Store.Command, Custody.Fact, Custody.State> {
    /** Under this key every Store of the cluster registers; {@link Identify} tells them apart. */
    public static final ServiceKey<Command> SERVICE = ServiceKey.create(Command.class, "store");

    public sealed interface Command {}

    /** A client offers its request (DL-7); {@code source} may be empty, then the one on chain is read. */
    public record Offer(long request, String source, ActorRef<OfferReply> replyTo) implements Command {}

    public record Identify(ActorRef<Identity> replyTo) implements Command {}

    public record GetStatus(ActorRef<Status> replyTo) implements Command {}

    /** What a client hears back: any number of {@link TransferStatus}, then one of the others. */
    public sealed interface OfferReply {}

    /** The deal is on chain; {@code price} is planck per GiB and period. */
    public record DealTaken(long request, AccountId store, long deal, BigInteger price) implements OfferReply {}

    public record DealDeclined(long request, AccountId store, Decline reason) implements OfferReply {}

    public record TransferStatus(long request, AccountId store, long received, long total) implements OfferReply {}

    public record Identity(AccountId account, ActorRef<Command> store) {}

    /**
     * @param alarms what needs a person, newest last
     */
    public record Status(AccountId account, List<Engagement> engagements, long freeBytes, List<String> alarms) {
        public Status {
            engagements = List.copyOf(engagements);
            alarms = List.copyOf(alarms);
        }
    }

    private record BlockSeen(Block block) implements Command {}

    private record OfferWeighed(Offer offer, DealDesk.Facts facts) implements Command {}

    private record OfferUnweighed(Offer offer, String cause) implements Command {}

    private record PullProgress(long request, long received, long total) implements Command {}

    private record Pulled(long request, Intake outcome) implements Command {}

    private record AcceptEnded(long request, Submission outcome) implements Command {}

    private record RetryDue(long request) implements Command {}

    private record DealSeen(Deal deal) implements Command {}

    private record Alarm(String text) implements Command {}

    private static final int ALARMS_MAX = 50;
    private static final int LISTENERS_MAX = 16;

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Ledger ledger;
    private final Vault vault;
    private final StoreSettings settings;

    // Everything below is rebuilt from the chain after a restart.
    private final SortedMap<Long, List<ActorRef<OfferReply>>> listeners = new TreeMap<>();
    private final Set<Long> weighing = new TreeSet<>();
    private final List<String> alarms = new ArrayList<>();
    private @Nullable Block head;

    public static Behavior<Command> create(String entity, Ledger ledger, Vault vault, StoreSettings settings) {
        Behavior<Command> store = Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            ActorRef<Command> self = context.getSelf();
            ledger.follow(block -> self.tell(new BlockSeen(block)));
            Prover.Listener listener = new Prover.Listener() {
                @Override
                public void seen(Deal deal) {
                    self.tell(new DealSeen(deal));
                }

                @Override
                public void alarm(String text) {
                    self.tell(new Alarm(text));
                }
            };
            context.spawn(Prover.create(ledger, vault, settings.attemptsMax(), listener), "prover");
            context.getSystem().receptionist().tell(Receptionist.register(SERVICE, self));
            return new Store(entity, context, timers, ledger, vault, settings);
        }));
        return Behaviors.supervise(store).onFailure(SupervisorStrategy.restart());
    }

    private Store(
            String entity,
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Ledger ledger,
            Vault vault,
            StoreSettings settings) {
        super(
                PersistenceId.of("store", entity),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.1));
        this.context = context;
        this.timers = timers;
        this.ledger = ledger;
        this.vault = vault;
        this.settings = settings;
    }

    @Override
    public Custody.State emptyState() {
        return Custody.State.EMPTY;
    }

    @Override
    public EventHandler<Custody.State, Custody.Fact> eventHandler() {
        return Custody.State::apply;
    }

    @Override
    public SignalHandler<Custody.State> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(
                        RecoveryCompleted.instance(),
                        state -> Custody.resume(state).forEach(this::run))
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(500, 2);
    }

    @Override
    public CommandHandler<Command, Custody.Fact, Custody.State> commandHandler() {
        return (state, command) -> switch (command) {
            case Offer offer -> onOffer(state, offer);
            case Identify identify -> answer(identify.replyTo(), new Identity(ledger.account(), context.getSelf()));
            case GetStatus get -> answer(get.replyTo(), status(state));
            case BlockSeen seen -> onBlock(seen.block());
            case OfferWeighed weighed -> onWeighed(state, weighed);
            case OfferUnweighed unweighed -> onUnweighed(unweighed);
            case PullProgress progress -> onProgress(progress);
            case Pulled pulled -> follow(Custody.pulled(state, pulled.request(), pulled.outcome()));
            case AcceptEnded ended -> follow(Custody.accepted(state, ended.request(), ended.outcome()));
            case RetryDue retry -> onRetry(state, retry.request());
            case DealSeen seen -> follow(Custody.seen(state, seen.deal()));
            case Alarm alarm -> onAlarm(alarm.text());
        };
    }

    // --- offers -----------------------------------------------------------------------------------------------------

    private Effect<Custody.Fact, Custody.State> onOffer(Custody.State state, Offer offer) {
        Engagement engagement = state.engagements().get(offer.request());
        if (engagement != null && engagement.deal().isPresent()) {
            long deal = engagement.deal().getAsLong();
            offer.replyTo().tell(new DealTaken(offer.request(), ledger.account(), deal, engagement.price()));
            return Effect().none();
        }
        if (engagement != null || weighing.contains(offer.request())) {
            listen(offer);
            return Effect().none();
        }
        if (state.pulling() + weighing.size() >= settings.pullsMax()
                || state.engagements().size() >= settings.engagementsMax()) {
            decline(offer, new Decline.NoSpace(state.pulling() + 1, settings.pullsMax()));
            return Effect().none();
        }
        if (head == null) {
            decline(offer, new Decline.ShuttingDown("the Store has not seen the chain yet; offer again in a moment"));
            return Effect().none();
        }
        weighing.add(offer.request());
        listen(offer);
        long free = vault.freeBytes() - state.promisedBytes();
        context.pipeToSelf(
                weigh(offer.request(), head, free),
                (facts, error) -> error == null
                        ? new OfferWeighed(offer, facts)
                        : new OfferUnweighed(offer, String.valueOf(error.getMessage())));
        return Effect().none();
    }

    private CompletionStage<DealDesk.Facts> weigh(long request, Block at, long free) {
        CompletionStage<Optional<Request>> requested = ledger.request(request, at.hash());
        CompletionStage<Optional<Ask>> asked = ledger.ask(ledger.account(), at.hash());
        CompletionStage<Standing> standing = ledger.reputation(at.hash()).thenApply(all -> {
            ReputationEntry own = all.get(new Ledger.Node(Role.STORE, ledger.account()));
            return own == null ? Standing.PROBATION : own.standing();
        });
        return requested.thenCompose(r ->
                asked.thenCompose(a -> standing.thenApply(s -> new DealDesk.Facts(r, a, s, at.number(), free))));
    }

    private Effect<Custody.Fact, Custody.State> onWeighed(Custody.State state, OfferWeighed weighed) {
        long request = weighed.offer().request();
        weighing.remove(request);
        if (state.engagements().containsKey(request)) return Effect().none();
        return switch (DealDesk.judge(request, weighed.facts())) {
            case DealDesk.Ruling.Refuse(Decline reason) -> follow(decline(request, reason));
            case DealDesk.Ruling.Take(BigInteger price) -> {
                var terms = weighed.facts().request().orElseThrow().terms();
                String source = weighed.offer().source().isEmpty()
                        ? terms.source()
                        : weighed.offer().source();
                yield follow(Custody.admit(new Custody.Admitted(
                        request, weighed.facts().block(), terms.piece(), terms.content(), source, price)));
            }
        };
    }

    private Effect<Custody.Fact, Custody.State> onUnweighed(OfferUnweighed unweighed) {
        weighing.remove(unweighed.offer().request());
        Decline reason = new Decline.ShuttingDown("the Store cannot read the chain: " + unweighed.cause());
        return follow(decline(unweighed.offer().request(), reason));
    }

    private static Custody.Decision decline(long request, Decline reason) {
        return new Custody.Decision(List.of(), List.of(new Custody.TellDeclined(request, reason)));
    }

    private void decline(Offer offer, Decline reason) {
        offer.replyTo().tell(new DealDeclined(offer.request(), ledger.account(), reason));
    }

    private void listen(Offer offer) {
        List<ActorRef<OfferReply>> waiting = listeners.computeIfAbsent(offer.request(), _ -> new ArrayList<>());
        if (waiting.size() < LISTENERS_MAX) waiting.add(offer.replyTo());
        else decline(offer, new Decline.Duplicate("the request has been offered too often"));
    }

    private Effect<Custody.Fact, Custody.State> onProgress(PullProgress progress) {
        TransferStatus status =
                new TransferStatus(progress.request(), ledger.account(), progress.received(), progress.total());
        listeners.getOrDefault(progress.request(), List.of()).forEach(listener -> listener.tell(status));
        return Effect().none();
    }

    private Effect<Custody.Fact, Custody.State> onRetry(Custody.State state, long request) {
        Engagement engagement = state.engagements().get(request);
        if (engagement != null && engagement.stage() == Engagement.Stage.PULLING) run(new Custody.Pull(engagement));
        return Effect().none();
    }

    // --- effects ----------------------------------------------------------------------------------------------------

    private Effect<Custody.Fact, Custody.State> follow(Custody.Decision decision) {
        if (decision.facts().isEmpty()) {
            decision.effects().forEach(this::run);
            return Effect().none();
        }
        return Effect()
                .persist(decision.facts())
                .thenRun(() -> decision.effects().forEach(this::run));
    }

    private void run(Custody.Effect effect) {
        switch (effect) {
            case Custody.Pull(Engagement engagement) -> pull(engagement);
            case Custody.Accept(Engagement engagement) ->
                context.pipeToSelf(
                        ledger.submit(
                                engagement.acceptKey(), new Call.AcceptDeal(engagement.request(), engagement.price())),
                        (outcome, error) -> new AcceptEnded(
                                engagement.request(),
                                error == null
                                        ? outcome
                                        : new Submission.Failed("Unavailable", String.valueOf(error.getMessage()))));
            case Custody.TellTaken(long request, long deal, BigInteger price) ->
                tell(request, new DealTaken(request, ledger.account(), deal, price));
            case Custody.TellDeclined(long request, Decline reason) -> {
                context.getLog().info("declined request {}: {}", request, reason.sentence());
                tell(request, new DealDeclined(request, ledger.account(), reason));
            }
            case Custody.Discard(var piece) -> vault.discard(piece);
            case Custody.Retry(long request) ->
                timers.startSingleTimer("retry-" + request, new RetryDue(request), settings.retryDelay());
        }
    }

    private void pull(Engagement engagement) {
        ActorRef<Command> self = context.getSelf();
        long request = engagement.request();
        context.pipeToSelf(
                vault.keep(
                        engagement.piece(),
                        engagement.content(),
                        engagement.source(),
                        (received, total) -> self.tell(new PullProgress(request, received, total))),
                (outcome, error) -> new Pulled(
                        request, error == null ? outcome : new Intake.DiskFailed(String.valueOf(error.getMessage()))));
    }

    private void tell(long request, OfferReply reply) {
        List<ActorRef<OfferReply>> waiting = listeners.remove(request);
        if (waiting != null) waiting.forEach(listener -> listener.tell(reply));
    }

    // --- deals ------------------------------------------------------------------------------------------------------

    private Effect<Custody.Fact, Custody.State> onBlock(Block block) {
        head = block;
        return Effect().none();
    }

    private Effect<Custody.Fact, Custody.State> onAlarm(String text) {
        if (alarms.isEmpty() || !alarms.getLast().equals(text)) {
            context.getLog().warn(text);
            alarms.add(text);
            if (alarms.size() > ALARMS_MAX) alarms.removeFirst();
        }
        return Effect().none();
    }

    private Status status(Custody.State state) {
        return new Status(ledger.account(), List.copyOf(state.engagements().values()), vault.freeBytes(), alarms);
    }

    private <T> Effect<Custody.Fact, Custody.State> answer(ActorRef<T> replyTo, T reply) {
        replyTo.tell(reply);
        return Effect().none();
    }
}
