package stella.protocol.possession;

import java.io.IOException;
import stella.protocol.piece.Piece;

/** Bytes of a kept piece, or the kept part of its tree, have changed: a proof from them would be punished. */
public final class DamagedPieceException extends IOException {
    public DamagedPieceException(Piece piece, long leaf) {
        super("piece " + piece.cid() + " is damaged: what is read for leaf " + leaf + " does not lead to its root");
    }
}
