package stella.gateway.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-512 over the concatenation of {@code parts}. */
final class Sha512 {
    private Sha512() {}

    static byte[] hash(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) digest.update(part);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }
}
