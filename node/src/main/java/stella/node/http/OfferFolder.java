package stella.node.http;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import stella.protocol.piece.Piece;

/** A folder of pieces that a client offers, each a file {@code <pieceCid>.car} of exactly the piece's payload. */
public final class OfferFolder implements PieceShelf {
    private final Path folder;
    private final Executor disk;

    public OfferFolder(Path folder, Executor disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Where the file of {@code piece} belongs. */
    public Path fileOf(Piece piece) {
        return folder.resolve(piece.cid() + ".car");
    }

    /** The path under which a server offers {@code piece}: append it to the server's URL. */
    public static String urlPath(Piece piece) {
        return "/piece/" + piece.cid();
    }

    @Override
    public CompletionStage<Optional<PieceFile>> find(Piece piece) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Path file = fileOf(piece);
                    // A file that is still being written has another size than its name promises.
                    return Files.isRegularFile(file) && file.toFile().length() == piece.payloadSize()
                            ? Optional.of(new PieceFile(file, piece.payloadSize()))
                            : Optional.empty();
                },
                disk);
    }
}
