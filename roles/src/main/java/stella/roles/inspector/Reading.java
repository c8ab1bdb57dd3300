package stella.roles.inspector;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import stella.protocol.Hash;
import stella.protocol.chain.Constants;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.inspection.Receipt;
import stella.protocol.inspection.Timeline;
import stella.roles.Ledger;

/**
 * Turns what the chain and the subjects say into facts. Each stage completes with one fact, or fails with a reason to try again.
 *
 * <p>Drawing tasks and evaluating take seconds in a large network, so they run on {@code executor}, never in the actor.
 */
final class Reading {
    private final Ledger ledger;
    private final Probe probe;
    private final Executor executor;

    Reading(Ledger ledger, Probe probe, Executor executor) {
        this.ledger = ledger;
        this.probe = probe;
        this.executor = executor;
    }

    /** @param secret fresh, for this epoch */
    CompletionStage<Fact> open(Memory memory, Audit.Effect.Open open, Hash secret) {
        return atBlock(
                open.firstBlock(),
                at -> census(open.epoch(), at)
                        .thenApplyAsync(census -> opened(memory, open, secret, census), executor));
    }

    private CompletionStage<Optional<Census>> census(long epoch, Hash at) {
        var info = ledger.epoch(epoch, at);
        var roles = ledger.roles(at);
        var deals = ledger.liveDeals(at);
        var reputation = ledger.reputation(at);
        var anchors = ledger.anchors(at);
        long before = epoch - Timeline.EPOCHS_IN_FLIGHT;
        CompletionStage<Optional<Hash>> settled =
                before < 0 ? CompletableFuture.completedStage(Optional.empty()) : ledger.adopted(before, at);
        return info.thenCompose(i -> roles.thenCompose(r -> deals.thenCompose(d -> reputation.thenCompose(p ->
                anchors.thenCompose(a -> settled.thenApply(s -> i.map(known -> new Census(known, r, d, p, a, s))))))));
    }

    private Fact opened(Memory memory, Audit.Effect.Open open, Hash secret, Optional<Census> census) {
        if (census.isEmpty()) return new Fact.Skipped(open.epoch(), "the chain had no such epoch");
        Constants constants = ledger.constants();
        Plan plan =
                census.get().plan(memory.drawing(open.epoch(), census.get().settled()), constants, open.firstBlock());
        return new Fact.Opened(
                census.get().info(),
                census.get().members(open.firstBlock()),
                plan,
                secret,
                census.get().settled());
    }

    CompletionStage<Fact> evaluate(Memory memory, Audit.Effect.Evaluate evaluate) {
        EpochWork work = memory.inFlight(evaluate.epoch());
        EpochWork now = memory.inFlight(memory.opened());
        return atBlock(evaluate.block(), at -> {
            var reveals = ledger.reveals(evaluate.epoch(), at);
            var hard = ledger.hardRecords(evaluate.epoch(), at);
            var reputation = ledger.reputation(at);
            return reveals.thenCompose(
                            r -> hard.thenCompose(h -> reputation.thenApply(p -> new Evaluation.Findings(r, h, p))))
                    .thenApplyAsync(
                            findings -> new Fact.Evaluated(Evaluation.of(
                                    evaluate.epoch(),
                                    memory.adopted(),
                                    work.members(),
                                    work.plan(),
                                    findings,
                                    now.members())),
                            executor);
        });
    }

    /** @param head a recent finalized block: what counts is the deal as it is now */
    CompletionStage<Fact> inspect(Memory memory, Audit.Effect.Inspect inspect, Hash head) {
        EpochWork work = memory.inFlight(inspect.epoch());
        Plan.Duty duty = inspect.duty();
        Optional<Member> subject = work.member(duty.subject());
        if (subject.isEmpty()) return CompletableFuture.completedStage(waived(inspect));
        return ledger.deal(work.plan().item(duty).deal(), head)
                .thenCompose(deal -> deal.isEmpty() || deal.get().state() != DealState.ACTIVE
                        ? CompletableFuture.completedStage(waived(inspect))
                        : look(work, inspect, deal.get(), subject.get().endpoint()));
    }

    private CompletionStage<Fact> look(EpochWork work, Audit.Effect.Inspect inspect, Deal deal, String endpoint) {
        Plan.Duty duty = inspect.duty();
        Inspection inspection;
        try {
            long leaf = Receipt.leaf(work.info().seed(), ledger.account(), duty.subject(), duty.index(), deal.piece());
            inspection = Inspection.of(work.plan().item(duty), deal.content(), deal.piece(), leaf);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedStage(waived(inspect)); // the client's own mistake: no CID, or no data
        }
        return probe.run(inspection, endpoint)
                .thenApply(step -> step instanceof Inspection.Step.Done(var outcome)
                        ? new Fact.Found(inspect.epoch(), duty, Optional.of(outcome))
                        : waived(inspect));
    }

    private static Fact waived(Audit.Effect.Inspect inspect) {
        return new Fact.Found(inspect.epoch(), inspect.duty(), Optional.empty());
    }

    private CompletionStage<Fact> atBlock(long number, Function<Hash, CompletionStage<? extends Fact>> read) {
        return ledger.blockHash(number)
                .thenCompose(hash -> hash.isEmpty()
                        ? CompletableFuture.failedStage(
                                new Ledger.Unavailable("the chain does not know its block " + number))
                        : read.apply(hash.get()).thenApply(fact -> fact));
    }
}
