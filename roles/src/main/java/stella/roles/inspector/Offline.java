package stella.roles.inspector;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;
import stella.roles.Transfer;

/** Reaches nobody: for work that may rest on the chain alone. */
final class Offline implements Transfer {
    private static final String WHY = "this work asks nobody but the chain";

    @Override
    public CompletionStage<Answer> block(String endpoint, String cid, Duration deadline) {
        return CompletableFuture.completedStage(new Answer.Unreachable(WHY));
    }

    @Override
    public CompletionStage<Possession> possession(String endpoint, Piece piece, List<Long> leaves, Duration deadline) {
        return CompletableFuture.completedStage(new Possession.Unreachable(WHY));
    }

    @Override
    public CompletionStage<Relayed<Answer>> relayedBlock(
            String gateway, AccountId store, String cid, Duration deadline) {
        return CompletableFuture.completedStage(new Relayed.Broken<>(WHY));
    }

    @Override
    public CompletionStage<Relayed<Possession>> relayedPossession(
            String gateway, AccountId store, Piece piece, List<Long> leaves, Duration deadline) {
        return CompletableFuture.completedStage(new Relayed.Broken<>(WHY));
    }

    @Override
    public CompletionStage<Quoted> ask(String endpoint, Terms terms, Duration deadline) {
        return CompletableFuture.completedStage(new Quoted.Unreachable(WHY));
    }

    @Override
    public CompletionStage<Published> published(String endpoint, Hash name, Duration deadline) {
        return CompletableFuture.completedStage(new Published.Missing(WHY));
    }
}
