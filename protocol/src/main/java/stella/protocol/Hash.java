package stella.protocol;

/** A digest or other identity of exactly 32 bytes: block hashes, seeds, roots. */
public record Hash(Bytes bytes) implements Comparable<Hash> {
    public static final int LENGTH = 32;
    public static final Hash ZERO = new Hash(Bytes.owning(new byte[LENGTH]));

    public Hash {
        if (bytes.length() != LENGTH) throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length());
    }

    public static Hash of(byte[] value) {
        return new Hash(Bytes.of(value));
    }

    public static Hash hex(String text) {
        return new Hash(Bytes.hex(text));
    }

    public byte[] toArray() {
        return bytes.toArray();
    }

    @Override
    public int compareTo(Hash other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.toHex0x();
    }
}
