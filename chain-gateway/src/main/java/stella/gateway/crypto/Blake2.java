package stella.gateway.crypto;

import org.bouncycastle.crypto.digests.Blake2bDigest;

/** BLAKE2b (RFC 7693) without a key, over the concatenation of {@code parts}. */
public final class Blake2 {
    private Blake2() {}

    public static byte[] blake2b128(byte[]... parts) {
        return blake2b(128, parts);
    }

    public static byte[] blake2b256(byte[]... parts) {
        return blake2b(256, parts);
    }

    public static byte[] blake2b512(byte[]... parts) {
        return blake2b(512, parts);
    }

    private static byte[] blake2b(int bits, byte[]... parts) {
        Blake2bDigest digest = new Blake2bDigest(bits);
        for (byte[] part : parts) digest.update(part, 0, part.length);
        byte[] out = new byte[bits / 8];
        digest.doFinal(out, 0);
        return out;
    }
}
