package stella.node.fault;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.protocol.Bytes;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.roles.Vault;

/** A vault whose proofs for the chain may be missing or false. */
final class FaultyVault implements Vault {
    private final Vault vault;
    private final FaultSwitch faults;

    FaultyVault(Vault vault, FaultSwitch faults) {
        this.vault = vault;
        this.faults = faults;
    }

    @Override
    public CompletionStage<Proving> prove(Piece piece, List<Long> leaves) {
        if (!faults.isReachable() || faults.drops(piece, leaves))
            return CompletableFuture.completedFuture(new Proving.Missing());
        return vault.prove(piece, leaves)
                .thenApply(proving -> proving instanceof Proving.Proven(List<LeafProof> proofs)
                        ? new Proving.Proven(faults.altered(proofs))
                        : proving);
    }

    @Override
    public CompletionStage<Intake> keep(Piece piece, Bytes content, String source, Progress progress) {
        return vault.keep(piece, content, source, progress);
    }

    @Override
    public CompletionStage<Boolean> discard(Piece piece) {
        return vault.discard(piece);
    }

    @Override
    public CompletionStage<List<Piece>> pieces() {
        return vault.pieces();
    }

    @Override
    public long freeBytes() {
        return vault.freeBytes();
    }
}
