package stella.protocol.cid;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import stella.protocol.Bytes;
import stella.protocol.Digests;

/**
 * A digest that says which hash function made it.
 *
 * @param code the function, from the multicodec table
 * @param digest at most {@value #DIGEST_MAX} bytes
 */
public record Multihash(long code, Bytes digest) implements Comparable<Multihash> {
    public static final long IDENTITY = 0x00;
    public static final long SHA2_256 = 0x12;
    public static final long SHA2_512 = 0x13;
    public static final long BLAKE2B_256 = 0xb220;
    public static final long SHA2_256_TRUNC254_PADDED = 0x1012;
    public static final long FR32_SHA256_TRUNC254_PADBINTREE = 0x1011;

    /** Longer digests, also inlined ones, are refused: no hash function needs them and blocks are never named so. */
    public static final int DIGEST_MAX = 128;

    public Multihash {
        if (digest.length() > DIGEST_MAX)
            throw new MalformedException("a digest has at most " + DIGEST_MAX + " bytes, not " + digest.length());
    }

    public static Multihash sha256(Bytes data) {
        return new Multihash(SHA2_256, digest("SHA-256", data));
    }

    public static Multihash read(Cursor in) {
        long code = in.varint();
        long length = in.varint();
        if (length > DIGEST_MAX)
            throw new MalformedException("a digest has at most " + DIGEST_MAX + " bytes, not " + length);
        return new Multihash(code, in.take(length));
    }

    public Bytes toBytes() {
        return Bytes.concat(Varint.encode(code), Varint.encode(digest.length()), digest);
    }

    /** Whether this build can check data against the function {@link #code}. */
    public boolean checkable() {
        return code == SHA2_256 || code == IDENTITY || code == SHA2_512 || code == BLAKE2B_256;
    }

    /** True only if {@code data} was hashed and gave this digest; false too for functions that are not {@link #checkable}. */
    public boolean matches(Bytes data) {
        if (code == SHA2_256) return digest.equals(digest("SHA-256", data));
        if (code == IDENTITY) return digest.equals(data);
        if (code == SHA2_512) return digest.equals(digest("SHA-512", data));
        if (code == BLAKE2B_256) return digest.equals(Digests.blake2b256(data).bytes());
        return false;
    }

    @Override
    public int compareTo(Multihash other) {
        int byCode = Long.compareUnsigned(code, other.code);
        return byCode != 0 ? byCode : digest.compareTo(other.digest);
    }

    private static Bytes digest(String algorithm, Bytes data) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            data.feed(digest);
            return Bytes.owning(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
