package stella.node.api;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import stella.node.api.document.ErrorCode;
import stella.roles.Ledger;

/** Waits for stages on the virtual thread of a request. */
final class Await {
    private static final long SECONDS_MAX = 20;

    private Await() {}

    /** The value, or a problem when the chain cannot answer in time. */
    static <T> T chain(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof Ledger.Unavailable cause) throw unreachable(String.valueOf(cause.getMessage()));
            throw new IllegalStateException("a read of the chain failed", e);
        } catch (TimeoutException e) {
            throw unreachable("no answer within " + SECONDS_MAX + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("the node is shutting down");
        }
    }

    /** The answer of an Inspector of this program, or a problem when none answers in time. */
    static <T> T inspector(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException | TimeoutException e) {
            throw new ApiException(
                    ErrorCode.NO_INSPECTOR,
                    "no Inspector of this program answers",
                    "try again, or ask a node that runs one");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("the node is shutting down");
        }
    }

    private static ApiException unreachable(String detail) {
        return new ApiException(
                ErrorCode.CHAIN_UNREACHABLE, "the chain does not answer: " + detail, "try again; see `stella doctor`");
    }
}
