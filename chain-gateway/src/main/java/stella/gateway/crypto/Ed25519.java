package stella.gateway.crypto;

import cafe.cryptography.curve25519.CompressedEdwardsY;
import cafe.cryptography.curve25519.EdwardsPoint;
import cafe.cryptography.curve25519.InvalidEncodingException;
import cafe.cryptography.curve25519.Scalar;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Ed25519 with the verification rules of ZIP-215, which Substrate uses (ed25519-zebra): the equation is checked times the
 * cofactor, and points of small order or in an unusual encoding are taken as they are. The rules of RFC 8032 reject some of
 * those, and a host that rejects what a chain accepted arrives at another state.
 */
public final class Ed25519 {
    public static final int PUBLIC_KEY_LENGTH = 32;
    public static final int SIGNATURE_LENGTH = 64;

    private Ed25519() {}

    public static byte[] publicKey(byte[] seed) {
        return new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
    }

    public static byte[] sign(byte[] seed, byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(seed));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /** Whether {@code signature} is one of {@code publicKey} over {@code message}; whatever is malformed is {@code false}. */
    public static boolean verify(byte[] signature, byte[] message, byte[] publicKey) {
        if (signature.length != SIGNATURE_LENGTH || publicKey.length != PUBLIC_KEY_LENGTH) return false;
        byte[] commitment = Arrays.copyOf(signature, 32);
        try {
            Scalar s = Scalar.fromCanonicalBytes(Arrays.copyOfRange(signature, 32, 64));
            EdwardsPoint key = new CompressedEdwardsY(publicKey).decompress();
            EdwardsPoint r = new CompressedEdwardsY(commitment).decompress();
            Scalar k = Scalar.fromBytesModOrderWide(Sha512.hash(commitment, publicKey, message));
            EdwardsPoint expected = EdwardsPoint.vartimeDoubleScalarMultiplyBasepoint(k, key.negate(), s);
            return expected.subtract(r).multiplyByCofactor().isIdentity();
        } catch (InvalidEncodingException | IllegalArgumentException e) {
            return false;
        }
    }
}
