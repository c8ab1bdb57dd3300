package stella.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** The hash functions of the protocol. */
public final class Digests {
    private Digests() {}

    /** BLAKE2b with a 32-byte digest and no key, RFC 7693. */
    public static Hash blake2b256(Bytes... parts) {
        Blake2bDigest digest = new Blake2bDigest(256);
        for (Bytes part : parts) digest.update(part.toArray(), 0, part.length());
        byte[] out = new byte[32];
        digest.doFinal(out, 0);
        return Hash.of(out);
    }

    /** Keccak-256 as Ethereum and Filecoin's PDP use it (not SHA3-256). */
    public static Hash keccak256(Bytes data) {
        KeccakDigest digest = new KeccakDigest(256);
        digest.update(data.toArray(), 0, data.length());
        byte[] out = new byte[32];
        digest.doFinal(out, 0);
        return Hash.of(out);
    }

    public static Hash sha256(byte[] data) {
        return Hash.of(sha256().digest(data));
    }

    /** A fresh SHA-256, which every Java platform has. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
