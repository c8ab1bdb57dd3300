package stella.reputation;

/** The two roundings of section 2. All quantities are whole numbers, so every machine computes the same bits. */
final class Rounding {
    private Rounding() {}

    /** {@code n / d} to the nearest integer, ties to even; {@code d > 0}, {@code n} of any sign. */
    static long rdiv(long n, long d) {
        long quotient = Math.floorDiv(n, d);
        long remainder = n - quotient * d;
        long rest = d - remainder; // comparing these two avoids doubling the remainder, which could overflow
        boolean up = remainder > rest || (remainder == rest && (quotient & 1) == 1);
        return up ? quotient + 1 : quotient;
    }

    /** {@code part / whole} in ppm, rounded; 0 when the whole is 0. */
    static long share(long part, long whole) {
        return whole == 0 ? 0 : rdiv(Constants.PPM * part, whole);
    }

    /** What a memory of {@code kept} in {@code outOf} leaves of {@code value >= 0}; rounds down, so old evidence vanishes. */
    static long decay(long value, long kept, long outOf) {
        return Math.multiplyExact(kept, value) / outOf;
    }
}
