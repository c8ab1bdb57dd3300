package stella.protocol.possession;

import java.util.List;
import stella.protocol.Hash;

/**
 * One leaf of a piece and its way to the root (clause PP-3).
 *
 * @param index leaf number from 0; the chain derives it itself, so it does not travel there
 * @param leaf the 32-byte node
 * @param path siblings from the leaf's own level upwards; as many as the piece is high
 */
public record LeafProof(long index, Hash leaf, List<Hash> path) {
    public LeafProof {
        path = List.copyOf(path);
    }
}
