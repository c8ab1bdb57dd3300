package stella.gateway.keys;

import java.math.BigInteger;

/** Base 58 with Bitcoin's alphabet: a leading zero byte is a leading {@code 1}. */
final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);

    private Base58() {}

    static String encode(byte[] data) {
        StringBuilder reversed = new StringBuilder();
        BigInteger rest = new BigInteger(1, data);
        while (rest.signum() > 0) {
            BigInteger[] division = rest.divideAndRemainder(BASE);
            reversed.append(ALPHABET.charAt(division[1].intValue()));
            rest = division[0];
        }
        for (int i = 0; i < data.length && data[i] == 0; i++) reversed.append('1');
        return reversed.reverse().toString();
    }

    /** Reads a short text; the caller bounds its length, since the work grows with the square of it. */
    static byte[] decode(String text) {
        BigInteger value = BigInteger.ZERO;
        int zeros = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0)
                throw new IllegalArgumentException(
                        "'" + text.charAt(i) + "' (character " + (i + 1) + ") is not used in base 58");
            value = value.multiply(BASE).add(BigInteger.valueOf(digit));
            if (digit == 0 && zeros == i) zeros++;
        }
        byte[] magnitude = value.toByteArray();
        int skip = magnitude[0] == 0 ? 1 : 0;
        byte[] data = new byte[zeros + magnitude.length - skip];
        System.arraycopy(magnitude, skip, data, zeros, magnitude.length - skip);
        return data;
    }
}
