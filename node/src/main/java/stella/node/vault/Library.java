package stella.node.vault;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.piece.Piece;

/**
 * The kept pieces and where their blocks are. A block is looked for in one piece after the other, each a look into a hash table, and
 * first in the piece that had the last one: readers of a file stay in one piece.
 */
final class Library {
    private final Map<Piece, KeptPiece> kept = new ConcurrentHashMap<>();
    private volatile @Nullable KeptPiece last;

    void put(KeptPiece piece) {
        kept.put(piece.piece(), piece);
    }

    Optional<KeptPiece> find(Piece piece) {
        return Optional.ofNullable(kept.get(piece));
    }

    Optional<KeptPiece> remove(Piece piece) {
        return Optional.ofNullable(kept.remove(piece));
    }

    List<Piece> pieces() {
        return kept.keySet().stream().sorted(Comparator.comparing(Piece::root)).toList();
    }

    /** The bytes of a block as they lie on the disk. */
    Optional<Bytes> block(Cid cid) throws IOException {
        KeptPiece recent = last;
        if (recent != null) {
            Optional<Bytes> block = block(recent, cid);
            if (block.isPresent()) return block;
        }
        for (KeptPiece piece : kept.values()) {
            if (piece == recent) continue;
            Optional<Bytes> block = block(piece, cid);
            if (block.isPresent()) {
                last = piece;
                return block;
            }
        }
        return Optional.empty();
    }

    private static Optional<Bytes> block(KeptPiece piece, Cid cid) throws IOException {
        return piece.read(car -> car.block(cid)).flatMap(block -> block);
    }

    void close() throws IOException {
        for (KeptPiece piece : kept.values()) piece.close();
    }
}
