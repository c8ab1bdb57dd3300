package stella.roles.store;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
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
import stella.protocol.deal.Deal;
import stella.protocol.deal.Decline;
import stella.protocol.piece.Piece;
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

    private record Pulled(Engagement tried, Intake outcome) implements Command {}

    private record AcceptEnded(Engagement tried, Submission outcome) implements Command {}

    private record AcceptUnknown(Engagement tried, String cause) implements Command {}

    private record RetryDue(Engagement tried) implements Command {}

    private record DealsSeen(List<Deal> deals, boolean all) implements Command {
        private DealsSeen {
            deals = List.copyOf(deals);
        }
    }

    private record PiecesListed(List<Piece> pieces) implements Command {
        private PiecesListed {
            pieces = List.copyOf(pieces);
        }
    }

    private record Alarm(String text) implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Ledger ledger;
    private final Vault vault;
    private final StoreSettings settings;
    private final Ledger.Following following;
    private final ActorRef<Prover.Command> prover;

    // Everything below is rebuilt from the chain after a restart, but outlives a journal that fails for a while.
    private final Listeners listeners = new Listeners();
    private final SortedSet<Long> weighing = new TreeSet<>();
    private final Shelf shelf;
    private final Pulls pulls;
    private final Alarms alarms = new Alarms();
    private @Nullable Block head;

    public static Behavior<Command> create(String entity, Ledger ledger, Vault vault, StoreSettings settings) {
        Behavior<Command> store = Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            ActorRef<Command> self = context.getSelf();
            ActorRef<Prover.Command> prover = context.spawn(
                    Prover.create(ledger, vault, settings.attemptsMax(), new Prover.Listener() {
                        @Override
                        public void seen(List<Deal> deals, boolean all) {
                            self.tell(new DealsSeen(deals, all));
                        }

                        @Override
                        public void alarm(String text) {
                            self.tell(new Alarm(text));
                        }
                    }),
                    "prover");
            Ledger.Following following = ledger.follow(block -> self.tell(new BlockSeen(block)));
            context.getSystem().receptionist().tell(Receptionist.register(SERVICE, self));
            return new Store(entity, context, timers, ledger, vault, settings, following, prover);
        }));
        return Behaviors.supervise(store).onFailure(backoff());
    }

    private static BackoffSupervisorStrategy backoff() {
        return SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.1);
    }

    private Store(
            String entity,
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Ledger ledger,
            Vault vault,
            StoreSettings settings,
            Ledger.Following following,
            ActorRef<Prover.Command> prover) {
        // A journal that fails must not take the Prover down: proofs need the chain only, and missing them costs
        // collateral.
        super(PersistenceId.of("store", entity), backoff().withStopChildren(false));
        this.context = context;
        this.timers = timers;
        this.ledger = ledger;
        this.vault = vault;
        this.settings = settings;
        this.following = following;
        this.prover = prover;
        this.shelf = new Shelf(vault);
        this.pulls = new Pulls(settings.attemptsMax());
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
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .onSignal(PreRestart.instance(), _ -> leave("restarts"))
                .onSignal(PostStop.instance(), _ -> leave("stops"))
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
            case Pulled pulled -> onPulled(state, pulled);
            case AcceptEnded ended -> follow(Custody.accepted(state, ended.tried(), ended.outcome()));
            case AcceptUnknown unknown -> onAcceptUnknown(unknown);
            case RetryDue retry -> onRetry(state, retry.tried());
            case DealsSeen seen -> onDealsSeen(state, seen);
            case PiecesListed listed -> follow(Custody.swept(state, listed.pieces()));
            case Alarm alarm -> onAlarm(alarm.text());
        };
    }

    private void onRecovered(Custody.State state) {
        // What could not be written down did not happen, so nobody would ever answer for it.
        for (long request : listeners.requests(r -> !state.engagements().containsKey(r) && !weighing.contains(r)))
            listeners.end(
                    request, declined(request, new Decline.ShuttingDown("the Store's journal fails; offer again")));
        Custody.resume(state).forEach(this::run);
    }

    private void leave(String how) {
        following.close();
        for (long request : listeners.requests(weighing::contains))
            listeners.end(request, declined(request, new Decline.ShuttingDown("the Store " + how + "; offer again")));
    }

    // --- offers -----------------------------------------------------------------------------------------------------

    private Effect<Custody.Fact, Custody.State> onOffer(Custody.State state, Offer offer) {
        long request = offer.request();
        Engagement engagement = state.engagements().get(request);
        if (engagement != null && engagement.deal().isPresent()) {
            long deal = engagement.deal().getAsLong();
            return answer(offer.replyTo(), new DealTaken(request, ledger.account(), deal, engagement.price()));
        }
        Optional<Decline> obstacle = engagement != null || weighing.contains(request)
                ? Optional.empty() // on its way already: wait with the others
                : DealDesk.obstacle(offer.source(), head != null, engaged(state), settings);
        if (obstacle.isPresent()) return answer(offer.replyTo(), declined(request, obstacle.get()));
        if (!listeners.add(request, offer.replyTo())) {
            Decline tooMany = new Decline.Duplicate("too many wait for request " + request + " already");
            return answer(offer.replyTo(), declined(request, tooMany));
        }
        if (engagement == null && head != null && weighing.add(request))
            context.pipeToSelf(
                    Inquiry.about(request, head, ledger),
                    (facts, error) -> error == null
                            ? new OfferWeighed(offer, facts)
                            : new OfferUnweighed(offer, String.valueOf(error.getMessage())));
        return Effect().none();
    }

    private DealDesk.Engaged engaged(Custody.State state) {
        return new DealDesk.Engaged(
                state.pulling() + weighing.size(), state.engagements().size() + weighing.size());
    }

    private Effect<Custody.Fact, Custody.State> onWeighed(Custody.State state, OfferWeighed weighed) {
        long request = weighed.offer().request();
        weighing.remove(request);
        if (state.engagements().containsKey(request)) return Effect().none();
        // Space is measured now and not when the offer came: others may have been admitted meanwhile.
        DealDesk.Space space = new DealDesk.Space(vault.freeBytes() - state.pullingBytes(), state.unacceptedBytes());
        return switch (DealDesk.judge(request, weighed.facts(), space)) {
            case DealDesk.Ruling.Refuse(Decline reason) -> follow(decline(request, reason));
            case DealDesk.Ruling.Take(BigInteger price) -> {
                var terms = weighed.facts().request().orElseThrow().terms();
                String offered = weighed.offer().source();
                String source = offered.isEmpty() ? terms.source() : offered;
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

    private DealDeclined declined(long request, Decline reason) {
        return new DealDeclined(request, ledger.account(), reason);
    }

    private Effect<Custody.Fact, Custody.State> onProgress(PullProgress progress) {
        listeners.progress(
                new TransferStatus(progress.request(), ledger.account(), progress.received(), progress.total()));
        return Effect().none();
    }

    private Effect<Custody.Fact, Custody.State> onPulled(Custody.State state, Pulled pulled) {
        boolean last = pulls.ended(pulled.tried(), pulled.outcome());
        return follow(Custody.pulled(state, pulled.tried(), pulled.outcome(), last));
    }

    private Effect<Custody.Fact, Custody.State> onAcceptUnknown(AcceptUnknown unknown) {
        context.getLog()
                .warn(
                        "request {}: acceptance unknown, asking again: {}",
                        unknown.tried().request(),
                        unknown.cause());
        run(new Custody.Retry(unknown.tried()));
        return Effect().none();
    }

    private Effect<Custody.Fact, Custody.State> onRetry(Custody.State state, Engagement tried) {
        state.current(tried, tried.stage()).flatMap(Custody::step).ifPresent(this::run);
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
            case Custody.Accept(Engagement engagement) -> accept(engagement);
            case Custody.TellTaken(long request, long deal, BigInteger price) ->
                listeners.end(request, new DealTaken(request, ledger.account(), deal, price));
            case Custody.TellDeclined(long request, Decline reason) -> {
                context.getLog().info("declined request {}: {}", request, reason.sentence());
                listeners.end(request, declined(request, reason));
            }
            case Custody.Discard(Piece piece) -> discard(piece);
            case Custody.Retry(Engagement engagement) ->
                timers.startSingleTimer(
                        "retry-" + engagement.request(), new RetryDue(engagement), settings.retryDelay());
            case Custody.Watch(List<Long> deals) -> prover.tell(new Prover.Watch(deals));
            case Custody.Alarm(String text) -> raise(text);
        }
    }

    private void pull(Engagement engagement) {
        ActorRef<Command> self = context.getSelf();
        long request = engagement.request();
        if (!pulls.start(engagement)) return; // still running although the journal failed meanwhile
        context.pipeToSelf(
                shelf.keep(engagement, (received, total) -> self.tell(new PullProgress(request, received, total))),
                (outcome, error) -> new Pulled(
                        engagement,
                        error == null ? outcome : new Intake.DiskFailed(String.valueOf(error.getMessage()))));
    }

    private void accept(Engagement engagement) {
        context.pipeToSelf(
                ledger.submit(engagement.acceptKey(), new Call.AcceptDeal(engagement.request(), engagement.price())),
                (outcome, error) -> error == null
                        ? new AcceptEnded(engagement, outcome)
                        : new AcceptUnknown(engagement, String.valueOf(error.getMessage())));
    }

    private void discard(Piece piece) {
        ActorRef<Command> self = context.getSelf();
        shelf.discard(piece).exceptionally(error -> {
            self.tell(new Alarm("the piece " + piece.cid() + " could not be discarded: " + error.getMessage()));
            return false;
        });
    }

    // --- deals ------------------------------------------------------------------------------------------------------

    private Effect<Custody.Fact, Custody.State> onBlock(Block block) {
        head = block;
        return Effect().none();
    }

    private Effect<Custody.Fact, Custody.State> onDealsSeen(Custody.State state, DealsSeen seen) {
        // Once the chain has said which deals live, what no engagement needs is a leftover of a crash.
        if (seen.all())
            context.pipeToSelf(vault.pieces(), (pieces, error) -> new PiecesListed(error == null ? pieces : List.of()));
        return follow(Custody.seen(state, seen.deals(), seen.all()));
    }

    private Effect<Custody.Fact, Custody.State> onAlarm(String text) {
        raise(text);
        return Effect().none();
    }

    private void raise(String text) {
        if (alarms.raise(text)) context.getLog().warn(text);
    }

    private Status status(Custody.State state) {
        return new Status(
                ledger.account(), List.copyOf(state.engagements().values()), vault.freeBytes(), alarms.texts());
    }

    private <T> Effect<Custody.Fact, Custody.State> answer(ActorRef<T> replyTo, T reply) {
        replyTo.tell(reply);
        return Effect().none();
    }
}
