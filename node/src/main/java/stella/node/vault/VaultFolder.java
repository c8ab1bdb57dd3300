package stella.node.vault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import stella.protocol.cid.MalformedException;
import stella.protocol.piece.Piece;

/**
 * The files of a vault and how they move.
 *
 * <ul>
 *   <li>{@code pieces/<pieceCid>.car}: a kept piece, whole and verified; beside it index and tree, which can be made anew
 *   <li>{@code intake/<pieceCid>.car}: what has come of a piece so far; nobody has verified it
 *   <li>{@code trash/<pieceCid>.car}: a discarded piece; its time of modification is when that happened
 *   <li>{@code lock}: held by the one process that works here
 * </ul>
 */
final class VaultFolder implements AutoCloseable {
    private static final String CAR = ".car";
    private static final String ASIDE = ".aside";
    private static final List<String> COMPANIONS = List.of(".index", ".tree");

    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;

    VaultFolder(Path root) throws IOException {
        this.root = root;
        for (Path folder : List.of(pieces(), intake(), trash())) Files.createDirectories(folder);
        this.lockFile = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.lock = lock();
    }

    private FileLock lock() throws IOException {
        try {
            FileLock own = lockFile.tryLock();
            if (own != null) return own;
        } catch (OverlappingFileLockException elsewhereInThisProcess) {
            // Answered like a lock of another process.
        }
        lockFile.close();
        throw new IOException(
                "the vault " + root + " is in use by another node; end that node or choose another folder");
    }

    Path piece(Piece piece) {
        return pieces().resolve(piece.cid() + CAR);
    }

    Path part(Piece piece) {
        return intake().resolve(piece.cid() + CAR);
    }

    Path trashed(Piece piece) {
        return trash().resolve(piece.cid() + CAR);
    }

    /** Kept pieces; what a crash left beside them is removed. */
    List<Piece> keptPieces() throws IOException {
        List<Piece> kept = new ArrayList<>();
        for (Path file : list(pieces())) {
            Optional<Piece> piece = pieceOf(file);
            if (piece.isPresent()) kept.add(piece.get());
            else if (!isCompanionOfCar(file)) Files.deleteIfExists(file);
        }
        return kept;
    }

    /** Removes what a crash in the middle of a check left in the intake; parts stay, to be gone on with. */
    void clearIntake() throws IOException {
        for (Path file : list(intake())) if (pieceOf(file).isEmpty()) Files.deleteIfExists(file);
    }

    /** Puts a verified part among the pieces: companions first, so that a car in sight always is a kept piece. */
    void publish(Piece piece) throws IOException {
        Path part = part(piece);
        Path kept = piece(piece);
        for (String companion : COMPANIONS) {
            Path from = beside(part, companion);
            if (!Files.exists(from)) continue;
            sync(from);
            move(from, beside(kept, companion));
        }
        sync(part);
        move(part, kept);
        sync(pieces());
        sync(intake());
    }

    /** Takes a piece out of sight. */
    void discard(Piece piece, Instant now) throws IOException {
        Path kept = piece(piece);
        if (!Files.exists(kept)) return;
        Files.setLastModifiedTime(kept, FileTime.from(now));
        move(kept, trashed(piece));
        for (String companion : COMPANIONS) Files.deleteIfExists(beside(kept, companion));
        sync(pieces());
        sync(trash());
    }

    /** Brings a discarded piece back as a part that has all bytes: it is verified like any other. */
    boolean takeFromTrash(Piece piece) throws IOException {
        if (!Files.exists(trashed(piece))) return false;
        move(trashed(piece), part(piece));
        return true;
    }

    void deletePart(Piece piece) throws IOException {
        Files.deleteIfExists(part(piece));
        for (String companion : COMPANIONS) Files.deleteIfExists(beside(part(piece), companion));
    }

    /** Puts a doubtful tree aside, so that it is made anew when it is next needed. */
    void setTreeAside(Piece piece) throws IOException {
        Path tree = beside(piece(piece), ".tree");
        if (Files.exists(tree)) move(tree, beside(tree, ASIDE));
    }

    /** Puts the tree back that was set aside: the new one could not be made. */
    void restoreTree(Piece piece) throws IOException {
        Path tree = beside(piece(piece), ".tree");
        if (Files.exists(beside(tree, ASIDE))) move(beside(tree, ASIDE), tree);
    }

    void forgetTreeAside(Piece piece) throws IOException {
        Files.deleteIfExists(beside(beside(piece(piece), ".tree"), ASIDE));
    }

    /** Discarded pieces, those discarded first at the head. */
    List<Aged> trashed() throws IOException {
        return aged(trash());
    }

    /** Parts, those not written to for longest at the head. */
    List<Aged> parts() throws IOException {
        return aged(intake());
    }

    /** Bytes that the disk can still take. */
    long usableBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }

    /** A file that waits for its end. */
    record Aged(Path file, Piece piece, Instant since, long bytes) {}

    private static List<Aged> aged(Path folder) throws IOException {
        List<Aged> found = new ArrayList<>();
        for (Path file : list(folder)) {
            Optional<Piece> piece = pieceOf(file);
            if (piece.isPresent())
                found.add(new Aged(
                        file, piece.get(), Files.getLastModifiedTime(file).toInstant(), Files.size(file)));
        }
        found.sort(Comparator.comparing(Aged::since));
        return found;
    }

    /** The piece that a file is named after. */
    private static Optional<Piece> pieceOf(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(CAR)) return Optional.empty();
        try {
            return Optional.of(Piece.parse(name.substring(0, name.length() - CAR.length())));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static boolean isCompanionOfCar(Path file) {
        String name = String.valueOf(file.getFileName());
        return COMPANIONS.stream()
                .filter(name::endsWith)
                .anyMatch(end -> Files.exists(file.resolveSibling(name.substring(0, name.length() - end.length()))));
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Waits until a file's bytes, or a folder's names, are on the disk itself. */
    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path pieces() {
        return root.resolve("pieces");
    }

    private Path intake() {
        return root.resolve("intake");
    }

    private Path trash() {
        return root.resolve("trash");
    }
}
