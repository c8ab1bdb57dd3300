package stella.devchain;

import java.time.Duration;

/** When blocks are made. */
public sealed interface BlockMode {
    /** Every {@code period}, whether there are transactions or not, like a chain with a fixed block time. */
    record Interval(Duration period) implements BlockMode {
        public Interval {
            if (period.toMillis() < 1)
                throw new IllegalArgumentException("a block time of " + period + "; at least 1 ms is needed");
        }
    }

    /** As soon as a transaction is ready. */
    record Instant() implements BlockMode {}

    /** Only when asked: by {@link DevChain#newBlock} or {@code dev_newBlock}. */
    record Manual() implements BlockMode {}

    static BlockMode interval(Duration period) {
        return new Interval(period);
    }

    static BlockMode instant() {
        return new Instant();
    }

    static BlockMode manual() {
        return new Manual();
    }
}
