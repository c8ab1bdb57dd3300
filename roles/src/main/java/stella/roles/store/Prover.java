package stella.roles.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Signal;
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
import stella.protocol.piece.Piece;
import stella.protocol.possession.Challenges;
import stella.protocol.possession.LeafProof;
import stella.protocol.possession.PossessionProof;
import stella.roles.Ledger;
import stella.roles.Ledger.Submission;
import stella.roles.Vault;
import stella.roles.Vault.Proving;
import stella.roles.store.ProofSchedule.Due;
import stella.roles.store.ProofWork.Concern;

/**
 * Makes every due proof of one Store.
 *
 * <p>Keeps nothing across restarts: which proof is due follows from the chain at each finalized block (PP-7), and a proof that was
 * on its way when the process died is refused by the chain as already made, which is no harm.
 */
final class Prover extends AbstractMatchingBehavior<Prover.Command> {
    sealed interface Command {}

    /** Tell what became of these deals, which the asker holds. */
    record Watch(List<Long> deals) implements Command {
        Watch {
            deals = List.copyOf(deals);
        }
    }

    private record BlockSeen(Block block) implements Command {}

    private record DealsRead(DealBook.Reading reading, List<Deal> deals) implements Command {
        private DealsRead {
            deals = List.copyOf(deals);
        }
    }

    private record DealsUnread(DealBook.Reading reading, String cause) implements Command {}

    private record ProofMade(Due due, Hash seed, List<Long> asked, Proving outcome) implements Command {}

    private record ProofUnmade(Due due, String cause) implements Command {}

    private record ProofEnded(Due due, Submission outcome) implements Command {}

    /** Who wants to know; called on the actor's thread, must only pass it on. */
    interface Listener {
        /**
         * Deals of this Store as the chain has them now.
         *
         * @param all whether these are all that live
         */
        void seen(List<Deal> deals, boolean all);

        /** Something that needs a person. */
        void alarm(String text);
    }

    /** Proofs made from the disk at a time. */
    private static final int MAKING_MAX = 64;

    private final Ledger ledger;
    private final Vault vault;
    private final int attemptsMax;
    private final Listener listener;
    private final Ledger.Following following;

    private final DealBook book = new DealBook();
    private final SortedMap<Long, ProofWork> works = new TreeMap<>();
    private int making;
    private @Nullable Block head;

    static Behavior<Command> create(Ledger ledger, Vault vault, int attemptsMax, Listener listener) {
        Behavior<Command> prover =
                Behaviors.setup(context -> new Prover(context, ledger, vault, attemptsMax, listener));
        return Behaviors.supervise(prover)
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.1));
    }

    private Prover(ActorContext<Command> context, Ledger ledger, Vault vault, int attemptsMax, Listener listener) {
        super(context);
        this.ledger = ledger;
        this.vault = vault;
        this.attemptsMax = attemptsMax;
        this.listener = listener;
        ActorRef<Command> self = context.getSelf();
        this.following = ledger.follow(block -> self.tell(new BlockSeen(block)));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Watch watch -> onWatch(watch.deals());
            case BlockSeen seen -> onBlock(seen.block());
            case DealsRead read -> onDeals(read.reading(), read.deals());
            case DealsUnread unread -> onDealsUnread(unread);
            case ProofMade made -> onProofMade(made);
            case ProofUnmade unmade -> onProofUnmade(unmade);
            case ProofEnded ended -> onProofEnded(ended);
        }
        return this;
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PreRestart || signal instanceof PostStop) following.close();
        return this;
    }

    // --- deals ------------------------------------------------------------------------------------------------------

    private void onBlock(Block block) {
        head = block;
        for (Event event : block.events()) ownDeal(event).ifPresent(book::changed);
        book.advance(block.number());
        read(block);
        prove(block);
    }

    private void onWatch(List<Long> deals) {
        book.watch(deals);
        if (head != null) read(head);
    }

    private Optional<Long> ownDeal(Event event) {
        AccountId self = ledger.account();
        return switch (event) {
            case Event.DealAccepted e when e.store().equals(self) -> Optional.of(e.deal());
            case Event.ProofAccepted e when e.store().equals(self) -> Optional.of(e.deal());
            case Event.ProofRejected e when e.store().equals(self) -> Optional.of(e.deal());
            case Event.Fault e when e.store().equals(self) -> Optional.of(e.deal());
            case Event.DealEnded e when e.store().equals(self) -> Optional.of(e.deal());
            case Event.DealActivated e when book.deal(e.deal()).isPresent() -> Optional.of(e.deal());
            default -> Optional.empty(); // an open set on purpose: only these change a deal of ours
        };
    }

    private void read(Block at) {
        Optional<DealBook.Reading> next = book.next();
        if (next.isEmpty()) return;
        DealBook.Reading reading = next.get();
        CompletionStage<List<Deal>> found = switch (reading) {
            case DealBook.Reading.All() -> ledger.liveDeals(at.hash());
            case DealBook.Reading.Some(List<Long> deals) -> each(deals, at);
        };
        getContext()
                .pipeToSelf(
                        found,
                        (deals, error) -> error == null
                                ? new DealsRead(reading, deals)
                                : new DealsUnread(reading, String.valueOf(error.getMessage())));
    }

    private CompletionStage<List<Deal>> each(List<Long> ids, Block at) {
        List<CompletionStage<Optional<Deal>>> all =
                ids.stream().map(id -> ledger.deal(id, at.hash())).toList();
        CompletionStage<List<Deal>> found = CompletableFuture.completedStage(List.of());
        for (CompletionStage<Optional<Deal>> one : all)
            found = found.thenCombine(
                    one,
                    (before, deal) ->
                            Stream.concat(before.stream(), deal.stream()).toList());
        return found;
    }

    private void onDealsUnread(DealsUnread unread) {
        book.forget(unread.reading());
        getContext().getLog().warn("deals cannot be read, trying again with the next block: {}", unread.cause());
    }

    private void onDeals(DealBook.Reading reading, List<Deal> found) {
        List<Deal> own = found.stream()
                .filter(deal -> deal.store().equals(ledger.account()))
                .toList();
        book.learn(reading, own);
        works.keySet().removeIf(deal -> book.deal(deal).isEmpty());
        listener.seen(own, reading instanceof DealBook.Reading.All);
        Block now = head;
        if (now == null) return;
        read(now);
        prove(now);
    }

    // --- proofs -----------------------------------------------------------------------------------------------------

    private void prove(Block now) {
        for (Deal deal : book.certain()) {
            Optional<Due> due = ProofSchedule.due(deal, now.number(), ledger.constants());
            if (due.isEmpty()) works.remove(deal.id());
            else attend(deal, due.get(), now);
        }
    }

    private void attend(Deal deal, Due due, Block now) {
        ProofWork work = works.get(deal.id());
        if (work == null || !work.due().equals(due)) {
            work = new ProofWork(due);
            works.put(deal.id(), work);
        }
        // Also while a proof is on its way: one that hangs is what a person must hear of.
        if (due.isLate(now.number()))
            raise(work, Concern.LATE, "half of the proving window has passed without an accepted proof");
        if (!work.ready(now.number()) || work.attempts() >= attemptsMax || making >= MAKING_MAX) return;
        work.begin();
        making++;
        make(deal, due, now);
    }

    private void make(Deal deal, Due due, Block now) {
        int challenges = ledger.constants().challengesPerProof();
        getContext()
                .pipeToSelf(
                        ledger.seed(due.seedBlock(), now.hash()).thenCompose(seed -> {
                            Hash known = seed.orElseThrow(() ->
                                    new Ledger.Unavailable("the seed of block " + due.seedBlock() + " is not there"));
                            List<Long> leaves = Challenges.of(known, deal.id(), deal.piece(), challenges);
                            return vault.prove(deal.piece(), leaves)
                                    .<Command>thenApply(outcome -> new ProofMade(due, known, leaves, outcome));
                        }),
                        (made, error) ->
                                error == null ? made : new ProofUnmade(due, String.valueOf(error.getMessage())));
    }

    /** The work that an outcome belongs to; empty when its deal has gone on meanwhile. */
    private Optional<ProofWork> workOf(Due due) {
        return Optional.ofNullable(works.get(due.deal()))
                .filter(work -> work.due().equals(due));
    }

    private void onProofMade(ProofMade made) {
        making = Math.max(0, making - 1); // one made before a restart was not counted since
        workOf(made.due()).ifPresent(work -> onProofMade(work, made));
        // Proofs beyond the bound wait for a place; half of them at a time, or every proof would cost a walk over all
        // deals.
        if (making == MAKING_MAX / 2 && head != null) prove(head);
    }

    private void onProofMade(ProofWork work, ProofMade made) {
        Optional<Deal> deal = book.deal(made.due().deal());
        Block now = head;
        if (deal.isEmpty() || now == null) return;
        long next = now.number() + 1;
        switch (made.outcome()) {
            case Proving.Proven(var leaves)
            when answers(deal.get().piece(), made.asked(), leaves) -> {
                // A slow disk: the chain would only refuse it.
                if (now.number() >= made.due().deadline() - 1) work.rest(next);
                else submit(work, new PossessionProof(made.seed(), leaves));
            }
            case Proving.Proven(var _) -> {
                work.rest(next);
                raise(work, Concern.DAMAGED, "the leaves read do not lead to the piece's root");
            }
            case Proving.Missing() -> {
                work.rest(next);
                raise(work, Concern.MISSING, "the piece is not in the vault, no proof can be made");
            }
            case Proving.Damaged(String detail) -> {
                work.rest(next);
                raise(work, Concern.DAMAGED, "the piece is damaged: " + detail);
            }
        }
    }

    /** A false proof is hard evidence against its maker (PP-5), so nothing leaves here that the chain would not accept. */
    private static boolean answers(Piece piece, List<Long> asked, List<LeafProof> leaves) {
        if (leaves.size() != asked.size()) return false;
        for (int i = 0; i < leaves.size(); i++)
            if (leaves.get(i).index() != asked.get(i) || !leaves.get(i).leadsTo(piece)) return false;
        return true;
    }

    private void submit(ProofWork work, PossessionProof proof) {
        Due due = work.due();
        String key = due.key() + "/" + work.submit();
        getContext()
                .pipeToSelf(
                        ledger.submit(key, new Call.SubmitProof(due.deal(), proof)),
                        (outcome, error) -> new ProofEnded(
                                due,
                                error == null
                                        ? outcome
                                        : new Submission.Failed("Unavailable", String.valueOf(error.getMessage()))));
    }

    private void onProofUnmade(ProofUnmade unmade) {
        making = Math.max(0, making - 1);
        getContext()
                .getLog()
                .warn("deal {}: no proof yet, trying again: {}", unmade.due().deal(), unmade.cause());
        Block now = head;
        if (now != null) workOf(unmade.due()).ifPresent(work -> work.rest(now.number() + 1));
    }

    private void onProofEnded(ProofEnded ended) {
        Block now = head;
        if (now == null) return;
        workOf(ended.due()).ifPresent(work -> {
            switch (ended.outcome()) {
                // The block with the proof may be ahead of those seen here.
                case Submission.Finalized(long block, var _, var _) -> work.rest(block);
                case Submission.Failed(String error, String text) -> onRefused(work, now, error + ": " + text);
                case Submission.Expired() -> onRefused(work, now, "the chain did not take it in time");
            }
        });
        // Whatever came of it, the chain's copy of the deal says what to do next.
        book.changed(ended.due().deal());
        read(now);
    }

    private void onRefused(ProofWork work, Block now, String why) {
        work.rest(now.number() + work.pause());
        getContext().getLog().warn("deal {}: proof refused: {}", work.due().deal(), why);
        if (work.attempts() >= attemptsMax)
            raise(work, Concern.REFUSED, work.attempts() + " proofs were refused, the last because " + why);
    }

    private void raise(ProofWork work, Concern concern, String text) {
        if (work.concerns(concern)) listener.alarm("deal " + work.due().deal() + ": " + text);
    }
}
