package stella.roles.inspector;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import stella.protocol.AccountId;
import stella.protocol.inspection.Outcome;
import stella.roles.Transfer;

/**
 * Carries an {@link Inspection} out, one request after the other, like any client: at the subject's public endpoint, or through Fetch
 * nodes (IN-7).
 *
 * <p>A failure seen through a relay may be the relay's own. It counts when a second relay, of another owner, sees one too; one that
 * serves settles the matter. Where two agreeing relays cannot be had, the Inspector asks itself.
 */
final class Probe {
    private final Transfer transfer;
    private final InspectorSettings settings;

    Probe(Transfer transfer, InspectorSettings settings) {
        this.transfer = transfer;
        this.settings = settings;
    }

    /** Ends with {@code Done}, {@code Served} or {@code Impossible}, whatever the subject does. */
    CompletionStage<Inspection.Step> run(Inspection inspection, String endpoint) {
        return go(inspection, Line.direct(transfer, endpoint, settings), inspection.begin())
                .thenApply(Optional::orElseThrow);
    }

    /** The same through {@code relays}, of which no two have one owner. */
    CompletionStage<Inspection.Step> run(Inspection inspection, String endpoint, AccountId store, List<Relay> relays) {
        return through(inspection, endpoint, store, relays, 0);
    }

    private CompletionStage<Inspection.Step> through(
            Inspection inspection, String endpoint, AccountId store, List<Relay> relays, int failures) {
        if (relays.isEmpty()) return run(inspection, endpoint);
        Line line = Line.through(relays.getFirst(), store, transfer, settings.deadline());
        List<Relay> rest = relays.subList(1, relays.size());
        return go(inspection, line, inspection.begin()).thenCompose(seen -> {
            if (seen.isEmpty()) return through(inspection, endpoint, store, rest, failures);
            boolean failed = seen.get() instanceof Inspection.Step.Done;
            return failed && failures + 1 < Relay.AGREEING
                    ? through(inspection, endpoint, store, rest, failures + 1)
                    : CompletableFuture.completedStage(seen.get());
        });
    }

    /** Empty when the line broke off and nothing is known. */
    private CompletionStage<Optional<Inspection.Step>> go(Inspection inspection, Line line, Inspection.Step step) {
        CompletionStage<Optional<Inspection.Step>> next = switch (step) {
            case Inspection.Step.Done _, Inspection.Step.Served _, Inspection.Step.Impossible _ ->
                CompletableFuture.completedStage(Optional.of(step));
            case Inspection.Step.AskBlock asked ->
                persistently(
                        () -> line.block(asked.cid().toString())
                                .thenApply(answer -> answer.map(given -> inspection.onBlock(asked, given))),
                        line.attemptsMax());
            case Inspection.Step.AskReceipt() ->
                persistently(
                        () -> line.possession(inspection.piece(), List.of(inspection.leaf()))
                                .thenApply(answer -> answer.map(inspection::onReceipt)),
                        line.attemptsMax());
        };
        boolean asks = step instanceof Inspection.Step.AskBlock || step instanceof Inspection.Step.AskReceipt;
        return asks
                ? next.thenCompose(seen -> seen.isPresent()
                        ? go(inspection, line, seen.get())
                        : CompletableFuture.completedStage(Optional.empty()))
                : next;
    }

    /** A user would try again before giving a node up, and an Inspector looks like one. */
    private static CompletionStage<Optional<Inspection.Step>> persistently(
            Supplier<CompletionStage<Optional<Inspection.Step>>> attempt, int attemptsLeft) {
        return attempt.get()
                .exceptionally(_ -> Optional.of(new Inspection.Step.Done(new Outcome.Unreachable())))
                .thenCompose(step ->
                        attemptsLeft > 1 && step.filter(Probe::worthAnotherTry).isPresent()
                                ? persistently(attempt, attemptsLeft - 1)
                                : CompletableFuture.completedStage(step));
    }

    private static boolean worthAnotherTry(Inspection.Step step) {
        return step instanceof Inspection.Step.Done(Outcome outcome)
                && (outcome instanceof Outcome.Unreachable || outcome instanceof Outcome.Refused);
    }
}
