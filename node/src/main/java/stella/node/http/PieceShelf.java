package stella.node.http;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import stella.protocol.piece.Piece;

/** Where a server finds whole pieces, each a file. */
@FunctionalInterface
public interface PieceShelf {
    CompletionStage<Optional<PieceFile>> find(Piece piece);

    /**
     * A piece as it lies on the disk.
     *
     * @param size bytes of the file, the piece's payload
     */
    record PieceFile(Path path, long size) {}
}
