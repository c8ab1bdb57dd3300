package stella.roles.store;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import stella.protocol.piece.Piece;
import stella.roles.Vault;
import stella.roles.Vault.Intake;

/**
 * Keeps and discards on a {@link Vault} in the order asked, piece by piece.
 *
 * <p>Otherwise a piece that is given up and wanted again at once could be found still there, and go right after.
 */
final class Shelf {
    private final Vault vault;
    private final Map<Piece, CompletableFuture<?>> last = new ConcurrentHashMap<>();

    Shelf(Vault vault) {
        this.vault = vault;
    }

    CompletionStage<Intake> keep(Engagement engagement, Vault.Progress progress) {
        return after(
                engagement.piece(),
                () -> vault.keep(engagement.piece(), engagement.content(), engagement.source(), progress));
    }

    CompletionStage<Boolean> discard(Piece piece) {
        return after(piece, () -> vault.discard(piece));
    }

    private <T> CompletionStage<T> after(Piece piece, Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        CompletableFuture<?> before = last.put(piece, done);
        CompletionStage<T> running =
                before == null ? work.get() : before.handle((_, _) -> 0).thenCompose(_ -> work.get());
        running.whenComplete((result, error) -> {
            last.remove(piece, done);
            if (error == null) done.complete(result);
            else done.completeExceptionally(error);
        });
        return done;
    }
}
