package stella.node.http;

import java.util.List;
import stella.protocol.message.v1.SignedDelivery;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;

/** Puts a Fetch's name to leaves that it delivers (IN-4). */
@FunctionalInterface
public interface DeliverySigner {
    SignedDelivery sign(Piece piece, List<LeafProof> leaves);
}
