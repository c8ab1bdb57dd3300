package stella.roles.store;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.fakes.Samples.PIECE;
import static stella.roles.fakes.Samples.PRICE;
import static stella.roles.fakes.Samples.SOURCE;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Piece;
import stella.roles.Vault;
import stella.roles.fakes.Samples;

/** Work on one piece follows its order, work on different pieces does not wait. */
class ShelfTest {
    private static final Piece OTHER = Commitment.of(Samples.data(5, 700));

    private final List<String> begun = new ArrayList<>();
    private final List<CompletableFuture<Boolean>> discards = new ArrayList<>();
    private final List<CompletableFuture<Vault.Intake>> intakes = new ArrayList<>();
    private final Shelf shelf = new Shelf(new Vault() {
        @Override
        public CompletionStage<Intake> keep(Piece piece, Bytes content, String source, Progress progress) {
            begun.add("keep");
            intakes.add(new CompletableFuture<>());
            return intakes.getLast();
        }

        @Override
        public CompletionStage<Proving> prove(Piece piece, List<Long> leaves) {
            throw new UnsupportedOperationException("a shelf proves nothing");
        }

        @Override
        public CompletionStage<Boolean> discard(Piece piece) {
            begun.add("discard");
            discards.add(new CompletableFuture<>());
            return discards.getLast();
        }

        @Override
        public CompletionStage<List<Piece>> pieces() {
            throw new UnsupportedOperationException("a shelf lists nothing");
        }

        @Override
        public long freeBytes() {
            throw new UnsupportedOperationException("a shelf measures nothing");
        }
    });

    private CompletionStage<Vault.Intake> keep(Piece piece) {
        Engagement engagement = new Custody.Admitted(1, 1, piece, Samples.CONTENT, SOURCE, PRICE).engagement();
        return shelf.keep(engagement, (_, _) -> {});
    }

    @Test
    void keepsAPieceOnlyWhenItHasBeenDiscarded() {
        CompletionStage<Boolean> discarded = shelf.discard(PIECE);
        CompletionStage<Vault.Intake> kept = keep(PIECE);
        assertThat(begun).containsExactly("discard");

        discards.getFirst().complete(true);
        assertThat(begun).containsExactly("discard", "keep");
        intakes.getFirst().complete(new Vault.Intake.Kept(3));

        assertThat(discarded.toCompletableFuture()).isCompletedWithValue(true);
        assertThat(kept.toCompletableFuture()).isCompletedWithValue(new Vault.Intake.Kept(3));
    }

    @Test
    void goesOnAfterAFailure() {
        CompletionStage<Boolean> discarded = shelf.discard(PIECE);
        keep(PIECE);

        discards.getFirst().completeExceptionally(new IllegalStateException("disk"));

        assertThat(discarded.toCompletableFuture()).isCompletedExceptionally();
        assertThat(begun).containsExactly("discard", "keep");
    }

    @Test
    void doesNotWaitForOtherPieces() {
        shelf.discard(OTHER);

        keep(PIECE);

        assertThat(begun).containsExactly("discard", "keep");
    }

    @Test
    void doesNotWaitForWorkThatIsDone() {
        shelf.discard(PIECE);
        discards.getFirst().complete(true);

        keep(PIECE);

        assertThat(begun).containsExactly("discard", "keep");
    }
}
