package stella.gateway.outbox;

import java.math.BigInteger;

/**
 * The bounds of an outbox.
 *
 * @param era blocks for which a transaction is valid, a power of two
 * @param flightsMax transactions on their way at a time
 * @param attemptsMax transactions signed for a call, one after the other, before it is given up as expired
 * @param batchMin calls that must wait before they are sent as batches
 * @param batchMax calls in a batch; 1 for no batches at all
 * @param batchBytesMax bytes of the calls in a batch
 * @param feeMax planck that one call may cost, tip included; a dearer one is refused
 * @param tipMin planck of the first tip, for a transaction that the pool refuses for its low priority; it is doubled each time
 * @param tipMax planck of the highest tip; 0 for none
 */
public record OutboxSettings(
        int era,
        int flightsMax,
        int attemptsMax,
        int batchMin,
        int batchMax,
        int batchBytesMax,
        BigInteger feeMax,
        BigInteger tipMin,
        BigInteger tipMax) {
    private static final BigInteger UNIT = BigInteger.TEN.pow(12);

    public OutboxSettings {
        if (era < 4 || era > 4096 || Integer.bitCount(era) != 1)
            throw new IllegalArgumentException("an era lasts a power of two of blocks, 4 to 4096, not " + era);
        if (flightsMax < 1 || attemptsMax < 1 || batchMin < 1 || batchMax < 1 || batchBytesMax < 1)
            throw new IllegalArgumentException("the bounds of an outbox are at least 1");
        if (feeMax.signum() < 0 || tipMin.signum() <= 0 || tipMax.signum() < 0)
            throw new IllegalArgumentException("fees and tips are not negative, and the first tip is not 0");
    }

    /** For a chain whose unit has 12 decimals: a call may cost one unit, a tip a tenth of that. */
    public static OutboxSettings standard() {
        return new OutboxSettings(
                64, 32, 5, 8, 32, 64 << 10, UNIT, BigInteger.valueOf(1_000_000), UNIT.divide(BigInteger.TEN));
    }

    public OutboxSettings withBatches(int min, int max) {
        return new OutboxSettings(era, flightsMax, attemptsMax, min, max, batchBytesMax, feeMax, tipMin, tipMax);
    }

    public OutboxSettings withFeeMax(BigInteger max) {
        return new OutboxSettings(era, flightsMax, attemptsMax, batchMin, batchMax, batchBytesMax, max, tipMin, tipMax);
    }

    public OutboxSettings withTips(BigInteger min, BigInteger max) {
        return new OutboxSettings(era, flightsMax, attemptsMax, batchMin, batchMax, batchBytesMax, feeMax, min, max);
    }

    /** The tip after {@code tip}; not above the highest. */
    BigInteger nextTip(BigInteger tip) {
        return tip.shiftLeft(1).max(tipMin).min(tipMax);
    }
}
