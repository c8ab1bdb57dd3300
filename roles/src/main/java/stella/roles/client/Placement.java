package stella.roles.client;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.jspecify.annotations.Nullable;
import stella.protocol.AccountId;
import stella.protocol.chain.Block;
import stella.protocol.chain.Call;
import stella.protocol.chain.Event;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Credits;
import stella.protocol.deal.Pricing;
import stella.protocol.deal.StorageRequest;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.roles.Chance;
import stella.roles.Ledger;
import stella.roles.Ledger.Submission;
import stella.roles.store.Store;

/**
 * Places one request: looks for Stores that fit, sets credits aside, offers, and follows the deals until each has proved.
 *
 * <p>Nothing is spent before enough Stores fit on paper. When the offers fail all the same, the open part of the request is
 * cancelled, so that its credits are free again. The actor stops after its last word, {@link Active} or {@link Failed}.
 */
public final class Placement extends AbstractMatchingBehavior<Placement.Command> {
    public sealed interface Command {}

    /** What the asker hears; the last word is {@link Active} or {@link Failed}. */
    public sealed interface Progress {}

    /** The cost: {@code reserve} planck are set aside, of which {@code topUp} come from the account's balance now. */
    public record Quoted(BigInteger priceMax, BigInteger reserve, BigInteger topUp) implements Progress {}

    public record Requested(long request, long block) implements Progress {}

    public record Offered(AccountId store) implements Progress {}

    public record Transferring(AccountId store, long received, long total) implements Progress {}

    public record Taken(AccountId store, long deal, BigInteger price) implements Progress {}

    public record Declined(AccountId store, String reason) implements Progress {}

    /** The first proof of a deal was accepted. */
    public record Proved(AccountId store, long deal, long block) implements Progress {}

    /** Every replica is proven. */
    public record Active(long request, SortedMap<AccountId, Long> deals) implements Progress {
        public Active {
            deals = Collections.unmodifiableSortedMap(deals);
        }
    }

    /**
     * @param code stable word: {@code no-store-fits}, {@code not-enough-funds}, {@code chain-unreachable}, {@code refused}
     * @param hint what mends it
     */
    public record Failed(String code, String message, String hint) implements Progress {}

    private record BlockSeen(Block block) implements Command {}

    private record Surveyed(Block at, Candidates candidates, Credits credits) implements Command {}

    private record ChainFailed(String cause) implements Command {}

    private record ToppedUp(Submission outcome) implements Command {}

    private record RequestEnded(Submission outcome) implements Command {}

    private record StoresFound(Receptionist.Listing listing) implements Command {}

    private record StoreKnown(Store.Identity identity) implements Command {}

    private record Heard(Store.OfferReply reply) implements Command {}

    private record Silent(AccountId store) implements Command {}

    private record Cancelled(Submission outcome, String message, String hint) implements Command {}

    private static final Duration SILENCE_MAX = Duration.ofMinutes(2);

    private final TimerScheduler<Command> timers;
    private final Ledger ledger;
    private final Chance chance;
    private final String key;
    private final ActorRef<Progress> listener;
    private final ActorRef<Store.OfferReply> replies;
    private StorageRequest terms;

    private @Nullable Candidates candidates;
    private final SortedMap<AccountId, ActorRef<Store.Command>> stores = new TreeMap<>();
    private final SortedSet<AccountId> tried = new TreeSet<>();
    private final SortedSet<AccountId> pending = new TreeSet<>();
    private final SortedMap<AccountId, Long> taken = new TreeMap<>();
    private final SortedMap<Long, Long> activatedAt = new TreeMap<>();
    private final SortedSet<Long> active = new TreeSet<>();
    private final List<String> refusals = new ArrayList<>();
    private long request = -1;
    private boolean surveyed;
    private boolean cancelling;

    /**
     * @param key names the intent within the account: a repeated key never pays twice
     * @param terms {@code priceMax} of zero means the highest price that a fitting Store asks
     */
    public static Behavior<Command> create(
            Ledger ledger, Chance chance, String key, StorageRequest terms, ActorRef<Progress> listener) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            ActorRef<Command> self = context.getSelf();
            ledger.follow(block -> self.tell(new BlockSeen(block)));
            ActorRef<Receptionist.Listing> listings =
                    context.messageAdapter(Receptionist.Listing.class, StoresFound::new);
            context.getSystem().receptionist().tell(Receptionist.subscribe(Store.SERVICE, listings));
            return new Placement(context, timers, ledger, chance, key, terms, listener);
        }));
    }

    private Placement(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Ledger ledger,
            Chance chance,
            String key,
            StorageRequest terms,
            ActorRef<Progress> listener) {
        super(context);
        this.timers = timers;
        this.ledger = ledger;
        this.chance = chance;
        this.key = key;
        this.terms = terms;
        this.listener = listener;
        this.replies = context.messageAdapter(Store.OfferReply.class, Heard::new);
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return switch (command) {
            case BlockSeen seen -> onBlock(seen.block());
            case Surveyed found -> onSurveyed(found);
            case ChainFailed failed ->
                fail("chain-unreachable", "the chain cannot be read: " + failed.cause(), "check the node with its log");
            case ToppedUp ended -> onToppedUp(ended.outcome());
            case RequestEnded ended -> onRequestEnded(ended.outcome());
            case StoresFound found -> onStoresFound(found.listing());
            case StoreKnown known -> onStoreKnown(known.identity());
            case Heard heard -> onHeard(heard.reply());
            case Silent silent -> onSilent(silent.store());
            case Cancelled cancelled -> fail("no-store-fits", cancelled.message(), cancelled.hint());
        };
    }

    // --- before anything is spent -----------------------------------------------------------------------------------

    private Behavior<Command> onBlock(Block block) {
        if (!surveyed) {
            surveyed = true;
            getContext()
                    .pipeToSelf(
                            survey(block),
                            (found, error) ->
                                    error == null ? found : new ChainFailed(String.valueOf(error.getMessage())));
        }
        for (Event event : block.events()) {
            if (event instanceof Event.DealActivated(long deal, long at)) activatedAt.put(deal, at);
            if (event instanceof Event.DealEnded ended && taken.remove(ended.store(), ended.deal()))
                refused(
                        ended.store(),
                        "its deal " + ended.deal() + " ended as "
                                + ended.outcome().word());
        }
        return finishIfDone();
    }

    private CompletionStage<Command> survey(Block at) {
        var reputation = ledger.reputation(at.hash());
        var credits = ledger.credits(ledger.account(), at.hash());
        return ledger.roles(at.hash())
                .thenCompose(roles -> asks(roles, at)
                        .thenCompose(asks -> reputation.thenCompose(entries -> credits.thenApply(own ->
                                new Surveyed(at, Candidates.of(terms, at.number(), roles, asks, entries), own)))));
    }

    private CompletionStage<Map<AccountId, Ask>> asks(List<RoleEntry> roles, Block at) {
        CompletionStage<Map<AccountId, Ask>> all = CompletableFuture.completedStage(new TreeMap<>());
        for (RoleEntry role : roles) {
            if (role.role() != Role.STORE) continue;
            all = all.thenCompose(known -> ledger.ask(role.account(), at.hash()).thenApply(ask -> {
                ask.ifPresent(found -> known.put(role.account(), found));
                return known;
            }));
        }
        return all;
    }

    private Behavior<Command> onSurveyed(Surveyed found) {
        candidates = found.candidates();
        if (found.candidates().places() < terms.replicas()) return failUnplaced(found.candidates());
        BigInteger price = terms.priceMax().signum() > 0
                ? terms.priceMax()
                : found.candidates().highestAsk();
        terms = new StorageRequest(
                terms.content(), terms.piece(), terms.replicas(), terms.periods(), price, terms.tier(), terms.source());
        BigInteger reserve = Pricing.reserve(price, terms.piece(), terms.periods(), terms.replicas());
        BigInteger topUp = reserve.subtract(found.credits().free()).max(BigInteger.ZERO);
        listener.tell(new Quoted(price, reserve, topUp));
        if (topUp.signum() == 0) submitRequest();
        else
            getContext()
                    .pipeToSelf(
                            ledger.submit(key + "/credits", new Call.TopUpCredits(topUp)),
                            (outcome, error) -> new ToppedUp(outcomeOf(outcome, error)));
        return this;
    }

    private Behavior<Command> failUnplaced(Candidates found) {
        List<String> reasons = new ArrayList<>();
        found.unfit().forEach((store, reason) -> reasons.add(store + " " + reason));
        String why = reasons.isEmpty() ? "no other Store is registered" : String.join("; ", reasons);
        return fail(
                "no-store-fits",
                terms.replicas() + " Stores are needed and " + found.places() + " fit: " + why,
                "ask for fewer --replicas or --periods, or raise --max-price");
    }

    private Behavior<Command> onToppedUp(Submission outcome) {
        return switch (outcome) {
            case Submission.Finalized _ -> {
                submitRequest();
                yield this;
            }
            case Submission.Failed(String error, String text) ->
                fail(
                        "not-enough-funds",
                        "credits could not be bought from " + ledger.account() + ": " + error + ": " + text,
                        "send funds to that account, or use another with --account");
            case Submission.Expired() -> failExpired();
        };
    }

    // --- request and offers -----------------------------------------------------------------------------------------

    private void submitRequest() {
        getContext()
                .pipeToSelf(
                        ledger.submit(key + "/request", new Call.RequestStorage(terms)),
                        (outcome, error) -> new RequestEnded(outcomeOf(outcome, error)));
    }

    private Behavior<Command> onRequestEnded(Submission outcome) {
        return switch (outcome) {
            case Submission.Finalized(long block, var _, List<Event> events) -> {
                for (Event event : events)
                    if (event instanceof Event.StorageRequested requested) request = requested.request();
                if (request < 0) yield fail("refused", "the chain announced no request", "report this: it is a defect");
                listener.tell(new Requested(request, block));
                offerMore();
                yield this;
            }
            case Submission.Failed(String error, String text) ->
                fail("refused", "the chain refused the request: " + error + ": " + text, "see `stella put --help`");
            case Submission.Expired() -> failExpired();
        };
    }

    private Behavior<Command> onStoresFound(Receptionist.Listing listing) {
        ActorRef<Store.Identity> identities = getContext().messageAdapter(Store.Identity.class, StoreKnown::new);
        listing.getServiceInstances(Store.SERVICE).forEach(store -> store.tell(new Store.Identify(identities)));
        return this;
    }

    private Behavior<Command> onStoreKnown(Store.Identity identity) {
        stores.put(identity.account(), identity.store());
        offerMore();
        return this;
    }

    private void offerMore() {
        Candidates all = candidates;
        if (all == null || request < 0 || cancelling) return;
        while (taken.size() + pending.size() < terms.replicas()) {
            SortedSet<AccountId> holding = new TreeSet<>(taken.keySet());
            holding.addAll(pending);
            Optional<AccountId> drawn = all.draw(tried, holding, chance);
            if (drawn.isEmpty()) {
                if (pending.isEmpty()) cancel();
                return;
            }
            AccountId store = drawn.get();
            ActorRef<Store.Command> ref = stores.get(store);
            if (ref == null) {
                // Registered on chain but not (yet) known here: it may still introduce itself.
                if (!timers.isTimerActive(store))
                    timers.startSingleTimer(store, new Silent(store), Duration.ofSeconds(10));
                return;
            }
            tried.add(store);
            pending.add(store);
            timers.startSingleTimer(store, new Silent(store), SILENCE_MAX);
            listener.tell(new Offered(store));
            ref.tell(new Store.Offer(request, "", replies));
        }
    }

    private Behavior<Command> onHeard(Store.OfferReply reply) {
        switch (reply) {
            case Store.TransferStatus(long _, AccountId store, long received, long total) -> {
                if (pending.contains(store)) timers.startSingleTimer(store, new Silent(store), SILENCE_MAX);
                listener.tell(new Transferring(store, received, total));
            }
            case Store.DealTaken(long _, AccountId store, long deal, BigInteger price) -> {
                timers.cancel(store);
                pending.remove(store);
                if (taken.put(store, deal) == null) listener.tell(new Taken(store, deal, price));
            }
            case Store.DealDeclined(long _, AccountId store, var reason) -> refused(store, reason.sentence());
        }
        return finishIfDone();
    }

    private Behavior<Command> onSilent(AccountId store) {
        tried.add(store);
        refused(store, "does not answer");
        return this;
    }

    private void refused(AccountId store, String reason) {
        timers.cancel(store);
        pending.remove(store);
        refusals.add(store + ": " + reason);
        listener.tell(new Declined(store, reason));
        offerMore();
    }

    private Behavior<Command> finishIfDone() {
        taken.forEach((store, deal) -> {
            Long at = activatedAt.get(deal);
            if (at != null && active.add(deal)) listener.tell(new Proved(store, deal, at));
        });
        if (taken.size() < terms.replicas() || active.size() < terms.replicas()) return this;
        listener.tell(new Active(request, new TreeMap<>(taken)));
        return Behaviors.stopped();
    }

    // --- giving up --------------------------------------------------------------------------------------------------

    private void cancel() {
        cancelling = true;
        String message = "request " + request + " found " + taken.size() + " of " + terms.replicas() + " Stores: "
                + String.join("; ", refusals);
        String hint = "its open part was cancelled and the credits are free again; try fewer --replicas";
        getContext()
                .pipeToSelf(
                        ledger.submit(key + "/cancel", new Call.CancelRequest(request)),
                        (outcome, error) -> new Cancelled(outcomeOf(outcome, error), message, hint));
    }

    private Behavior<Command> failExpired() {
        return fail(
                "chain-unreachable", "the chain did not take the transaction in time", "check the chain and try again");
    }

    private Behavior<Command> fail(String code, String message, String hint) {
        listener.tell(new Failed(code, message, hint));
        return Behaviors.stopped();
    }

    private static Submission outcomeOf(@Nullable Submission outcome, @Nullable Throwable error) {
        if (outcome != null) return outcome;
        return new Submission.Failed("Unavailable", error == null ? "no answer" : String.valueOf(error.getMessage()));
    }
}
