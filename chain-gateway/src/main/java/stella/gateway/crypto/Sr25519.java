package stella.gateway.crypto;

import cafe.cryptography.curve25519.CompressedRistretto;
import cafe.cryptography.curve25519.Constants;
import cafe.cryptography.curve25519.InvalidEncodingException;
import cafe.cryptography.curve25519.RistrettoElement;
import cafe.cryptography.curve25519.Scalar;
import java.util.Arrays;

/**
 * Schnorr signatures over Ristretto255 with Merlin transcripts, as schnorrkel makes them and Substrate uses them (context
 * {@code "substrate"}).
 *
 * <p>Signing is deterministic: the nonce scalar depends on the secret and everything signed, so no source of randomness can
 * leak the key, and the same extrinsic signed twice is the same extrinsic.
 */
public final class Sr25519 {
    public static final int PUBLIC_KEY_LENGTH = 32;
    public static final int SIGNATURE_LENGTH = 64;
    public static final int SECRET_LENGTH = 64;

    private static final byte[] SUBSTRATE = Transcript.ascii("substrate");
    private static final byte MARKER = (byte) 0x80;

    private Sr25519() {}

    /** A secret key: the scalar and the 32 bytes that make nonces unpredictable. */
    public static final class Secret {
        private final Scalar scalar;
        private final byte[] nonceSeed;
        private final byte[] publicKey;

        private Secret(Scalar scalar, byte[] nonceSeed) {
            this.scalar = scalar;
            this.nonceSeed = nonceSeed;
            this.publicKey = Constants.RISTRETTO_GENERATOR_TABLE
                    .multiply(scalar)
                    .compress()
                    .toByteArray();
        }

        /** Expands a mini secret of 32 bytes as Ed25519 does (SHA-512, clamp), divided by the cofactor. */
        public static Secret fromMiniSecret(byte[] miniSecret) {
            if (miniSecret.length != 32)
                throw new IllegalArgumentException("a mini secret has 32 bytes, not " + miniSecret.length);
            byte[] expanded = Sha512.hash(miniSecret);
            byte[] key = Arrays.copyOf(expanded, 32);
            key[0] &= (byte) 0xf8;
            key[31] = (byte) ((key[31] & 0x3f) | 0x40);
            divideByCofactor(key);
            return new Secret(Scalar.fromBytesModOrder(key), Arrays.copyOfRange(expanded, 32, 64));
        }

        /**
         * A secret key of 64 bytes as {@link #toBytes} gives it.
         *
         * @throws IllegalArgumentException when it is none
         */
        public static Secret fromBytes(byte[] bytes) {
            if (bytes.length != SECRET_LENGTH)
                throw new IllegalArgumentException("an sr25519 secret key has 64 bytes, not " + bytes.length);
            byte[] key = Arrays.copyOf(bytes, 32);
            if ((key[0] & 7) != 0) throw new IllegalArgumentException("these 64 bytes are no sr25519 secret key");
            divideByCofactor(key);
            return new Secret(Scalar.fromBytesModOrder(key), Arrays.copyOfRange(bytes, 32, 64));
        }

        /** The scalar times the cofactor, then the nonce seed: schnorrkel's Ed25519 form, which polkadot.js keeps in files. */
        public byte[] toBytes() {
            byte[] bytes = Arrays.copyOf(scalar.toByteArray(), SECRET_LENGTH);
            int carry = 0;
            for (int i = 0; i < 32; i++) {
                int value = bytes[i] & 0xff;
                bytes[i] = (byte) ((value << 3) | carry);
                carry = value >> 5;
            }
            System.arraycopy(nonceSeed, 0, bytes, 32, 32);
            return bytes;
        }

        private static void divideByCofactor(byte[] key) {
            int carry = 0;
            for (int i = 31; i >= 0; i--) {
                int value = key[i] & 0xff;
                key[i] = (byte) ((value >> 3) | carry);
                carry = value << 5;
            }
        }

        public byte[] publicKey() {
            return publicKey.clone();
        }

        /** The child that {@code chainCode} names, unrelated to its parent for everybody without the parent's secret. */
        public Secret deriveHard(byte[] chainCode) {
            byte[] miniSecret = new Transcript("SchnorrRistrettoHDKD")
                    .message("sign-bytes", new byte[0])
                    .message("chain-code", chainCode)
                    .message("secret-key", scalar.toByteArray())
                    .challenge("HDKD-hard", 32);
            return fromMiniSecret(miniSecret);
        }

        /** The child that {@code chainCode} names, whose public key can be derived from the parent's public key alone. */
        public Secret deriveSoft(byte[] chainCode) {
            Scalar offset = softOffset(publicKey, chainCode);
            return new Secret(scalar.add(offset), Arrays.copyOf(Sha512.hash(nonceSeed, chainCode), 32));
        }

        public byte[] sign(byte[] message) {
            Scalar nonce = Scalar.fromBytesModOrderWide(
                    Sha512.hash(Transcript.ascii("sr25519 nonce"), nonceSeed, publicKey, SUBSTRATE, message));
            byte[] commitment = Constants.RISTRETTO_GENERATOR_TABLE
                    .multiply(nonce)
                    .compress()
                    .toByteArray();
            Scalar challenge = challenge(message, publicKey, commitment);
            byte[] response = challenge.multiplyAndAdd(scalar, nonce).toByteArray();
            byte[] signature = Arrays.copyOf(commitment, SIGNATURE_LENGTH);
            System.arraycopy(response, 0, signature, 32, 32);
            signature[63] |= MARKER;
            return signature;
        }
    }

    /** Whether {@code signature} is one of {@code publicKey} over {@code message}; whatever is malformed is {@code false}. */
    public static boolean verify(byte[] signature, byte[] message, byte[] publicKey) {
        if (signature.length != SIGNATURE_LENGTH || publicKey.length != PUBLIC_KEY_LENGTH) return false;
        if ((signature[63] & MARKER) == 0) return false;
        byte[] commitment = Arrays.copyOf(signature, 32);
        byte[] response = Arrays.copyOfRange(signature, 32, 64);
        response[31] &= (byte) ~MARKER;
        try {
            Scalar s = Scalar.fromCanonicalBytes(response);
            RistrettoElement key = new CompressedRistretto(publicKey).decompress();
            Scalar challenge = challenge(message, publicKey, commitment);
            RistrettoElement expected =
                    Constants.RISTRETTO_GENERATOR_TABLE.multiply(s).subtract(key.multiply(challenge));
            return Arrays.equals(expected.compress().toByteArray(), commitment);
        } catch (InvalidEncodingException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The public key of the soft child of {@code publicKey}.
     *
     * @throws IllegalArgumentException when {@code publicKey} is no point of the group
     */
    public static byte[] deriveSoftPublic(byte[] publicKey, byte[] chainCode) {
        try {
            RistrettoElement parent = new CompressedRistretto(publicKey).decompress();
            Scalar offset = softOffset(publicKey, chainCode);
            return parent.add(Constants.RISTRETTO_GENERATOR_TABLE.multiply(offset))
                    .compress()
                    .toByteArray();
        } catch (InvalidEncodingException e) {
            throw new IllegalArgumentException("these bytes are no sr25519 public key", e);
        }
    }

    private static Scalar softOffset(byte[] publicKey, byte[] chainCode) {
        return Scalar.fromBytesModOrderWide(new Transcript("SchnorrRistrettoHDKD")
                .message("sign-bytes", new byte[0])
                .message("chain-code", chainCode)
                .message("public-key", publicKey)
                .challenge("HDKD-scalar", 64));
    }

    private static Scalar challenge(byte[] message, byte[] publicKey, byte[] commitment) {
        return Scalar.fromBytesModOrderWide(new Transcript("SigningContext")
                .message("", SUBSTRATE)
                .message("sign-bytes", message)
                .message("proto-name", Transcript.ascii("Schnorr-sig"))
                .message("sign:pk", publicKey)
                .message("sign:R", commitment)
                .challenge("sign:c", 64));
    }
}
