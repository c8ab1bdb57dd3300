package stella.gateway.extrinsic;

/** The blocks in which a transaction is valid. */
public sealed interface Era {
    /** Valid for ever; the transaction names the genesis block. */
    record Immortal() implements Era {}

    /**
     * Valid for {@code period} blocks from its birth on.
     *
     * @param period a power of two, 4 to 65,536
     * @param phase the birth block modulo the period, in steps of {@code max(period / 4096, 1)}
     */
    record Mortal(int period, int phase) implements Era {
        public Mortal {
            if (period < PERIOD_MIN || period > PERIOD_MAX || Integer.bitCount(period) != 1)
                throw new IllegalArgumentException(
                        "a mortal era lasts a power of two of blocks, 4 to 65536, not " + period);
            if (phase < 0 || phase >= period || phase % step(period) != 0)
                throw new IllegalArgumentException("phase " + phase + " is none of an era of " + period + " blocks");
        }

        /** The last birth of such an era that is not after block {@code current}, or its first one. */
        public long birth(long current) {
            return (Math.max(current, phase) - phase) / period * period + phase;
        }

        /** The first block, as seen from block {@code current}, in which the transaction is no longer valid. */
        public long death(long current) {
            return birth(current) + period;
        }
    }

    int PERIOD_MIN = 4;
    int PERIOD_MAX = 1 << 16;

    /** An era of {@code period} blocks that contains block {@code current}, for periods up to 4,096 born with it. */
    static Mortal mortal(int period, long current) {
        return new Mortal(period, (int) (current % period) / step(period) * step(period));
    }

    /** One byte for an immortal era, two for a mortal one. */
    default int encoded() {
        return switch (this) {
            case Immortal _ -> 0;
            case Mortal(int period, int phase) ->
                Math.clamp(Integer.numberOfTrailingZeros(period) - 1L, 1, 15) | ((phase / step(period)) << 4);
        };
    }

    /** @throws IllegalArgumentException when the two bytes are no mortal era */
    static Mortal decode(int low, int high) {
        int encoded = low | (high << 8);
        int period = 2 << (encoded & 15);
        return new Mortal(period, (encoded >> 4) * step(period));
    }

    private static int step(int period) {
        return Math.max(period >> 12, 1);
    }
}
