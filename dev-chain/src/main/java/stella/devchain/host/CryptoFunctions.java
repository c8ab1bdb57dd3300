package stella.devchain.host;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import stella.gateway.crypto.Ecdsa;
import stella.gateway.crypto.Ed25519;
import stella.gateway.crypto.Sr25519;
import stella.gateway.keys.Scheme;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;

/**
 * {@code ext_crypto_*}. A signature, key or recovery id that is malformed is answered with "no", never with a trap: anybody may put such bytes into an
 * extrinsic, and a trap would stop the block. Ed25519 follows ZIP-215 like Substrate's ed25519-zebra, see {@link Ed25519}.
 */
final class CryptoFunctions {
    private static final int HASH_LENGTH = 32;
    private static final int KEY_TYPE_LENGTH = 4;

    private CryptoFunctions() {}

    static @Nullable HostEntry find(String name) {
        return switch (name) {
            case "ext_crypto_ed25519_verify_version_1" -> verify(64, 32, Ed25519::verify);
            case "ext_crypto_sr25519_verify_version_2" -> verify(64, 32, Sr25519::verify);
            case "ext_crypto_ecdsa_verify_version_2" -> verify(65, 33, Ecdsa::verify);
            case "ext_crypto_ecdsa_verify_prehashed_version_1" -> verifyPrehashed();
            case "ext_crypto_secp256k1_ecdsa_recover_version_2" -> recover(Ecdsa.Recovered::coordinates);
            case "ext_crypto_secp256k1_ecdsa_recover_compressed_version_2" -> recover(Ecdsa.Recovered::compressed);
            case "ext_crypto_ed25519_generate_version_1" -> generate(Scheme.ED25519);
            case "ext_crypto_sr25519_generate_version_1" -> generate(Scheme.SR25519);
            case "ext_crypto_ecdsa_generate_version_1" -> generate(Scheme.ECDSA);
            case "ext_crypto_ed25519_sign_version_1" -> sign(Scheme.ED25519, Ed25519.PUBLIC_KEY_LENGTH);
            case "ext_crypto_sr25519_sign_version_1" -> sign(Scheme.SR25519, Sr25519.PUBLIC_KEY_LENGTH);
            case "ext_crypto_ecdsa_sign_version_1" -> sign(Scheme.ECDSA, Ecdsa.PUBLIC_KEY_LENGTH);
            default -> null;
        };
    }

    private static HostEntry verify(int signature, int publicKey, ValidSignatures.Verifier verifier) {
        return HostEntry.function("iIi:i", (guest, a) -> {
            boolean valid = guest.services
                    .signatures()
                    .isValid(
                            verifier,
                            guest.array((int) a[0], signature),
                            guest.array(a[1]),
                            guest.array((int) a[2], publicKey));
            return valid ? 1 : 0;
        });
    }

    private static HostEntry verifyPrehashed() {
        return HostEntry.function("iii:i", (guest, a) -> {
            boolean valid = Ecdsa.verifyPrehashed(
                    guest.array((int) a[0], Ecdsa.SIGNATURE_LENGTH),
                    guest.array((int) a[1], HASH_LENGTH),
                    guest.array((int) a[2], Ecdsa.PUBLIC_KEY_LENGTH));
            return valid ? 1 : 0;
        });
    }

    private static HostEntry recover(Function<Ecdsa.Recovered, Bytes> form) {
        return HostEntry.function("ii:I", (guest, a) -> recover(guest, a, form));
    }

    /** {@code Result<[u8; N], EcdsaVerifyError>}. */
    private static long recover(Guest guest, long[] a, Function<Ecdsa.Recovered, Bytes> form) {
        byte[] signature = guest.array((int) a[0], Ecdsa.SIGNATURE_LENGTH);
        byte[] hash = guest.array((int) a[1], HASH_LENGTH);
        ScaleWriter result = new ScaleWriter(66);
        switch (Ecdsa.recover(signature, hash)) {
            case Ecdsa.Recovered recovered -> result.u8(0).raw(form.apply(recovered));
            case Ecdsa.Refused refused -> result.u8(1).u8(code(refused.reason()));
        }
        return guest.give(result.toArray());
    }

    private static int code(Ecdsa.Reason reason) {
        return switch (reason) {
            case BAD_RS -> 0;
            case BAD_V -> 1;
            case BAD_SIGNATURE -> 2;
        };
    }

    /** Key types are 4 bytes, the seed is {@code Option<Vec<u8>>} with a secret URI inside. */
    private static HostEntry generate(Scheme scheme) {
        return HostEntry.function("iI:i", (guest, a) -> {
            byte[] option = guest.array(a[1]);
            Optional<String> suri = new ScaleReader(option).option(reader -> reader.text(option.length));
            Bytes type = Bytes.owning(guest.array((int) a[0], KEY_TYPE_LENGTH));
            Bytes publicKey =
                    guest.services.keystore().generate(type, scheme, suri).publicKey();
            return guest.givePointer(publicKey.toArray());
        });
    }

    /** {@code Option<[u8; N]>}: nothing when the key is not in the keystore. */
    private static HostEntry sign(Scheme scheme, int publicKeyLength) {
        return HostEntry.function("iiI:I", (guest, a) -> {
            Bytes type = Bytes.owning(guest.array((int) a[0], KEY_TYPE_LENGTH));
            Bytes publicKey = Bytes.owning(guest.array((int) a[1], publicKeyLength));
            Optional<Bytes> signature = guest.services.keystore().sign(type, scheme, publicKey, guest.bytes(a[2]));
            return guest.give(
                    new ScaleWriter().option(signature, ScaleWriter::raw).toArray());
        });
    }
}
