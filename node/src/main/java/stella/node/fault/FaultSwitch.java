package stella.node.fault;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.node.http.BlockSupply;
import stella.node.http.Handler;
import stella.node.http.LeafProver;
import stella.node.http.PieceShelf;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;
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
    private volatile Setting setting;

    /** @param secret decides which leaves are dropped, anew with each setting */
    private record Setting(Misbehaviour how, Hash secret) {}

    public FaultSwitch(Chance chance) {
        this.chance = chance;
        this.setting = new Setting(Misbehaviour.NONE, chance.secret());
    }

    public void set(Misbehaviour how) {
        setting = new Setting(how, chance.secret());
    }

    public Misbehaviour get() {
        return setting.how();
    }

    /** Whether connections are let in at all: for {@code HttpBinding.admission}. */
    public boolean isReachable() {
        return !get().off();
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
            if (draws(get().refuseInspectorsPercent()))
                return done(new Transfer.Possession.Refused(403, "this Store does not answer you"));
            if (drops(piece, leaves))
                return done(new Transfer.Possession.Refused(404, "this Store does not have the piece"));
            return prover.prove(piece, leaves).thenApply(this::altered);
        };
    }

    /**
     * Whether the node pretends to have lost one of {@code leaves}. What it lost stays lost while the fault is on: a Store tries a proof
     * again with each block of the window, and a new draw each time would nearly always let one try succeed.
     */
    boolean drops(Piece piece, List<Long> leaves) {
        Setting now = setting;
        return leaves.stream().anyMatch(leaf -> isLost(now, piece, leaf));
    }

    private static boolean isLost(Setting now, Piece piece, long leaf) {
        Bytes index = Bytes.owning(ByteBuffer.allocate(Long.BYTES).putLong(leaf).array());
        Hash drawn = Digests.blake2b256(now.secret().bytes(), piece.root().bytes(), index);
        int percent =
                (int) Long.remainderUnsigned(ByteBuffer.wrap(drawn.toArray()).getLong(), 100);
        return percent < now.how().dropPercent();
    }

    private boolean drops() {
        return draws(get().dropPercent());
    }

    /** Other proofs than those that were made, if the node lies; they have passed its own checks already. */
    List<LeafProof> altered(List<LeafProof> proofs) {
        return get().corrupt() ? proofs.stream().map(FaultSwitch::lie).toList() : proofs;
    }

    private Transfer.Possession altered(Transfer.Possession answer) {
        return answer instanceof Transfer.Possession.Proven(List<LeafProof> proofs, var deliveredBy)
                ? new Transfer.Possession.Proven(altered(proofs), deliveredBy)
                : answer;
    }

    private BlockSupply.Supplied altered(BlockSupply.Supplied supplied) {
        return get().corrupt() && supplied instanceof BlockSupply.Supplied.Block(Bytes data) && !data.isEmpty()
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
