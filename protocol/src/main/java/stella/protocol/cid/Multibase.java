package stella.protocol.cid;

import java.math.BigInteger;
import stella.protocol.Bytes;

/** Bytes as text whose first character names the alphabet. Each byte string has exactly one accepted text per alphabet. */
public enum Multibase {
    BASE16('f', "0123456789abcdef", 4),
    BASE16_UPPER('F', "0123456789ABCDEF", 4),
    BASE32('b', "abcdefghijklmnopqrstuvwxyz234567", 5),
    BASE32_UPPER('B', "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5),
    BASE36('k', "0123456789abcdefghijklmnopqrstuvwxyz", 0),
    BASE36_UPPER('K', "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0),
    BASE58_BTC('z', "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 0);

    /** Longest text read: arithmetic alphabets cost the square of the length, and no CID comes near. */
    public static final int TEXT_MAX = 512;

    private final char prefix;
    private final String alphabet;
    /** Bits of one character when the alphabet has a power of two of them, else 0. */
    private final int bits;

    Multibase(char prefix, String alphabet, int bits) {
        this.prefix = prefix;
        this.alphabet = alphabet;
        this.bits = bits;
    }

    public String encode(Bytes data) {
        return prefix + encodeBare(data);
    }

    /**
     * Reads any of the alphabets by its prefix.
     *
     * @throws MalformedException for an unknown prefix, a foreign character, a text that is too long or not canonical
     */
    public static Bytes decode(String text) {
        if (text.isEmpty()) throw new MalformedException("an empty text has no multibase prefix");
        for (Multibase base : values()) if (base.prefix == text.charAt(0)) return base.decodeBare(text.substring(1));
        throw new MalformedException("the multibase prefix '" + text.charAt(0)
                + "' is none of f, b, k, z or their upper case: is this a CID?");
    }

    /** The text without the prefix, as CIDv0 is written. */
    public String encodeBare(Bytes data) {
        return bits > 0 ? encodeBits(data) : encodeNumber(data);
    }

    public Bytes decodeBare(String text) {
        if (text.length() > TEXT_MAX)
            throw new MalformedException(
                    "a multibase text has at most " + TEXT_MAX + " characters, not " + text.length());
        return bits > 0 ? decodeBits(text) : decodeNumber(text);
    }

    private int digit(String text, int at) {
        int digit = alphabet.indexOf(text.charAt(at));
        if (digit < 0)
            throw new MalformedException(
                    "character " + (at + 1) + " ('" + text.charAt(at) + "') does not belong to " + this);
        return digit;
    }

    private String encodeBits(Bytes data) {
        StringBuilder text = new StringBuilder(data.length() * 8 / bits + 1);
        int pending = 0;
        int count = 0;
        for (int i = 0; i < data.length(); i++) {
            pending = ((pending << 8) | data.at(i)) & 0xffff;
            count += 8;
            while (count >= bits) {
                count -= bits;
                text.append(alphabet.charAt((pending >> count) & ((1 << bits) - 1)));
            }
        }
        if (count > 0) text.append(alphabet.charAt((pending << (bits - count)) & ((1 << bits) - 1)));
        return text.toString();
    }

    private Bytes decodeBits(String text) {
        byte[] out = new byte[text.length() * bits / 8];
        int pending = 0;
        int count = 0;
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            pending = ((pending << bits) | digit(text, i)) & 0xffff;
            count += bits;
            if (count >= 8) {
                count -= 8;
                out[length++] = (byte) (pending >> count);
            }
        }
        if (count >= bits || (pending & ((1 << count) - 1)) != 0)
            throw new MalformedException("the last character of the " + this + " text has bits that belong to no byte");
        return Bytes.owning(out);
    }

    private String encodeNumber(Bytes data) {
        int zeros = 0;
        while (zeros < data.length() && data.at(zeros) == 0) zeros++;
        StringBuilder reversed = new StringBuilder();
        BigInteger radix = BigInteger.valueOf(alphabet.length());
        BigInteger rest = new BigInteger(1, data.toArray());
        while (rest.signum() > 0) {
            BigInteger[] step = rest.divideAndRemainder(radix);
            reversed.append(alphabet.charAt(step[1].intValue()));
            rest = step[0];
        }
        return reversed.repeat(alphabet.charAt(0), zeros).reverse().toString();
    }

    private Bytes decodeNumber(String text) {
        int zeros = 0;
        while (zeros < text.length() && digit(text, zeros) == 0) zeros++;
        BigInteger radix = BigInteger.valueOf(alphabet.length());
        BigInteger value = BigInteger.ZERO;
        for (int i = zeros; i < text.length(); i++)
            value = value.multiply(radix).add(BigInteger.valueOf(digit(text, i)));
        byte[] magnitude = value.toByteArray();
        int sign = magnitude[0] == 0 ? 1 : 0;
        byte[] out = new byte[zeros + magnitude.length - sign];
        System.arraycopy(magnitude, sign, out, zeros, magnitude.length - sign);
        return Bytes.owning(out);
    }
}
