package stella.roles.inspector;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import stella.protocol.inspection.Outcome;
import stella.roles.Transfer;

/** Carries an {@link Inspection} out at the subject's public endpoint, one request after the other, like any client. */
final class Probe {
    private final Transfer transfer;
    private final InspectorSettings settings;

    Probe(Transfer transfer, InspectorSettings settings) {
        this.transfer = transfer;
        this.settings = settings;
    }

    /** Ends with {@link Inspection.Step.Done} or {@link Inspection.Step.Impossible}, whatever the subject does. */
    CompletionStage<Inspection.Step> run(Inspection inspection, String endpoint) {
        return go(inspection, endpoint, inspection.begin());
    }

    private CompletionStage<Inspection.Step> go(Inspection inspection, String endpoint, Inspection.Step step) {
        return switch (step) {
            case Inspection.Step.Done _, Inspection.Step.Impossible _ -> CompletableFuture.completedStage(step);
            case Inspection.Step.AskBlock asked ->
                persistently(
                                () -> transfer.block(endpoint, asked.cid().toString(), settings.deadline())
                                        .thenApply(answer -> inspection.onBlock(asked, answer)),
                                settings.attemptsMax())
                        .thenCompose(next -> go(inspection, endpoint, next));
            case Inspection.Step.AskReceipt() ->
                persistently(
                                () -> transfer.possession(
                                                endpoint,
                                                inspection.piece(),
                                                List.of(inspection.leaf()),
                                                settings.deadline())
                                        .thenApply(inspection::onReceipt),
                                settings.attemptsMax())
                        .thenCompose(next -> go(inspection, endpoint, next));
        };
    }

    /** A user would try again before giving a node up, and an Inspector looks like one. */
    private static CompletionStage<Inspection.Step> persistently(
            Supplier<CompletionStage<Inspection.Step>> attempt, int attemptsLeft) {
        return attempt.get()
                .exceptionally(_ -> new Inspection.Step.Done(new Outcome.Unreachable()))
                .thenCompose(step -> attemptsLeft > 1 && worthAnotherTry(step)
                        ? persistently(attempt, attemptsLeft - 1)
                        : CompletableFuture.completedStage(step));
    }

    private static boolean worthAnotherTry(Inspection.Step step) {
        return step instanceof Inspection.Step.Done(Outcome outcome)
                && (outcome instanceof Outcome.Unreachable || outcome instanceof Outcome.Refused);
    }
}
