package stella.node.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.node.content.CarCheck;
import stella.node.content.CarFile;
import stella.node.http.BlockSupply;
import stella.node.http.LeafProver;
import stella.node.http.PieceShelf;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.MalformedException;
import stella.protocol.piece.Piece;
import stella.protocol.possession.DamagedPieceException;
import stella.protocol.possession.LeafProof;
import stella.roles.Transfer;
import stella.roles.Vault;

/**
 * {@link Vault} in a folder of one disk.
 *
 * <p>A piece is in sight only when it was verified whole and its bytes are on the disk itself; a crash at any moment leaves a kept
 * piece, a part to go on with, or nothing. What leaves the vault was checked on its way out: blocks against their CIDs (FE-2), proofs
 * against the piece's root. All work on the disk runs on the threads handed in, never on the caller's.
 */
public final class DiskVault implements Vault, BlockSupply, PieceShelf, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskVault.class);

    /** What strangers hear instead of names of files and disks. */
    private static final String UNABLE = "this Store cannot read its disk now";

    private final VaultFolder folder;
    private final VaultThreads threads;
    private final Clock clock;
    private final Space space;
    private final Housekeeping housekeeping;
    private final Reception reception;
    private final Library library = new Library();
    private final Map<Piece, CompletableFuture<Intake>> intakes = new ConcurrentHashMap<>();

    private DiskVault(VaultSettings settings, VaultFolder folder, PieceFeed feed, VaultThreads threads, Clock clock) {
        this.folder = folder;
        this.threads = threads;
        this.clock = clock;
        this.space = new Space(settings.bytesMax(), settings.diskFreeMin());
        this.housekeeping = new Housekeeping(settings, folder, space, clock, intakes::containsKey);
        this.reception = new Reception(folder, feed);
    }

    /**
     * Opens the vault and looks at what an earlier life left; blocks the calling thread meanwhile.
     *
     * @param feed where pieces come from, usually a {@code PieceDownload}
     * @throws IOException also when another process has the folder
     */
    public static DiskVault open(VaultSettings settings, PieceFeed feed, VaultThreads threads, Clock clock)
            throws IOException {
        VaultFolder folder = new VaultFolder(settings.folder());
        DiskVault vault = new DiskVault(settings, folder, feed, threads, clock);
        try {
            vault.load();
            return vault;
        } catch (IOException | RuntimeException e) {
            vault.close();
            throw e;
        }
    }

    private void load() throws IOException {
        folder.clearIntake();
        for (Piece piece : folder.keptPieces()) {
            try {
                open(piece);
            } catch (IOException e) {
                // Its proofs will answer Missing, which the deal's owner must hear about; the file stays for a look at
                // it.
                LOG.error("piece {} cannot be opened and is not served: {}", piece.cid(), e.getMessage());
            }
        }
        housekeeping.sweep();
    }

    private void open(Piece piece) throws IOException {
        CarFile car = CarFile.open(folder.piece(piece));
        if (car.length() != piece.payloadSize()) {
            car.close();
            throw new IOException("its file has " + car.length() + " bytes instead of " + piece.payloadSize());
        }
        space.hold(piece);
        library.put(new KeptPiece(piece, car));
    }

    @Override
    public CompletionStage<Intake> keep(Piece piece, Bytes content, String source, Progress progress) {
        CompletableFuture<Intake> mine = new CompletableFuture<>();
        // Whoever asks while the piece is coming in gets the same answer.
        CompletableFuture<Intake> running = intakes.putIfAbsent(piece, mine);
        if (running != null) return running.copy();
        run(threads.intake(), () -> take(piece, content, source, progress), Intake.DiskFailed::new)
                .whenComplete((intake, _) -> {
                    intakes.remove(piece, mine);
                    mine.complete(intake);
                });
        return mine.copy();
    }

    private Intake take(Piece piece, Bytes content, String source, Progress progress) throws IOException {
        if (library.find(piece).isPresent()) return new Intake.Kept(piece.payloadSize());
        Cid root;
        try {
            root = Cid.of(content);
        } catch (MalformedException e) {
            return new Intake.CommitmentMismatch("a CID as content", String.valueOf(e.getMessage()));
        }
        housekeeping.sweep();
        OptionalLong tooLittle = space.reserve(piece);
        if (tooLittle.isPresent()) return new Intake.NoSpace(piece.payloadSize(), tooLittle.getAsLong());
        boolean kept = false;
        try {
            housekeeping.makeRoom(piece.payloadSize());
            Intake intake = reception.take(piece, root, source, progress);
            if (intake instanceof Intake.Kept) {
                open(piece);
                kept = true;
            }
            return intake;
        } finally {
            if (kept) space.arrived(piece);
            else space.failed(piece);
            housekeeping.measure();
        }
    }

    @Override
    public CompletionStage<Proving> prove(Piece piece, List<Long> leaves) {
        return run(threads.proving(), () -> proof(piece, leaves), Proving.Damaged::new);
    }

    /** Answers challenges of strangers, apart from {@link #prove} so that a crowd of them delays no proof for the chain. */
    public LeafProver publicProver() {
        return (piece, leaves) -> run(
                threads.reading(),
                () -> switch (proof(piece, leaves)) {
                    case Proving.Proven(List<LeafProof> proofs) -> new Transfer.Possession.Proven(proofs);
                    case Proving.Missing _ ->
                        new Transfer.Possession.Refused(404, "this Store does not have the piece");
                    case Proving.Damaged _ ->
                        new Transfer.Possession.Refused(500, "the piece is damaged on this Store's disk");
                },
                _ -> new Transfer.Possession.Refused(503, UNABLE));
    }

    private Proving proof(Piece piece, List<Long> leaves) throws IOException {
        Optional<KeptPiece> kept = library.find(piece);
        if (kept.isEmpty()) return new Proving.Missing();
        try {
            return proven(kept.get(), leaves);
        } catch (DamagedPieceException damaged) {
            LOG.error("{}", damaged.getMessage());
            return kept.get().mayMend()
                    ? mended(kept.get(), leaves)
                    : new Proving.Damaged(String.valueOf(damaged.getMessage()));
        }
    }

    /** The damage may lie in the tree beside the piece and not in its bytes: then a new tree mends it. */
    private Proving mended(KeptPiece kept, List<Long> leaves) throws IOException {
        folder.setTreeAside(kept.piece());
        try {
            Proving proving = proven(kept, leaves);
            folder.forgetTreeAside(kept.piece());
            LOG.warn(
                    "the tree of piece {} was damaged and has been made anew",
                    kept.piece().cid());
            return proving;
        } catch (IOException damaged) {
            // With the old tree the leaves that are whole can still be proved.
            folder.restoreTree(kept.piece());
            return new Proving.Damaged("piece " + kept.piece().cid() + " is damaged on the disk");
        }
    }

    private static Proving proven(KeptPiece kept, List<Long> leaves) throws IOException {
        return kept.read(car -> car.prove(kept.piece(), leaves))
                .<Proving>map(Proving.Proven::new)
                .orElse(new Proving.Missing());
    }

    @Override
    public CompletionStage<Boolean> discard(Piece piece) {
        CompletableFuture<Intake> running = intakes.get(piece);
        // A piece that is still coming in is let in first; else it would stay without an owner.
        if (running != null) return running.thenCompose(_ -> discard(piece));
        return run(threads.intake(), () -> discarded(piece), _ -> false);
    }

    private boolean discarded(Piece piece) throws IOException {
        Optional<KeptPiece> kept = library.remove(piece);
        if (kept.isEmpty()) return false;
        kept.get().close();
        folder.discard(piece, clock.instant());
        space.release(piece);
        housekeeping.measure();
        return true;
    }

    @Override
    public CompletionStage<List<Piece>> pieces() {
        return CompletableFuture.completedFuture(library.pieces());
    }

    @Override
    public long freeBytes() {
        return space.free();
    }

    /** A block of any kept piece, checked against {@code cid}. */
    @Override
    public CompletionStage<Supplied> block(String cid, Optional<String> root) {
        return run(threads.reading(), () -> supply(cid), _ -> new Supplied.Refused(Reason.BUSY, UNABLE));
    }

    private Supplied supply(String text) throws IOException {
        Cid cid;
        try {
            cid = Cid.parse(text);
        } catch (MalformedException e) {
            return new Supplied.Refused(Reason.MISSING, String.valueOf(e.getMessage()));
        }
        Optional<Bytes> block = library.block(cid);
        if (block.isEmpty()) return new Supplied.Refused(Reason.MISSING, "this Store does not have block " + cid);
        if (cid.matches(block.get())) return new Supplied.Block(block.get());
        LOG.error("block {} is damaged on the disk", cid);
        return new Supplied.Refused(Reason.DAMAGED, "block " + cid + " is damaged on this Store's disk");
    }

    @Override
    public CompletionStage<Optional<PieceFile>> find(Piece piece) {
        return CompletableFuture.completedFuture(
                library.find(piece).map(kept -> new PieceFile(folder.piece(piece), piece.payloadSize())));
    }

    /**
     * Reads a kept piece from end to end and verifies all of it (PP-8). Slow; for a timer and quiet hours.
     *
     * @return what is wrong, or empty; empty too when the piece is not kept
     */
    public CompletionStage<Optional<String>> scrub(Piece piece) {
        return run(threads.intake(), () -> scrubbed(piece), Optional::of);
    }

    private Optional<String> scrubbed(Piece piece) throws IOException {
        Optional<KeptPiece> kept = library.find(piece);
        if (kept.isEmpty()) return Optional.empty();
        Optional<Cid> root = kept.get().read(CarFile::root);
        if (root.isEmpty()) return Optional.empty();
        CarCheck.Result result =
                CarCheck.check(folder.piece(piece), root.get(), piece, stella.node.content.Progress.NONE);
        return result.isSound() ? Optional.empty() : Optional.of(result.sentence());
    }

    /** Removes for good what has waited long enough in trash and intake; for a timer. */
    public CompletionStage<Optional<String>> sweep() {
        return run(
                threads.intake(),
                () -> {
                    housekeeping.sweep();
                    return Optional.empty();
                },
                Optional::of);
    }

    /** Closes all files and gives the folder free. Threads stay the caller's. */
    @Override
    public void close() throws IOException {
        library.close();
        folder.close();
    }

    private interface Work<T> {
        T done() throws IOException;
    }

    private static <T> CompletionStage<T> run(Executor threads, Work<T> work, Function<String, T> failed) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    answer.complete(work.done());
                } catch (IOException | UncheckedIOException e) {
                    LOG.error("the disk failed: {}", e.getMessage());
                    answer.complete(failed.apply("the disk failed: " + e.getMessage()));
                } catch (RuntimeException e) {
                    LOG.error("the vault's work broke", e);
                    answer.complete(failed.apply("the vault's work broke: " + e.getMessage()));
                }
            });
        } catch (RejectedExecutionException full) {
            answer.complete(failed.apply("too much work waits for this disk"));
        }
        return answer;
    }
}
