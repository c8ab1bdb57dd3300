package stella.roles.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.chain.Block;
import stella.protocol.chain.Call;
import stella.protocol.chain.Event;
import stella.protocol.deal.Deal;
import stella.protocol.possession.Challenges;
import stella.protocol.possession.PossessionProof;
import stella.roles.Ledger;
import stella.roles.Ledger.Submission;
import stella.roles.Vault;
import stella.roles.Vault.Proving;
import stella.roles.store.ProofSchedule.Due;

/**
 * Makes every due proof of one Store.
 *
 * <p>Keeps nothing across restarts: which proof is due follows from the chain at each finalized block (PP-7), and a proof that was
 * on its way when the process died is refused by the chain as already made, which is no harm.
 */
final class Prover extends AbstractMatchingBehavior<Prover.Command> {
    sealed interface Command {}

    private record BlockSeen(Block block) implements Command {}

    private record DealsRead(List<Deal> deals) implements Command {}

    private record DealsUnread(String cause) implements Command {}

    private record ProofMade(Due due, Hash seed, Proving outcome) implements Command {}

    private record ProofUnmade(Due due, String cause) implements Command {}

    private record ProofEnded(Due due, Submission outcome) implements Command {}

    /** Who wants to know; called on the actor's thread, must only pass it on. */
    interface Listener {
        /** A deal of this Store as the chain has it now. */
        void seen(Deal deal);

        /** Something that needs a person. */
        void alarm(String text);
    }

    private final Ledger ledger;
    private final Vault vault;
    private final int attemptsMax;
    private final Listener listener;

    private final SortedMap<Long, Deal> deals = new TreeMap<>();
    private final SortedSet<Due> proving = new TreeSet<>();
    private final SortedMap<Due, Integer> attempts = new TreeMap<>();
    private @Nullable Block head;
    private boolean scanned;

    static Behavior<Command> create(Ledger ledger, Vault vault, int attemptsMax, Listener listener) {
        Behavior<Command> prover = Behaviors.setup(context -> {
            ActorRef<Command> self = context.getSelf();
            ledger.follow(block -> self.tell(new BlockSeen(block)));
            return new Prover(context, ledger, vault, attemptsMax, listener);
        });
        return Behaviors.supervise(prover).onFailure(SupervisorStrategy.restart());
    }

    private Prover(ActorContext<Command> context, Ledger ledger, Vault vault, int attemptsMax, Listener listener) {
        super(context);
        this.ledger = ledger;
        this.vault = vault;
        this.attemptsMax = attemptsMax;
        this.listener = listener;
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case BlockSeen seen -> onBlock(seen.block());
            case DealsRead read -> onDeals(read.deals());
            case DealsUnread unread -> onDealsUnread(unread.cause());
            case ProofMade made -> onProofMade(made);
            case ProofUnmade unmade -> onProofUnmade(unmade);
            case ProofEnded ended -> onProofEnded(ended);
        }
        return this;
    }

    private void onBlock(Block block) {
        head = block;
        if (!scanned) {
            scanned = true;
            read(ledger.liveDeals(block.hash()));
            return;
        }
        SortedSet<Long> stale = new TreeSet<>();
        for (Event event : block.events()) ownDeal(event).ifPresent(stale::add);
        for (Deal deal : deals.values()) if (block.number() >= ProofSchedule.staleFrom(deal)) stale.add(deal.id());
        for (long deal : stale) readOne(deal, block);
        for (Deal deal : deals.values()) if (!stale.contains(deal.id())) proveIfDue(deal, block);
    }

    private Optional<Long> ownDeal(Event event) {
        AccountId self = ledger.account();
        return switch (event) {
            case Event.DealAccepted e when e.store().equals(self) -> Optional.of(e.deal());
            case Event.ProofAccepted e when e.store().equals(self) -> Optional.of(e.deal());
            case Event.ProofRejected e when e.store().equals(self) -> Optional.of(e.deal());
            case Event.Fault e when e.store().equals(self) -> Optional.of(e.deal());
            case Event.DealEnded e when e.store().equals(self) -> Optional.of(e.deal());
            case Event.DealActivated e when deals.containsKey(e.deal()) -> Optional.of(e.deal());
            default -> Optional.empty(); // an open set on purpose: only these change a deal of ours
        };
    }

    private void readOne(long deal, Block at) {
        read(ledger.deal(deal, at.hash()).thenApply(found -> found.map(List::of).orElse(List.of())));
    }

    private void read(CompletionStage<List<Deal>> reading) {
        getContext()
                .pipeToSelf(
                        reading,
                        (found, error) ->
                                error == null ? new DealsRead(found) : new DealsUnread(String.valueOf(error)));
    }

    private void onDealsUnread(String cause) {
        getContext().getLog().warn("deals cannot be read, trying again with the next block: {}", cause);
        scanned = false;
    }

    private void onDeals(List<Deal> read) {
        for (Deal deal : read) {
            if (!deal.store().equals(ledger.account())) continue;
            if (deal.state().isLive()) deals.put(deal.id(), deal);
            else deals.remove(deal.id());
            attempts.keySet().removeIf(due -> due.deal() == deal.id() && due.period() < deal.period());
            listener.seen(deal);
        }
        Block now = head;
        if (now != null) for (Deal deal : new ArrayList<>(deals.values())) proveIfDue(deal, now);
    }

    private void proveIfDue(Deal deal, Block at) {
        Optional<Due> found = ProofSchedule.due(deal, at.number(), ledger.constants());
        if (found.isEmpty() || proving.contains(found.get())) return;
        Due due = found.get();
        if (attempts.getOrDefault(due, 0) >= attemptsMax) return;
        if (due.isLate(at.number()))
            listener.alarm("deal " + due.deal() + ": half of the proving window has passed without an accepted proof");
        proving.add(due);
        int challenges = ledger.constants().challengesPerProof();
        getContext()
                .pipeToSelf(
                        ledger.seed(due.seedBlock(), at.hash()).thenCompose(seed -> {
                            Hash known = seed.orElseThrow(() ->
                                    new Ledger.Unavailable("the seed of block " + due.seedBlock() + " is not there"));
                            List<Long> leaves = Challenges.of(known, deal.id(), deal.piece(), challenges);
                            return vault.prove(deal.piece(), leaves)
                                    .<Command>thenApply(outcome -> new ProofMade(due, known, outcome));
                        }),
                        (made, error) ->
                                error == null ? made : new ProofUnmade(due, String.valueOf(error.getMessage())));
    }

    private void onProofMade(ProofMade made) {
        Due due = made.due();
        switch (made.outcome()) {
            case Proving.Proven(var leaves) -> {
                int attempt = attempts.merge(due, 1, Integer::sum);
                Call call = new Call.SubmitProof(due.deal(), new PossessionProof(made.seed(), leaves));
                getContext()
                        .pipeToSelf(
                                ledger.submit(due.key() + "/" + attempt, call),
                                (outcome, error) -> new ProofEnded(
                                        due,
                                        error == null
                                                ? outcome
                                                : new Submission.Failed(
                                                        "Unavailable", String.valueOf(error.getMessage()))));
            }
            case Proving.Missing() -> {
                proving.remove(due);
                listener.alarm("deal " + due.deal() + ": the piece is not in the vault, no proof can be made");
            }
            case Proving.Damaged(String detail) -> {
                proving.remove(due);
                listener.alarm("deal " + due.deal() + ": the piece is damaged: " + detail);
            }
        }
    }

    private void onProofUnmade(ProofUnmade unmade) {
        proving.remove(unmade.due());
        getContext()
                .getLog()
                .warn("deal {}: no proof yet, trying again: {}", unmade.due().deal(), unmade.cause());
    }

    private void onProofEnded(ProofEnded ended) {
        proving.remove(ended.due());
        if (ended.outcome() instanceof Submission.Failed(String error, String text))
            getContext()
                    .getLog()
                    .warn("deal {}: proof refused: {}: {}", ended.due().deal(), error, text);
        // Whatever came of it, the chain's copy of the deal says what to do next.
        Block now = head;
        if (now != null) readOne(ended.due().deal(), now);
    }
}
