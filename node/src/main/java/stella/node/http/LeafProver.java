package stella.node.http;

import java.util.List;
import java.util.concurrent.CompletionStage;
import stella.protocol.piece.Piece;
import stella.roles.Transfer;

/** Answers challenges for leaves: a Store from its own disk, a Fetch by asking a replica (IN-4). */
@FunctionalInterface
public interface LeafProver {
    CompletionStage<Transfer.Possession> prove(Piece piece, List<Long> leaves);
}
