package stella.roles.inspector;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Question;
import stella.protocol.inspection.Receipt;
import stella.protocol.inspection.Timeline;
import stella.protocol.inspection.VerdictId;
import stella.protocol.role.Role;
import stella.reputation.State;
import stella.roles.Ledger;

/**
 * Turns what the chain and the subjects say into facts. Each stage completes with one fact, or fails with a reason to try again.
 *
 * <p>Drawing tasks and evaluating take seconds in a large network, so they run on {@code executor}, never in the actor.
 */
final class Reading {
    private final Ledger ledger;
    private final Probe probe;
    private final Peers peers;
    private final Executor executor;

    private final AskProbe asks;

    Reading(Ledger ledger, Probe probe, AskProbe asks, Peers peers, Executor executor) {
        this.ledger = ledger;
        this.probe = probe;
        this.asks = asks;
        this.peers = peers;
        this.executor = executor;
    }

    /** @param secret fresh, for this epoch */
    CompletionStage<Fact> open(Memory memory, Audit.Effect.Open open, Hash secret) {
        return atBlock(
                open.firstBlock(),
                at -> census(open.epoch(), at).thenCompose(found -> {
                    if (found.isEmpty())
                        return CompletableFuture.<Fact>completedStage(
                                new Fact.Skipped(open.epoch(), "the chain had no such epoch"));
                    Census census = found.get();
                    return settled(memory, open.epoch() - Timeline.EPOCHS_IN_FLIGHT, at)
                            .thenCompose(settled -> learned(memory, settled, census, secret)
                                    .thenApplyAsync(
                                            learned -> opened(memory, open, secret, census, settled, learned),
                                            executor));
                }));
    }

    private CompletionStage<Optional<Census>> census(long epoch, Hash at) {
        var info = ledger.epoch(epoch, at);
        var roles = ledger.roles(at);
        var deals = ledger.liveDeals(at);
        var reputation = ledger.reputation(at);
        var anchors = ledger.anchors(at);
        var appeals = ledger.appeals(at);
        return info.thenCompose(i -> roles.thenCompose(r -> deals.thenCompose(d -> reputation.thenCompose(p ->
                anchors.thenCompose(a -> appeals.thenApply(w -> i.map(known -> new Census(known, r, d, p, a, w))))))));
    }

    /** What was adopted for {@code epoch}; for an Inspector that lost the thread, what was adopted last up to it. */
    private CompletionStage<Optional<Settled>> settled(Memory memory, long epoch, Hash at) {
        long oldest = memory.astray().isEmpty()
                ? epoch
                : memory.last().map(Attested::epoch).orElse(0L);
        return adopted(epoch, oldest, at);
    }

    private CompletionStage<Optional<Settled>> adopted(long epoch, long oldest, Hash at) {
        if (epoch < Math.max(0, oldest)) return CompletableFuture.completedStage(Optional.empty());
        return ledger.adopted(epoch, at).thenCompose(digest -> {
            if (digest.isPresent())
                return CompletableFuture.completedStage(Optional.of(new Settled(epoch, digest.get())));
            return adopted(epoch - 1, oldest, at);
        });
    }

    private CompletionStage<Optional<Attested>> learned(
            Memory memory, Optional<Settled> settled, Census census, Hash secret) {
        if (settled.isEmpty() || memory.holds(settled.get())) return CompletableFuture.completedStage(Optional.empty());
        long turn = secret.bytes().at(0);
        return peers.find(settled.get(), Peers.endpoints(census.roles(), ledger.account(), turn));
    }

    private Fact opened(
            Memory memory,
            Audit.Effect.Open open,
            Hash secret,
            Census census,
            Optional<Settled> settled,
            Optional<Attested> learned) {
        State drawing = memory.drawing(open.epoch(), settled, learned);
        return new Fact.Opened(
                census.info(),
                census.members(open.firstBlock()),
                census.plan(drawing, ledger.constants(), open.firstBlock()),
                secret,
                settled,
                learned);
    }

    CompletionStage<Fact> evaluate(Memory memory, Audit.Effect.Evaluate evaluate) {
        EpochWork work = memory.inFlight(evaluate.epoch());
        EpochWork now = memory.inFlight(memory.opened());
        return atBlock(evaluate.block(), at -> {
            var reveals = ledger.reveals(evaluate.epoch(), at);
            var hard = ledger.hardRecords(evaluate.epoch(), at);
            var reputation = ledger.reputation(at);
            var voided = ledger.voided(evaluate.epoch(), at);
            return reveals.thenCompose(r -> hard.thenCompose(h ->
                            reputation.thenCompose(p -> voided.thenApply(v -> new Evaluation.Findings(r, h, p, v)))))
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

    /** The verdicts of an epoch that are to be put in question, as the chain is now. */
    CompletionStage<List<VerdictId>> doubts(EpochWork work, Hash head) {
        long epoch = work.info().epoch();
        var reveals = ledger.reveals(epoch, head);
        return ledger.questions(head)
                .thenCompose(questions -> reveals.thenApply(revealed -> Doubts.of(
                        work,
                        ledger.account(),
                        revealed,
                        questions.stream()
                                .filter(question -> question.epoch() == epoch)
                                .map(Question::verdict)
                                .collect(Collectors.toSet()))));
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
            Optional<AccountId> gateway = duty.subject().role() == Role.FETCH
                    ? Optional.of(duty.subject().account())
                    : Optional.empty();
            inspection = Inspection.of(work.plan().item(duty), deal.content(), deal.piece(), leaf, gateway);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedStage(waived(inspect)); // the client's own mistake: no CID, or no data
        }
        List<Relay> relays = work.relays(duty, ledger.account());
        CompletionStage<Inspection.Step> looked = relays.isEmpty()
                ? probe.run(inspection, endpoint)
                : probe.run(inspection, endpoint, duty.subject().account(), relays);
        return looked.thenCompose(step -> switch (step) {
            case Inspection.Step.Served served ->
                asks.isBroken(work, duty)
                        .thenApply(broken -> broken
                                ? found(inspect, new Outcome.AskBroken(), Optional.empty())
                                : found(
                                        inspect,
                                        served.outcome(),
                                        Optional.of(new KeptReceipt(deal.id(), served.receipt()))));
            case Inspection.Step.Done(Outcome outcome) ->
                CompletableFuture.completedStage(found(inspect, outcome, Optional.empty()));
            case Inspection.Step.AskBlock _, Inspection.Step.AskReceipt _, Inspection.Step.Impossible _ ->
                CompletableFuture.completedStage(waived(inspect));
        });
    }

    private static Fact found(Audit.Effect.Inspect inspect, Outcome outcome, Optional<KeptReceipt> receipt) {
        return new Fact.Found(inspect.epoch(), inspect.duty(), Optional.of(outcome), receipt);
    }

    private static Fact waived(Audit.Effect.Inspect inspect) {
        return new Fact.Found(inspect.epoch(), inspect.duty(), Optional.empty(), Optional.empty());
    }

    private CompletionStage<Fact> atBlock(long number, Function<Hash, CompletionStage<? extends Fact>> read) {
        return ledger.blockHash(number)
                .thenCompose(hash -> hash.isEmpty()
                        ? CompletableFuture.failedStage(
                                new Ledger.Unavailable("the chain does not know its block " + number))
                        : read.apply(hash.get()).thenApply(fact -> fact));
    }
}
