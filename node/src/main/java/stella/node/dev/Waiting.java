package stella.node.dev;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Starting and stopping a network are the only places that wait. */
final class Waiting {
    private Waiting() {}

    /** The stage's value, or its failure as it was. */
    static <T> T on(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
