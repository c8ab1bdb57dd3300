package stella.node.transfer;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stella.gateway.keys.Keypair;
import stella.gateway.keys.Scheme;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.inspection.Receipt;
import stella.protocol.message.v1.SignedDelivery;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;

/** The name that a Fetch puts to leaves it delivers (IN-4, IN-7): signed here, checked at the other end. */
public final class Deliveries {
    private static final Bytes CONTEXT = Bytes.utf8("stella:v1");
    private static final Bytes DELIVERY = Bytes.utf8("stella:delivery");

    private Deliveries() {}

    @SuppressWarnings("EnumOrdinal") // the ordinal is the index of MultiSignature
    public static SignedDelivery sign(Keypair keys, Piece piece, List<LeafProof> leaves) {
        return SignedDelivery.newBuilder()
                .setScheme(keys.scheme().ordinal())
                .setPublicKey(ByteString.copyFrom(keys.publicKey().toArray()))
                .setSignature(ByteString.copyFrom(
                        keys.sign(message(keys.account(), piece, leaves)).toArray()))
                .build();
    }

    /** The account that signed exactly these leaves; empty when the signature is anything else. */
    static Optional<AccountId> signer(SignedDelivery delivery, Piece piece, List<LeafProof> leaves) {
        Scheme[] schemes = Scheme.values();
        if (delivery.getScheme() < 0 || delivery.getScheme() >= schemes.length) return Optional.empty();
        Scheme scheme = schemes[delivery.getScheme()];
        Bytes key = Bytes.owning(delivery.getPublicKey().toByteArray());
        Bytes signature = Bytes.owning(delivery.getSignature().toByteArray());
        boolean ecdsa = scheme == Scheme.ECDSA;
        if (key.length() != (ecdsa ? 33 : AccountId.LENGTH) || signature.length() != (ecdsa ? 65 : 64))
            return Optional.empty();
        AccountId account = new AccountId(ecdsa ? Digests.blake2b256(key).bytes() : key);
        return Keypair.verify(scheme, key, message(account, piece, leaves), signature)
                ? Optional.of(account)
                : Optional.empty();
    }

    private static Bytes message(AccountId gateway, Piece piece, List<LeafProof> leaves) {
        byte[] shape = ByteBuffer.allocate(9)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) piece.height())
                .putLong(piece.padding())
                .array();
        List<Bytes> parts =
                new ArrayList<>(List.of(DELIVERY, gateway.bytes(), piece.root().bytes(), Bytes.owning(shape)));
        for (LeafProof leaf : leaves) parts.add(Receipt.digest(leaf).bytes());
        return Bytes.concat(
                CONTEXT, Digests.blake2b256(parts.toArray(Bytes[]::new)).bytes());
    }
}
