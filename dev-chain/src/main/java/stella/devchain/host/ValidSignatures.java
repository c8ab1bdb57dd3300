package stella.devchain.host;

import java.util.LinkedHashMap;
import java.util.Map;
import stella.protocol.Bytes;

/**
 * Signatures that were found valid lately. The runtime verifies the same signature when a transaction is judged, judged again and applied; to compute it
 * once is most of what a transfer costs. Only what is valid is remembered, with all it depends on, so the answer is always the one a computation would
 * give. Safe for all threads.
 */
final class ValidSignatures {
    private static final int KEPT_MAX = 16_384;
    private static final int BYTES_MAX = 1024;

    /** Computes whether a signature is valid. */
    interface Verifier {
        boolean verify(byte[] signature, byte[] message, byte[] publicKey);
    }

    private record Checked(Verifier verifier, Bytes signature, Bytes message, Bytes publicKey) {}

    private final Map<Checked, Boolean> valid = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Checked, Boolean> eldest) {
            return size() > KEPT_MAX;
        }
    };

    /** {@code verifier} must be the same object for the same scheme, and must not keep the arrays. */
    boolean isValid(Verifier verifier, byte[] signature, byte[] message, byte[] publicKey) {
        if (message.length > BYTES_MAX) return verifier.verify(signature, message, publicKey);
        Checked key = new Checked(verifier, Bytes.owning(signature), Bytes.owning(message), Bytes.owning(publicKey));
        synchronized (valid) {
            if (valid.get(key) != null) return true;
        }
        if (!verifier.verify(signature, message, publicKey)) return false;
        synchronized (valid) {
            valid.put(key, true);
        }
        return true;
    }
}
