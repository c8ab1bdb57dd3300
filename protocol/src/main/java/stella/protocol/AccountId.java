package stella.protocol;

/** An account of the chain: 32 bytes, usually a public key. Its text form (SS58) belongs to the chain gateway. */
public record AccountId(Bytes bytes) implements Comparable<AccountId> {
    public static final int LENGTH = 32;

    public AccountId {
        if (bytes.length() != LENGTH)
            throw new IllegalArgumentException("an account has 32 bytes, not " + bytes.length());
    }

    public static AccountId of(byte[] value) {
        return new AccountId(Bytes.of(value));
    }

    @Override
    public int compareTo(AccountId other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.toHex0x();
    }
}
