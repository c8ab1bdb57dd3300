package stella.roles.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.chain.Call;
import stella.protocol.inspection.Commitment;
import stella.protocol.inspection.Question;
import stella.protocol.inspection.Verdict;
import stella.protocol.inspection.VerdictId;
import stella.roles.Ledger;
import stella.roles.Ledger.Submission;

/**
 * Puts on chain what an Inspector has to say. Keys of submissions name the epoch, so that a restart in the middle leads to the same
 * single effect.
 */
final class Saying {
    /** The pallet's names for "you have said that already". */
    private static final Set<String> DONE =
            Set.of("AlreadyCommitted", "AlreadyRevealed", "AlreadyAttested", "AlreadyQuestioned", "NoSuchQuestion");

    private final Ledger ledger;

    Saying(Ledger ledger) {
        this.ledger = ledger;
    }

    CompletionStage<Fact> commit(EpochWork work) {
        long epoch = work.info().epoch();
        var hash = Commitment.of(work.verdicts(), work.salt());
        return ledger.submit("commit/" + epoch, new Call.CommitVerdicts(epoch, hash))
                .thenApply(outcome -> failure(outcome)
                        .<Fact>map(reason -> new Fact.Silenced(epoch, "not committed: " + reason))
                        .orElseGet(() -> new Fact.Committed(epoch)));
    }

    CompletionStage<Fact> reveal(EpochWork work) {
        long epoch = work.info().epoch();
        List<Verdict> verdicts = work.verdicts();
        return ledger.submit("reveal/" + epoch, new Call.RevealVerdicts(epoch, work.salt(), verdicts))
                .thenApply(outcome -> failure(outcome)
                        .<Fact>map(reason -> new Fact.Silenced(epoch, "not revealed: " + reason))
                        .orElseGet(() -> new Fact.Revealed(epoch)));
    }

    /** Puts verdicts in question; one that somebody else questioned meanwhile is done. */
    CompletionStage<Fact> question(long epoch, List<VerdictId> verdicts) {
        if (verdicts.isEmpty())
            return CompletableFuture.completedStage(new Fact.Questioned(epoch, "no verdict is doubtful"));
        CompletionStage<List<String>> outcomes = CompletableFuture.completedStage(List.of());
        for (VerdictId verdict : verdicts)
            outcomes = outcomes.thenCombine(question(epoch, verdict), (before, outcome) -> {
                List<String> more = new ArrayList<>(before);
                more.add(outcome);
                return more;
            });
        return outcomes.thenApply(all -> new Fact.Questioned(epoch, String.join("; ", all)));
    }

    private CompletionStage<String> question(long epoch, VerdictId verdict) {
        String what = verdict.inspector() + " on item " + verdict.item() + " of " + verdict.subject();
        String key = "question/" + epoch + "/" + Digests.blake2b256(Bytes.utf8(what));
        return ledger.submit(
                        key, new Call.QuestionVerdict(epoch, verdict.inspector(), verdict.subject(), verdict.item()))
                .thenApply(outcome -> failure(outcome)
                        .map(reason -> what + " not questioned: " + reason)
                        .orElse(what + " questioned"));
    }

    /** @param receipt what the verdict rests on; empty when it was not kept, which loses the question */
    CompletionStage<Fact> answer(Question question, Optional<KeptReceipt> receipt) {
        if (receipt.isEmpty())
            return CompletableFuture.completedStage(new Fact.Answered(
                    question.epoch(), question.id(), "NOT ANSWERED: the receipt of that verdict is not here"));
        KeptReceipt kept = receipt.get();
        return ledger.submit(
                        "answer/" + question.id(), new Call.AnswerQuestion(question.id(), kept.deal(), kept.proof()))
                .thenApply(outcome -> new Fact.Answered(
                        question.epoch(),
                        question.id(),
                        failure(outcome)
                                .map(reason -> "NOT ANSWERED: " + reason)
                                .orElse("answered with the receipt")));
    }

    /** @param carried whether the changes are on chain already, so that only the digest needs to travel */
    CompletionStage<Fact> attest(Evaluation result, boolean carried) {
        long epoch = result.epoch();
        CompletionStage<Submission> sent = carried
                ? attest("attest/" + epoch, result, false)
                        .thenCompose(outcome -> outcome instanceof Submission.Failed failed
                                        && failed.error().equals("ChangesMissing")
                                ? attest("attest/" + epoch + "/full", result, true)
                                : CompletableFuture.completedStage(outcome))
                : attest("attest/" + epoch + "/full", result, true);
        return sent.thenApply(outcome -> new Fact.AttestationEnded(
                epoch,
                failure(outcome).map(reason -> "not attested: " + reason).orElse("attested " + result.digest())));
    }

    private CompletionStage<Submission> attest(String key, Evaluation result, boolean full) {
        return ledger.submit(
                key,
                new Call.AttestReputation(
                        result.epoch(), result.digest(), full ? Optional.of(result.changes()) : Optional.empty()));
    }

    private static Optional<String> failure(Submission outcome) {
        return switch (outcome) {
            case Submission.Finalized _ -> Optional.empty();
            case Submission.Failed(String error, String text) ->
                DONE.contains(error) ? Optional.empty() : Optional.of(error + ": " + text);
            case Submission.Expired() -> Optional.of("the chain did not take it in time");
        };
    }
}
