package stella.gateway.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import stella.gateway.crypto.Blake2;
import stella.protocol.AccountId;

/** SS58, the text form of accounts: base 58 of network prefix, account and two bytes of checksum. */
public final class Ss58 {
    /** The prefix for chains that have none of their own. */
    public static final int GENERIC_PREFIX = 42;

    private static final byte[] CHECKSUM_SALT = "SS58PRE".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM_LENGTH = 2;
    private static final int PREFIX_MAX = 16_383;
    private static final int TEXT_LENGTH_MAX = 64;

    private Ss58() {}

    /** An account and the network its text form was made for. */
    public record Address(int prefix, AccountId account) {}

    /** The text form for the network {@code prefix}, 0 to 16,383. */
    public static String encode(AccountId account, int prefix) {
        if (prefix < 0 || prefix > PREFIX_MAX)
            throw new IllegalArgumentException("an SS58 prefix is 0 to " + PREFIX_MAX + ", not " + prefix);
        byte[] head = prefix < 64
                ? new byte[] {(byte) prefix}
                : new byte[] {(byte) (((prefix & 0xfc) >> 2) | 0x40), (byte) ((prefix >> 8) | ((prefix & 3) << 6))};
        byte[] data = Arrays.copyOf(head, head.length + AccountId.LENGTH + CHECKSUM_LENGTH);
        account.bytes().copyTo(data, head.length);
        int checked = data.length - CHECKSUM_LENGTH;
        System.arraycopy(checksum(data, checked), 0, data, checked, CHECKSUM_LENGTH);
        return Base58.encode(data);
    }

    /**
     * Reads the text form of any network.
     *
     * @throws IllegalArgumentException when {@code text} is no address of 32 bytes; the message says why
     */
    public static Address decode(String text) {
        if (text.isEmpty() || text.length() > TEXT_LENGTH_MAX)
            throw new IllegalArgumentException(
                    "an address has 1 to " + TEXT_LENGTH_MAX + " characters, not " + text.length());
        byte[] data = Base58.decode(text);
        if (data[0] < 0)
            throw new IllegalArgumentException("address '" + text + "' begins with a prefix that SS58 keeps for later");
        int headLength = data[0] < 64 ? 1 : 2;
        int checked = headLength + AccountId.LENGTH;
        if (data.length != checked + CHECKSUM_LENGTH)
            throw new IllegalArgumentException("address '" + text + "' has " + data.length + " bytes where "
                    + (checked + CHECKSUM_LENGTH) + " make an account of 32 bytes");
        if (!Arrays.equals(Arrays.copyOfRange(data, checked, data.length), checksum(data, checked)))
            throw new IllegalArgumentException(
                    "address '" + text + "' does not match its checksum; a character is wrong");
        int prefix = headLength == 1 ? data[0] : twoBytePrefix(data[0], data[1]);
        return new Address(prefix, AccountId.of(Arrays.copyOfRange(data, headLength, checked)));
    }

    private static int twoBytePrefix(byte first, byte second) {
        int low = ((first & 0x3f) << 2) | ((second & 0xff) >> 6);
        return low | ((second & 0x3f) << 8);
    }

    private static byte[] checksum(byte[] data, int length) {
        return Arrays.copyOf(Blake2.blake2b512(CHECKSUM_SALT, Arrays.copyOf(data, length)), CHECKSUM_LENGTH);
    }
}
