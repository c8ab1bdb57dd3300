package stella.roles.inspector;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.protocol.chain.Call;
import stella.protocol.inspection.Commitment;
import stella.protocol.inspection.Verdict;
import stella.roles.Ledger;
import stella.roles.Ledger.Submission;

/**
 * Puts on chain what an Inspector has to say. Keys of submissions name the epoch, so that a restart in the middle leads to the same
 * single effect.
 */
final class Saying {
    /** The pallet's names for "you have said that already". */
    private static final Set<String> DONE = Set.of("AlreadyCommitted", "AlreadyRevealed", "AlreadyAttested");

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
