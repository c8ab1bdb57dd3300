package stella.roles.inspector;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import stella.protocol.Hash;
import stella.protocol.inspection.Timeline;
import stella.protocol.role.ReputationChange;
import stella.protocol.role.ReputationEntry;
import stella.roles.Ledger;

/**
 * Reputation from chain data alone (RE-1, RE-2): opens and evaluates every epoch from genesis on, by the code of an Inspector that was
 * there from the first block, and compares each result with what a quorum adopted. Nobody but the chain is asked and nothing is sent.
 *
 * <p>The chain's maps forget the evidence of an epoch after four more, so everything is read at the blocks at which Inspectors read it:
 * the first ones of epochs. The node behind the ledger must still have their states.
 */
public final class Recomputation {
    /**
     * An epoch worked out again.
     *
     * @param adopted by a quorum; empty when the epoch was carried over
     * @param difference when {@code adopted} is not the digest computed here: the first entry that shows it
     */
    public record Finding(Evaluation evaluation, Optional<Hash> adopted, Optional<Difference> difference) {
        public boolean agrees() {
            return difference.isEmpty();
        }
    }

    /**
     * Where the chain's map of reputation and a result part.
     *
     * @param who the role; empty when all entries are equal, and the states behind them are not
     * @param field {@code score}, {@code standing}, {@code weight} or {@code change}
     */
    public record Difference(Optional<Ledger.Node> who, String field, String onChain, String here) {}

    private final Ledger ledger;
    private final Timeline timeline;
    private final Reading reading;

    /** @param executor carries the computation */
    public Recomputation(Ledger ledger, Executor executor) {
        this.ledger = ledger;
        this.timeline = new Timeline(ledger.constants().epochLength());
        Offline nobody = new Offline();
        InspectorSettings settings = InspectorSettings.DEFAULT;
        this.reading = new Reading(
                ledger,
                new Probe(nobody, settings),
                new AskProbe(ledger, nobody, settings, () -> null),
                new Peers(nobody, settings),
                executor);
    }

    /** The block by which the result of {@code epoch} is settled. */
    public long settledAt(long epoch) {
        return timeline.settledAt(epoch);
    }

    /**
     * Works out {@code epoch} and all before it. Fails with {@link Ledger.Unavailable} when the chain does not tell what it needs.
     *
     * @param each is told every epoch in turn
     * @return the finding of {@code epoch}, or of the first epoch before it that does not agree with the chain
     */
    public CompletionStage<Finding> of(long epoch, Consumer<Finding> each) {
        return from(0, Memory.EMPTY, epoch, each);
    }

    private CompletionStage<Finding> from(long opening, Memory memory, long wanted, Consumer<Finding> each) {
        return reading.open(memory, new Audit.Effect.Open(opening, timeline.firstBlock(opening)), Hash.ZERO)
                .thenCompose(fact -> {
                    if (fact instanceof Fact.Skipped(long skipped, String reason))
                        return unavailable("epoch " + skipped + " cannot be opened: " + reason);
                    Memory opened = memory.apply(fact, 1);
                    return opened.result() instanceof Result.Wanted(long due)
                            ? evaluate(due, opened, wanted, each)
                            : from(opening + 1, opened, wanted, each);
                });
    }

    private CompletionStage<Finding> evaluate(long epoch, Memory opened, long wanted, Consumer<Finding> each) {
        return reading.evaluate(opened, new Audit.Effect.Evaluate(epoch, timeline.evaluateAt(epoch)))
                .thenCompose(fact -> {
                    Memory evaluated = opened.apply(fact, 1);
                    Evaluation result = evaluated.result().workedOut().orElseThrow();
                    return judge(result).thenCompose(finding -> {
                        each.accept(finding);
                        return epoch >= wanted || !finding.agrees()
                                ? CompletableFuture.completedStage(finding)
                                : from(opened.opened() + 1, evaluated, wanted, each);
                    });
                });
    }

    private CompletionStage<Finding> judge(Evaluation result) {
        long block = settledAt(result.epoch());
        return ledger.blockHash(block)
                .thenCompose(at -> at.isEmpty()
                        ? unavailable("epoch " + result.epoch() + " is not settled before block " + block)
                        : ledger.adopted(result.epoch(), at.get())
                                .thenCompose(adopted -> ledger.reputation(at.get())
                                        .thenApply(onChain ->
                                                new Finding(result, adopted, difference(result, adopted, onChain)))));
    }

    private static Optional<Difference> difference(
            Evaluation result, Optional<Hash> adopted, Map<Ledger.Node, ReputationEntry> onChain) {
        if (adopted.isEmpty() || adopted.get().equals(result.digest())) return Optional.empty();
        Map<Ledger.Node, ReputationChange> here = new TreeMap<>();
        for (ReputationChange change : result.changes().entries())
            here.put(new Ledger.Node(change.role(), change.account()), change);
        TreeSet<Ledger.Node> all = new TreeSet<>(here.keySet());
        onChain.forEach((node, entry) -> {
            if (entry.epoch() == result.epoch()) all.add(node);
        });
        for (Ledger.Node node : all) {
            Optional<Difference> found = difference(node, onChain.get(node), here.get(node), result.epoch());
            if (found.isPresent()) return found;
        }
        return Optional.of(new Difference(
                Optional.empty(),
                "state",
                "result " + adopted.get(),
                "result " + result.digest() + " with state " + result.changes().state()));
    }

    private static Optional<Difference> difference(
            Ledger.Node who, @Nullable ReputationEntry onChain, @Nullable ReputationChange here, long epoch) {
        if (here == null)
            return Optional.of(new Difference(Optional.of(who), "change", String.valueOf(onChain), "none"));
        if (onChain == null || onChain.epoch() != epoch)
            return Optional.of(new Difference(Optional.of(who), "change", "none", here.toString()));
        if (onChain.scorePpm() != here.scorePpm()) return differs(who, "score", onChain.scorePpm(), here.scorePpm());
        if (onChain.standing() != here.standing()) return differs(who, "standing", onChain.standing(), here.standing());
        if (onChain.weightPpm() != here.weightPpm())
            return differs(who, "weight", onChain.weightPpm(), here.weightPpm());
        return Optional.empty();
    }

    private static Optional<Difference> differs(Ledger.Node who, String field, Object onChain, Object here) {
        return Optional.of(new Difference(Optional.of(who), field, onChain.toString(), here.toString()));
    }

    private static <T> CompletionStage<T> unavailable(String why) {
        return CompletableFuture.failedStage(new Ledger.Unavailable(why));
    }
}
