package stella.roles.fakes;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.chain.Block;
import stella.protocol.chain.Call;
import stella.protocol.chain.Event;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Credits;
import stella.protocol.deal.Deal;
import stella.protocol.deal.Request;
import stella.protocol.deal.RequestState;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.Standing;
import stella.roles.Ledger;
import stella.roles.Ledger.Submission;

/**
 * A miniature of the chain: one block for each {@link #mine}, which takes in every submission that waits. The rules of requests,
 * deals and proofs are those of the pallet ({@link FakeRules}); money is not counted.
 */
public final class FakeChain {
    private static final long PATIENCE_SECONDS = 10;

    /** A call that was handed over. */
    public record Submitted(AccountId account, String key, Call call, long afterBlock) {}

    private record Waiting(Submitted submitted, CompletableFuture<Submission> outcome) {}

    private record Interference(Predicate<Call> of, Submission outcome) {}

    final SortedMap<Long, Request> requests = new TreeMap<>();
    final SortedMap<Long, Deal> deals = new TreeMap<>();
    final SortedMap<AccountId, Ask> asks = new TreeMap<>();
    final SortedMap<AccountId, RoleEntry> stores = new TreeMap<>();
    final SortedMap<Ledger.Node, ReputationEntry> reputation = new TreeMap<>();
    final SortedMap<AccountId, Credits> credits = new TreeMap<>();

    private final FakeRules rules = new FakeRules(this);
    private final List<Consumer<Block>> followers = new ArrayList<>();
    private final Map<String, CompletableFuture<Submission>> byKey = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Interference> interferences = new ArrayList<>();
    private final List<Submitted> all = new ArrayList<>();
    private final BlockingQueue<Submitted> unseen = new LinkedBlockingQueue<>();
    private long height = 9;
    private boolean reachable = true;
    private boolean holding;
    private boolean holdingReadings;
    private final List<Runnable> heldReadings = new ArrayList<>();
    private final List<Class<? extends Call>> broken = new ArrayList<>();

    public FakeLedger ledgerOf(AccountId account) {
        return new FakeLedger(this, account);
    }

    // --- what the test sets up --------------------------------------------------------------------------------------

    public synchronized FakeChain withStore(AccountId account, Ask ask) {
        stores.put(account, Samples.store(account));
        asks.put(account, ask);
        return this;
    }

    public synchronized void standing(AccountId store, Standing standing, int scorePpm) {
        reputation.put(new Ledger.Node(Role.STORE, store), new ReputationEntry(scorePpm, standing, 0, 1));
    }

    public synchronized void credits(AccountId account, long free) {
        credits.put(account, new Credits(BigInteger.valueOf(free), BigInteger.ZERO));
    }

    public synchronized void put(Deal deal) {
        deals.put(deal.id(), deal);
    }

    /** Adds an open request without a submission; its number. */
    public synchronized long request(AccountId client, stella.protocol.deal.StorageRequest terms) {
        return rules.open(client, terms);
    }

    /** The next submission of this kind ends so instead of being judged by the rules. */
    public synchronized void interfere(Class<? extends Call> kind, Submission outcome) {
        interferences.add(new Interference(kind::isInstance, outcome));
    }

    /** The next submission of this kind breaks the promise of the port: nothing is known of its outcome. */
    public synchronized void breakSubmission(Class<? extends Call> kind) {
        broken.add(kind);
    }

    /** While true, readings get no answer; each has the state of its time. */
    public synchronized void holdReadings(boolean yes) {
        holdingReadings = yes;
    }

    public synchronized int heldReadings() {
        return heldReadings.size();
    }

    /** Answers every reading that was held. */
    public void answerReadings() {
        List<Runnable> answers;
        synchronized (this) {
            answers = List.copyOf(heldReadings);
            heldReadings.clear();
        }
        answers.forEach(Runnable::run);
    }

    /** While true, blocks come without submissions. */
    public synchronized void holdSubmissions(boolean yes) {
        holding = yes;
    }

    /** While false, every reading fails. */
    public synchronized void reachable(boolean yes) {
        reachable = yes;
    }

    // --- what the test does and sees --------------------------------------------------------------------------------

    /** Finalizes one block with everything that waits. */
    public Block mine() {
        return mine(List.of());
    }

    /** Finalizes one block with these events besides. */
    public Block mine(List<Event> extra) {
        List<Runnable> after = new ArrayList<>();
        Block block;
        List<Consumer<Block>> told;
        synchronized (this) {
            height++;
            List<Event> events = new ArrayList<>(rules.settle(height));
            if (!holding) {
                for (Waiting one : waiting) after.add(include(one, events));
                waiting.clear();
            }
            events.addAll(extra);
            block = new Block(height, hash(height), hash(height - 1), events);
            told = List.copyOf(followers);
        }
        told.forEach(follower -> follower.accept(block));
        after.forEach(Runnable::run);
        return block;
    }

    public void mineTo(long block) {
        while (height() < block) mine();
    }

    private Runnable include(Waiting one, List<Event> events) {
        Call call = one.submitted().call();
        for (Interference interference : interferences)
            if (interference.of().test(call)) {
                interferences.remove(interference);
                return () -> one.outcome().complete(interference.outcome());
            }
        List<Event> caused = new ArrayList<>();
        Optional<String> error = rules.apply(one.submitted().account(), call, height, caused);
        events.addAll(caused);
        long block = height;
        return () -> one.outcome()
                .complete(
                        error.isEmpty()
                                ? new Submission.Finalized(block, hash(block), caused)
                                : new Submission.Failed(error.get(), "by the rules"));
    }

    /** Hands a call over that gets into the block before all others. */
    public synchronized void putFirst(AccountId account, String key, Call call) {
        var _ = submit(account, key, call);
        waiting.addFirst(waiting.removeLast());
    }

    /** The next submission that nobody has waited for yet. */
    public Submitted awaitSubmitted() {
        try {
            Submitted next = unseen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) throw new AssertionError("nothing was submitted; so far: " + submitted());
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits for the next submission, which must be of this kind. */
    public <C extends Call> C awaitSubmitted(Class<C> kind) {
        Submitted next = awaitSubmitted();
        if (!kind.isInstance(next.call())) throw new AssertionError("expected a " + kind + ", found " + next);
        return kind.cast(next.call());
    }

    public synchronized List<Submitted> submitted() {
        return List.copyOf(all);
    }

    public synchronized long count(Class<? extends Call> kind) {
        return all.stream().filter(one -> kind.isInstance(one.call())).count();
    }

    public synchronized long height() {
        return height;
    }

    public synchronized Deal deal(long id) {
        return Optional.ofNullable(deals.get(id)).orElseThrow(() -> new AssertionError("there is no deal " + id));
    }

    public synchronized RequestState requestState(long id) {
        return Optional.ofNullable(requests.get(id))
                .orElseThrow(() -> new AssertionError("there is no request " + id))
                .state();
    }

    /** The live deal of a Store for a request. */
    public synchronized Deal dealOf(long request, AccountId store) {
        return deals.values().stream()
                .filter(deal -> deal.request() == request
                        && deal.store().equals(store)
                        && deal.state().isLive())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no deal of " + store + " for request " + request));
    }

    /** Activates a deal without a proof. */
    public Block activate(long deal) {
        synchronized (this) {
            rules.activate(deal, height + 1);
        }
        return mine(List.of(new Event.DealActivated(deal, height() + 1)));
    }

    public synchronized int followers() {
        return followers.size();
    }

    // --- what the ledger asks ---------------------------------------------------------------------------------------

    synchronized void follow(Consumer<Block> listener) {
        followers.add(listener);
        if (height > 9) listener.accept(new Block(height, hash(height), hash(height - 1), List.of()));
    }

    synchronized void unfollow(Consumer<Block> listener) {
        followers.remove(listener);
    }

    synchronized CompletableFuture<Submission> submit(AccountId account, String key, Call call) {
        for (Class<? extends Call> kind : broken)
            if (kind.isInstance(call)) {
                broken.remove(kind);
                return CompletableFuture.failedFuture(new IllegalStateException("the outbox is gone"));
            }
        return byKey.computeIfAbsent(account + " " + key, _ -> {
            Submitted submitted = new Submitted(account, key, call, height);
            CompletableFuture<Submission> outcome = new CompletableFuture<>();
            all.add(submitted);
            unseen.add(submitted);
            waiting.add(new Waiting(submitted, outcome));
            return outcome;
        });
    }

    synchronized <T> CompletableFuture<T> read(java.util.function.Supplier<T> answer) {
        if (!reachable) return CompletableFuture.failedFuture(new Ledger.Unavailable("the test cut the line"));
        T now = answer.get();
        if (!holdingReadings) return CompletableFuture.completedFuture(now);
        CompletableFuture<T> later = new CompletableFuture<>();
        heldReadings.add(() -> later.complete(now));
        return later;
    }

    static Hash hash(long block) {
        return Samples.hash(block);
    }

    /** The randomness of a block. */
    static Hash seed(long block) {
        return Samples.hash(-block);
    }
}
