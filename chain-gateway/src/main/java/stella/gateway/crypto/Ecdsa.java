package stella.gateway.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import stella.protocol.Bytes;

/**
 * ECDSA over secp256k1 with public key recovery, as Substrate's host functions in version 2 do it: 65 bytes r, s, recovery id
 * (0 to 3, or 27 to 30), r and s below the group order, a high s allowed.
 */
public final class Ecdsa {
    public static final int PUBLIC_KEY_LENGTH = 33;
    public static final int SIGNATURE_LENGTH = 65;

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final BigInteger ORDER = CURVE.getN();
    private static final BigInteger FIELD = CURVE.getCurve().getField().getCharacteristic();

    private Ecdsa() {}

    /** What recovering a key comes to. */
    public sealed interface Recovery {}

    /**
     * The key that signed.
     *
     * @param compressed 33 bytes
     * @param coordinates x and y, 64 bytes, without the leading 0x04
     */
    public record Recovered(Bytes compressed, Bytes coordinates) implements Recovery {}

    public record Refused(Reason reason) implements Recovery {}

    /** Why no key could be recovered, in the order of Substrate's {@code EcdsaVerifyError}. */
    public enum Reason {
        BAD_RS,
        BAD_V,
        BAD_SIGNATURE
    }

    /** The public key, compressed to 33 bytes, of a secret of 32 bytes from 1 to the order less 1. */
    public static byte[] publicKey(byte[] secret) {
        return new FixedPointCombMultiplier()
                .multiply(CURVE.getG(), secretNumber(secret))
                .getEncoded(true);
    }

    /** Signs the BLAKE2b-256 of {@code message}, deterministically (RFC 6979), with a low s. */
    public static byte[] sign(byte[] secret, byte[] message) {
        return signPrehashed(secret, Blake2.blake2b256(message));
    }

    public static byte[] signPrehashed(byte[] secret, byte[] hash) {
        BigInteger d = secretNumber(secret);
        BigInteger z = new BigInteger(1, hash);
        HMacDSAKCalculator nonces = new HMacDSAKCalculator(new SHA256Digest());
        nonces.init(ORDER, d, hash);
        while (true) {
            BigInteger k = nonces.nextK();
            ECPoint point =
                    new FixedPointCombMultiplier().multiply(CURVE.getG(), k).normalize();
            BigInteger x = point.getAffineXCoord().toBigInteger();
            BigInteger r = x.mod(ORDER);
            BigInteger s = k.modInverse(ORDER).multiply(z.add(r.multiply(d))).mod(ORDER);
            if (r.signum() == 0 || s.signum() == 0) continue;
            int id = (x.equals(r) ? 0 : 2) + (point.getAffineYCoord().testBitZero() ? 1 : 0);
            if (s.compareTo(ORDER.shiftRight(1)) > 0) {
                s = ORDER.subtract(s);
                id ^= 1;
            }
            byte[] signature = new byte[SIGNATURE_LENGTH];
            copy(r, signature, 0);
            copy(s, signature, 32);
            signature[64] = (byte) id;
            return signature;
        }
    }

    /** Whether {@code publicKey} (33 bytes) signed the BLAKE2b-256 of {@code message}. */
    public static boolean verify(byte[] signature, byte[] message, byte[] publicKey) {
        return verifyPrehashed(signature, Blake2.blake2b256(message), publicKey);
    }

    public static boolean verifyPrehashed(byte[] signature, byte[] hash, byte[] publicKey) {
        return recover(signature, hash) instanceof Recovered recovered
                && recovered.compressed().equals(Bytes.of(publicKey));
    }

    /** The key that signed {@code hash} (32 bytes, already hashed). */
    public static Recovery recover(byte[] signature, byte[] hash) {
        if (signature.length != SIGNATURE_LENGTH || hash.length != 32) return new Refused(Reason.BAD_SIGNATURE);
        int v = signature[64] & 0xff;
        int id = v > 26 ? v - 27 : v;
        if (id > 3) return new Refused(Reason.BAD_V);
        BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        if (r.compareTo(ORDER) >= 0 || s.compareTo(ORDER) >= 0) return new Refused(Reason.BAD_RS);
        if (r.signum() == 0 || s.signum() == 0) return new Refused(Reason.BAD_SIGNATURE);
        BigInteger x = (id & 2) == 0 ? r : r.add(ORDER);
        if (x.compareTo(FIELD) >= 0) return new Refused(Reason.BAD_SIGNATURE);
        ECPoint key;
        try {
            ECPoint commitment = CURVE.getCurve().decodePoint(compressed(x, (id & 1) == 1));
            BigInteger inverse = r.modInverse(ORDER);
            BigInteger z = new BigInteger(1, hash);
            key = ECAlgorithms.sumOfTwoMultiplies(
                    CURVE.getG(),
                    inverse.multiply(z.negate()).mod(ORDER),
                    commitment,
                    inverse.multiply(s).mod(ORDER));
        } catch (IllegalArgumentException e) {
            return new Refused(Reason.BAD_SIGNATURE);
        }
        if (key.isInfinity()) return new Refused(Reason.BAD_SIGNATURE);
        byte[] uncompressed = key.getEncoded(false);
        return new Recovered(Bytes.owning(key.getEncoded(true)), Bytes.slice(uncompressed, 1, 65));
    }

    private static BigInteger secretNumber(byte[] secret) {
        BigInteger d = new BigInteger(1, secret);
        if (secret.length != 32 || d.signum() == 0 || d.compareTo(ORDER) >= 0)
            throw new IllegalArgumentException(
                    "an ecdsa secret is a number of 32 bytes from 1 to the group order less 1");
        return d;
    }

    private static byte[] compressed(BigInteger x, boolean odd) {
        byte[] encoded = new byte[33];
        encoded[0] = (byte) (odd ? 3 : 2);
        copy(x, encoded, 1);
        return encoded;
    }

    private static void copy(BigInteger number, byte[] target, int at) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, target, at + 32 - length, length);
    }
}
