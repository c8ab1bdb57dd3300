package stella.node.content;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import stella.protocol.Bytes;
import stella.protocol.Digests;

/** Test data by the rule of {@code vectors/README.md}. */
final class SeededBytes {
    private SeededBytes() {}

    static byte[] of(String seed, int size) {
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20");
            byte[] key = Digests.sha256(Bytes.utf8(seed).toArray()).toArray();
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "ChaCha20"),
                    new ChaCha20ParameterSpec(new byte[12], 0));
            return cipher.update(new byte[size]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ChaCha20", e);
        }
    }
}
