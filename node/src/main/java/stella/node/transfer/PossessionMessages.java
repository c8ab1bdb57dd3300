package stella.node.transfer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.message.v1.PossessionChallenge;
import stella.protocol.message.v1.PossessionProof;
import stella.protocol.message.v1.Refusal;
import stella.protocol.message.v1.SignedDelivery;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.roles.Transfer;

/**
 * The messages of {@code POST /stella/v1/possession} (DL-7, IN-4), read and written at both ends.
 *
 * <p>Readers check form and bounds; whether a path leads to the piece's root is for the caller.
 */
public final class PossessionMessages {
    public static final String PATH = "stella/v1/possession";
    public static final String MEDIA_TYPE = "application/x-protobuf";
    public static final int LEAVES_MAX = 16;

    /** Bytes of the longest challenge: 16 leaf numbers and a piece. */
    public static final int CHALLENGE_BYTES_MAX = 1024;

    /** Bytes of the longest answer: 16 leaves with 50 path nodes each, 34 bytes a node. */
    public static final int PROOF_BYTES_MAX = 64 << 10;

    private static final int REASON_MAX = 512;

    private PossessionMessages() {}

    /** A question for leaves of a piece: 1 to {@value #LEAVES_MAX}, each inside the piece. */
    public record Challenge(Piece piece, List<Long> leaves) {
        public Challenge {
            leaves = List.copyOf(leaves);
            if (leaves.isEmpty() || leaves.size() > LEAVES_MAX)
                throw new IllegalArgumentException(
                        "a challenge asks for 1 to " + LEAVES_MAX + " leaves, not " + leaves.size());
            long count = piece.leafCount();
            for (long leaf : leaves)
                if (leaf < 0 || leaf >= count)
                    throw new IllegalArgumentException(
                            "leaf " + Long.toUnsignedString(leaf) + " is no leaf with data: the piece has " + count);
        }
    }

    public static byte[] write(Challenge challenge) {
        return PossessionChallenge.newBuilder()
                .setPiece(write(challenge.piece()))
                .addAllLeaves(challenge.leaves())
                .build()
                .toByteArray();
    }

    /** @throws IllegalArgumentException saying what is wrong */
    public static Challenge readChallenge(byte[] body) {
        try {
            PossessionChallenge message = PossessionChallenge.parseFrom(body);
            return new Challenge(read(message.getPiece()), message.getLeavesList());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the body is no PossessionChallenge", e);
        }
    }

    public static byte[] write(Piece piece, List<LeafProof> proofs) {
        return write(piece, proofs, Optional.empty());
    }

    /** @param delivery of a Fetch; a Store answers without */
    public static byte[] write(Piece piece, List<LeafProof> proofs, Optional<SignedDelivery> delivery) {
        PossessionProof.Builder message = PossessionProof.newBuilder().setPiece(write(piece));
        delivery.ifPresent(message::setDelivery);
        for (LeafProof proof : proofs) {
            var leaf = stella.protocol.message.v1.LeafProof.newBuilder()
                    .setIndex(proof.index())
                    .setLeaf(bytes(proof.leaf()));
            proof.path().forEach(node -> leaf.addPath(bytes(node)));
            message.addLeaves(leaf);
        }
        return message.build().toByteArray();
    }

    /**
     * Reads the answer to {@code asked}: its piece, its leaves in its order, each path as long as the piece is high.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Transfer.Possession.Proven readProof(byte[] body, Challenge asked) {
        PossessionProof message;
        try {
            message = PossessionProof.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the answer is no PossessionProof", e);
        }
        if (!read(message.getPiece()).equals(asked.piece()))
            throw new IllegalArgumentException("the answer is about another piece");
        if (message.getLeavesCount() != asked.leaves().size())
            throw new IllegalArgumentException("the answer has " + message.getLeavesCount() + " leaves, not "
                    + asked.leaves().size());
        List<LeafProof> proofs = new ArrayList<>(message.getLeavesCount());
        for (int i = 0; i < message.getLeavesCount(); i++) {
            var leaf = message.getLeaves(i);
            if (leaf.getIndex() != asked.leaves().get(i))
                throw new IllegalArgumentException("the answer's leaf " + i + " is another leaf than asked for");
            if (leaf.getPathCount() != asked.piece().height())
                throw new IllegalArgumentException("a path has " + leaf.getPathCount() + " nodes, not "
                        + asked.piece().height());
            proofs.add(new LeafProof(
                    leaf.getIndex(),
                    hash(leaf.getLeaf()),
                    leaf.getPathList().stream().map(PossessionMessages::hash).toList()));
        }
        Optional<AccountId> deliveredBy = message.hasDelivery()
                ? Deliveries.signer(message.getDelivery(), asked.piece(), proofs)
                : Optional.empty();
        return new Transfer.Possession.Proven(proofs, deliveredBy);
    }

    public static byte[] refusal(String reason) {
        String cut = reason.length() > REASON_MAX ? reason.substring(0, REASON_MAX) : reason;
        return Refusal.newBuilder().setReason(cut).build().toByteArray();
    }

    /** The words of a {@code Refusal}, bounded and printable. */
    static String readRefusal(byte[] body) {
        try {
            return Texts.printable(Refusal.parseFrom(body).getReason());
        } catch (InvalidProtocolBufferException e) {
            return "an answer that is no Refusal";
        }
    }

    private static stella.protocol.message.v1.Piece write(Piece piece) {
        return stella.protocol.message.v1.Piece.newBuilder()
                .setRoot(bytes(piece.root()))
                .setHeight(piece.height())
                .setPadding(piece.padding())
                .build();
    }

    private static Piece read(stella.protocol.message.v1.Piece piece) {
        return new Piece(hash(piece.getRoot()), piece.getHeight(), piece.getPadding());
    }

    private static ByteString bytes(Hash hash) {
        return ByteString.copyFrom(hash.toArray());
    }

    private static Hash hash(ByteString bytes) {
        return Hash.of(bytes.toByteArray());
    }
}
