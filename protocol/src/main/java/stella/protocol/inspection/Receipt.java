package stella.protocol.inspection;

import java.util.ArrayList;
import java.util.List;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.protocol.role.RoleId;

/**
 * What only somebody who was served can show (clause IN-4): a leaf of the piece with its path, at an index of each Inspector's own,
 * so that nobody can copy another's.
 */
public final class Receipt {
    private static final Bytes RECEIPT = Bytes.utf8("stella:receipt");

    private Receipt() {}

    /**
     * The leaf to ask for: {@code blake2b-256("stella:receipt" || seed || inspector || subject || item u8)}, modulo the leaves that
     * hold data.
     *
     * @param item index in the subject's item list, 0 to 255
     */
    public static long leaf(Hash seed, AccountId inspector, RoleId subject, int item, Piece piece) {
        return Draw.below(
                piece.leafCount(),
                RECEIPT,
                seed.bytes(),
                RoleId.inspector(inspector).bytes(),
                subject.bytes(),
                Draw.u8(item));
    }

    /** What an {@link Outcome.Ok} carries: {@code blake2b-256(leaf || path bottom-up)}. */
    public static Hash digest(LeafProof proof) {
        List<Bytes> parts = new ArrayList<>(proof.path().size() + 1);
        parts.add(proof.leaf().bytes());
        proof.path().forEach(node -> parts.add(node.bytes()));
        return Digests.blake2b256(parts.toArray(Bytes[]::new));
    }
}
