package stella.protocol.possession;

import java.security.MessageDigest;
import java.util.List;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;
import stella.protocol.piece.TreeHash;

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

    /** Whether the path has the piece's height and leads from the leaf to the piece's root: the check the chain makes. */
    public boolean leadsTo(Piece piece) {
        if (path.size() != piece.height() || index < 0 || index >>> piece.height() != 0) return false;
        MessageDigest sha = Digests.sha256();
        Hash node = leaf;
        for (int level = 0; level < path.size(); level++) {
            Hash sibling = path.get(level);
            boolean right = ((index >>> level) & 1) == 1;
            node = right ? TreeHash.node(sha, sibling, node) : TreeHash.node(sha, node, sibling);
        }
        return node.equals(piece.root());
    }
}
