package stella.node.fault;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.node.http.BlockSupply;
import stella.node.http.Handler;
import stella.node.http.LeafProver;
import stella.node.http.PieceShelf;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.possession.LeafProof;
import stella.roles.Chance;
import stella.roles.Transfer;
import stella.roles.Vault;

/**
 * How one node misbehaves at the moment, and the decorators that make it so. Set by any thread; the next request and the next proof
 * obey. With {@link Misbehaviour#NONE} the decorators pass everything on untouched.
 */
public final class FaultSwitch {
    private final Chance chance;
    private volatile Misbehaviour now = Misbehaviour.NONE;

    public FaultSwitch(Chance chance) {
        this.chance = chance;
    }

    public void set(Misbehaviour how) {
        now = how;
    }

    public Misbehaviour get() {
        return now;
    }

    /** Whether connections are let in at all: for {@code HttpBinding.admission}. */
    public boolean isReachable() {
        return !now.off();
    }

    /** The whole endpoint: silent, or slow. */
    public Handler endpoint(Handler endpoint) {
        return new FaultyEndpoint(endpoint, this);
    }

    /** The proofs for the chain; keeping and discarding stay honest. */
    public Vault vault(Vault vault) {
        return new FaultyVault(vault, this);
    }

    /** Blocks that may be missing or false. */
    public BlockSupply blocks(BlockSupply blocks) {
        return (cid, root) -> drops()
                ? done(new BlockSupply.Supplied.Refused(
                        BlockSupply.Reason.MISSING, "this Store does not have block " + cid))
                : blocks.block(cid, root).thenApply(this::altered);
    }

    /** Whole pieces that may be missing. */
    public PieceShelf pieces(PieceShelf pieces) {
        return piece -> drops() ? done(Optional.empty()) : pieces.find(piece);
    }

    /** Challenges for receipts. */
    public LeafProver prover(LeafProver prover) {
        return (piece, leaves) -> {
            if (draws(now.refuseInspectorsPercent()))
                return done(new Transfer.Possession.Refused(403, "this Store does not answer you"));
            if (drops()) return done(new Transfer.Possession.Refused(404, "this Store does not have the piece"));
            return prover.prove(piece, leaves).thenApply(this::altered);
        };
    }

    boolean drops() {
        return draws(now.dropPercent());
    }

    /** Other proofs than those that were made, if the node lies; they have passed its own checks already. */
    List<LeafProof> altered(List<LeafProof> proofs) {
        return now.corrupt() ? proofs.stream().map(FaultSwitch::lie).toList() : proofs;
    }

    private Transfer.Possession altered(Transfer.Possession answer) {
        return answer instanceof Transfer.Possession.Proven(List<LeafProof> proofs)
                ? new Transfer.Possession.Proven(altered(proofs))
                : answer;
    }

    private BlockSupply.Supplied altered(BlockSupply.Supplied supplied) {
        return now.corrupt() && supplied instanceof BlockSupply.Supplied.Block(Bytes data) && !data.isEmpty()
                ? new BlockSupply.Supplied.Block(lie(data))
                : supplied;
    }

    private boolean draws(int percent) {
        return percent > 0 && chance.below(100) < percent;
    }

    private static LeafProof lie(LeafProof proof) {
        return new LeafProof(proof.index(), new Hash(lie(proof.leaf().bytes())), proof.path());
    }

    private static Bytes lie(Bytes data) {
        byte[] bytes = data.toArray();
        bytes[bytes.length / 2] ^= 1;
        return Bytes.owning(bytes);
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
