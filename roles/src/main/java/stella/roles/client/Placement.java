package stella.roles.client;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
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
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.deal.Pricing;
import stella.protocol.deal.StorageRequest;
import stella.roles.Chance;
import stella.roles.Ledger;
import stella.roles.Ledger.Submission;
import stella.roles.store.Store;

/**
 * Places one request: looks for Stores that fit, sets credits aside, offers, and follows the deals until each has proved.
 *
 * <p>Nothing is spent before enough Stores fit on paper. When the offers fail all the same, the open part of the request is
 * cancelled, so that its credits are free again. What a Store says is believed when finalized blocks say it too. The actor stops after
 * its last word, {@link Active} or {@link Failed}, which comes in any case: whoever waits is always told.
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

    /** The deal is on chain; {@code price} is what the Store asks, planck per GiB and period. */
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
     * @param code stable word: {@code no-store-fits}, {@code not-enough-funds}, {@code chain-unreachable}, {@code refused}, {@code
     *     interrupted}
     * @param hint what mends it
     */
    public record Failed(String code, String message, String hint) implements Progress {}

    private record BlockSeen(Block block) implements Command {}

    private record Surveyed(Survey survey) implements Command {}

    private record ChainFailed(String cause) implements Command {}

    private record ToppedUp(Submission outcome) implements Command {}

    private record RequestEnded(Submission outcome) implements Command {}

    private record DealsFound(List<Deal> deals) implements Command {
        private DealsFound {
            deals = List.copyOf(deals);
        }
    }

    private record StoresFound(Receptionist.Listing listing) implements Command {}

    private record StoreKnown(Store.Identity identity) implements Command {}

    private record Heard(Store.OfferReply reply) implements Command {}

    private record DealRead(AccountId store, Optional<Deal> deal) implements Command {}

    private record Silent(AccountId store) implements Command {}

    private record Cancelled(Submission outcome) implements Command {}

    /** What passes of itself. */
    private enum Tick implements Command {
        /** No block has come for long. */
        CHAIN_SILENT,
        /** Every Store that can be reached from here has introduced itself by now. */
        INTRODUCTIONS_OVER
    }

    static final Duration SILENCE_MAX = Duration.ofMinutes(2);
    static final Duration BLOCK_GAP_MAX = Duration.ofMinutes(5);
    static final Duration INTRODUCTIONS = Duration.ofSeconds(10);

    private final TimerScheduler<Command> timers;
    private final Ledger ledger;
    private final Chance chance;
    private final String key;
    private final ActorRef<Progress> listener;
    private final ActorRef<Store.OfferReply> replies;
    private final ActorRef<Store.Identity> identities;
    private final Ledger.Following following;
    private final Replicas replicas;
    private final KnownStores stores = new KnownStores();

    private StorageRequest terms;
    private @Nullable Survey survey;
    private @Nullable Block head;
    private OptionalLong request = OptionalLong.empty();
    private boolean surveying;
    private boolean introductionsOver;
    private boolean cancelling;
    private boolean ended;

    /**
     * @param key names the intent within the account: a repeated key never pays twice, it goes on with the request that is there
     * @param terms {@code priceMax} of zero means the market's price ({@link Candidates#marketPrice})
     */
    public static Behavior<Command> create(
            Ledger ledger, Chance chance, String key, StorageRequest terms, ActorRef<Progress> listener) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Placement(context, timers, ledger, chance, key, terms, listener)));
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
        this.replicas = new Replicas(terms.replicas());
        this.replies = context.messageAdapter(Store.OfferReply.class, Heard::new);
        this.identities = context.messageAdapter(Store.Identity.class, StoreKnown::new);
        ActorRef<Command> self = context.getSelf();
        this.following = ledger.follow(block -> self.tell(new BlockSeen(block)));
        timers.startSingleTimer(Tick.CHAIN_SILENT, BLOCK_GAP_MAX);
        context.getSystem()
                .receptionist()
                .tell(Receptionist.subscribe(
                        Store.SERVICE, context.messageAdapter(Receptionist.Listing.class, StoresFound::new)));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case BlockSeen seen -> onBlock(seen.block());
            case Surveyed found -> onSurveyed(found.survey());
            case ChainFailed failed -> failUnreachable("the chain cannot be read: " + failed.cause());
            case ToppedUp toppedUp -> onToppedUp(toppedUp.outcome());
            case RequestEnded requested -> onRequestEnded(requested.outcome());
            case DealsFound found -> onDealsFound(found.deals());
            case StoresFound found -> onStoresFound(found.listing());
            case StoreKnown known -> onStoreKnown(known.identity());
            case Heard heard -> onHeard(heard.reply());
            case DealRead read -> onDealRead(read);
            case Silent silent -> onSilent(silent.store());
            case Cancelled cancelled -> onCancelled(cancelled.outcome());
            case Tick.CHAIN_SILENT ->
                failUnreachable("no block was finalized for " + BLOCK_GAP_MAX.toMinutes() + " minutes");
            case Tick.INTRODUCTIONS_OVER -> onIntroductionsOver();
        }
        if (!ended && replicas.allProven() && request.isPresent())
            end(new Active(request.getAsLong(), new TreeMap<>(replicas.held())));
        return ended ? Behaviors.stopped() : this;
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PostStop) {
            following.close();
            end(Failures.interrupted(spent()));
        }
        return this;
    }

    private void onBlock(Block block) {
        head = block;
        timers.startSingleTimer(Tick.CHAIN_SILENT, BLOCK_GAP_MAX);
        if (!surveying) survey(block);
        for (Event event : block.events()) if (!ended) onEvent(event);
    }

    private void onEvent(Event event) {
        switch (event) {
            case Event.DealAccepted e when isOurs(e.request()) -> hold(e.store(), e.deal());
            case Event.DealActivated(long deal, long at) -> proven(deal, at);
            case Event.DealEnded e -> lost(e.deal(), e.outcome());
            case Event.RequestExpired e when isOurs(e.request()) -> closed("has expired");
            case Event.RequestCancelled e when isOurs(e.request()) && !cancelling -> closed("was cancelled");
            default -> {} // an open set on purpose: only these change where the replicas stand
        }
    }

    private boolean isOurs(long id) {
        return request.equals(OptionalLong.of(id));
    }

    // --- before anything is spent -----------------------------------------------------------------------------------

    private void survey(Block at) {
        surveying = true;
        Optional<Failed> refusal = Failures.ofTerms(terms, ledger.constants().maxReplicas());
        if (refusal.isPresent()) {
            end(refusal.get());
            return;
        }
        getContext()
                .pipeToSelf(
                        Survey.of(terms, at, ledger),
                        (found, error) -> error == null
                                ? new Surveyed(found)
                                : new ChainFailed(String.valueOf(error.getMessage())));
    }

    private void onSurveyed(Survey found) {
        BigInteger price = terms.priceMax().signum() > 0
                ? terms.priceMax()
                : found.candidates().marketPrice(terms.replicas());
        Candidates candidates = found.candidates().upTo(price);
        survey = new Survey(found.at(), candidates, found.credits());
        if (candidates.places() < terms.replicas()) {
            end(Failures.unplaced(terms, candidates));
            return;
        }
        terms = new StorageRequest(
                terms.content(), terms.piece(), terms.replicas(), terms.periods(), price, terms.tier(), terms.source());
        BigInteger reserve = Pricing.reserve(price, terms.piece(), terms.periods(), terms.replicas());
        BigInteger topUp = reserve.subtract(found.credits().free()).max(BigInteger.ZERO);
        listener.tell(new Quoted(price, reserve, topUp));
        if (topUp.signum() == 0) submitRequest();
        else submit("credits", new Call.TopUpCredits(topUp), ToppedUp::new);
    }

    private void onToppedUp(Submission outcome) {
        switch (outcome) {
            case Submission.Finalized _ -> submitRequest();
            case Submission.Failed refusal -> end(Failures.noFunds(ledger.account(), refusal));
            case Submission.Expired() -> failUnreachable("the chain did not take the purchase of credits in time");
        }
    }

    // --- request and offers -----------------------------------------------------------------------------------------

    private void submitRequest() {
        submit("request", new Call.RequestStorage(terms), RequestEnded::new);
    }

    private void submit(String step, Call call, Function<Submission, Command> ended) {
        getContext()
                .pipeToSelf(
                        ledger.submit(key + "/" + step, call),
                        (outcome, error) -> ended.apply(
                                error == null
                                        ? outcome
                                        : new Submission.Failed("Unavailable", String.valueOf(error.getMessage()))));
    }

    private void onRequestEnded(Submission outcome) {
        switch (outcome) {
            case Submission.Finalized(long block, var _, List<Event> events) -> {
                for (Event event : events)
                    if (event instanceof Event.StorageRequested made) request = OptionalLong.of(made.request());
                if (request.isEmpty()) {
                    end(Failures.refused("the chain announced no request", "report this: it is a defect"));
                    return;
                }
                listener.tell(new Requested(request.getAsLong(), block));
                timers.startSingleTimer(Tick.INTRODUCTIONS_OVER, INTRODUCTIONS);
                // The key may name a request of an earlier life of this placement: some of its replicas may be held.
                Block now = head;
                if (survey != null && block <= survey.at().number() && now != null) findDeals(now);
                else offerMore();
            }
            case Submission.Failed(String error, String text) ->
                end(Failures.refused(
                        "the chain refused the request: " + error + ": " + text, "see `stella put --help`"));
            case Submission.Expired() -> failUnreachable("the chain did not take the request in time");
        }
    }

    private void findDeals(Block at) {
        getContext()
                .pipeToSelf(
                        ledger.liveDeals(at.hash()),
                        (deals, error) -> error == null
                                ? new DealsFound(deals)
                                : new ChainFailed(String.valueOf(error.getMessage())));
    }

    private void onDealsFound(List<Deal> deals) {
        for (Deal deal : deals) if (isOurs(deal.request())) found(deal);
        offerMore();
    }

    private void found(Deal deal) {
        hold(deal.store(), deal.id());
        deal.activatedAt().ifPresent(at -> proven(deal.id(), at));
    }

    private void onStoresFound(Receptionist.Listing listing) {
        for (ActorRef<Store.Command> store : stores.present(listing.getServiceInstances(Store.SERVICE)))
            store.tell(new Store.Identify(identities));
    }

    private void onStoreKnown(Store.Identity identity) {
        stores.introduced(identity);
        offerMore();
    }

    private void onIntroductionsOver() {
        introductionsOver = true;
        offerMore();
    }

    private void offerMore() {
        if (survey == null || request.isEmpty() || cancelling || ended) return;
        Candidates candidates = survey.candidates();
        SortedSet<AccountId> unknown = stores.unknown(candidates.fitting().keySet());
        while (replicas.missing() > 0) {
            SortedSet<AccountId> excluded = new TreeSet<>(replicas.tried());
            excluded.addAll(unknown);
            Optional<AccountId> drawn = candidates.draw(excluded, replicas.holding(), chance);
            if (drawn.isEmpty()) {
                // A Store that is registered on chain but not known here may still introduce itself.
                boolean awaited = !introductionsOver && !unknown.isEmpty();
                if (replicas.nonePending() && !awaited) cancel();
                return;
            }
            offer(drawn.get());
        }
    }

    private void offer(AccountId store) {
        replicas.offer(store);
        timers.startSingleTimer(store, new Silent(store), SILENCE_MAX);
        listener.tell(new Offered(store));
        Store.Offer offer = new Store.Offer(request.orElseThrow(), "", replies);
        stores.find(store).ifPresent(ref -> ref.tell(offer));
    }

    private void onHeard(Store.OfferReply reply) {
        switch (reply) {
            case Store.TransferStatus(long id, AccountId store, long received, long total)
            when isOurs(id) && replicas.isPending(store) -> {
                timers.startSingleTimer(store, new Silent(store), SILENCE_MAX);
                listener.tell(new Transferring(store, received, total));
            }
            case Store.DealTaken(long id, AccountId store, long deal, BigInteger _)
            when isOurs(id) -> readDeal(store, deal);
            case Store.DealDeclined(long id, AccountId store, var reason)
            when isOurs(id) && replicas.isPending(store) -> refused(store, reason.sentence());
            case Store.TransferStatus _, Store.DealTaken _, Store.DealDeclined _ ->
                getContext().getLog().debug("came too late: {}", reply);
        }
    }

    /** A Store's word is not enough, and the blocks may already have passed in which the deal was opened and proven. */
    private void readDeal(AccountId store, long deal) {
        Block now = head;
        if (now == null || replicas.held().containsKey(store)) return;
        getContext()
                .pipeToSelf(
                        ledger.deal(deal, now.hash()),
                        (found, error) -> new DealRead(store, error == null ? found : Optional.empty()));
    }

    private void onDealRead(DealRead read) {
        // Not there yet: the Store saw a block that is still to come here, and its event will tell.
        if (read.deal().isEmpty()) return;
        Deal deal = read.deal().get();
        boolean ours = isOurs(deal.request()) && deal.store().equals(read.store());
        if (ours && deal.state().isLive()) found(deal);
        else if (replicas.isPending(read.store()))
            refused(read.store(), "named the deal " + deal.id() + ", which is none of this request that lives");
    }

    private void hold(AccountId store, long deal) {
        timers.cancel(store);
        if (survey == null || !replicas.hold(store, deal)) return;
        Ask ask = survey.candidates().fitting().get(store);
        listener.tell(new Taken(store, deal, ask == null ? terms.priceMax() : ask.price()));
    }

    private void proven(long deal, long at) {
        replicas.prove(deal).ifPresent(store -> listener.tell(new Proved(store, deal, at)));
    }

    private void lost(long deal, DealState outcome) {
        replicas.lose(deal).ifPresent(store -> refused(store, "its deal " + deal + " ended as " + outcome.word()));
    }

    private void onSilent(AccountId store) {
        if (replicas.isPending(store)) refused(store, "does not answer");
    }

    private void refused(AccountId store, String reason) {
        timers.cancel(store);
        replicas.refuse(store, reason);
        listener.tell(new Declined(store, reason));
        offerMore();
    }

    // --- the end ----------------------------------------------------------------------------------------------------

    private void cancel() {
        cancelling = true;
        submit("cancel", new Call.CancelRequest(request.orElseThrow()), Cancelled::new);
    }

    private void onCancelled(Submission outcome) {
        cancelling = false;
        if (replicas.allHeld()) return; // a Store that seemed silent took it after all: wait for the proofs
        endShort("could be placed", Failures.creditsAfter(outcome));
    }

    /** The request came to its end on chain. */
    private void closed(String how) {
        if (!replicas.allHeld()) endShort(how, "its credits are free again");
    }

    private void endShort(String what, String credits) {
        end(Failures.tooFew(request.orElseThrow(), what, replicas, credits));
    }

    private void failUnreachable(String what) {
        end(Failures.unreachable(what, spent()));
    }

    /** What stays set aside, in words, for a failure that leaves something behind. */
    private String spent() {
        return request.isEmpty()
                ? ""
                : "; request " + request.getAsLong() + " is on chain with " + replicas.share() + " Stores";
    }

    /** The last word. */
    private void end(Progress last) {
        if (ended) return;
        ended = true;
        listener.tell(last);
    }
}
