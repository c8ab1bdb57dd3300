package stella.reputation.evaluation;

/**
 * Seeded chance without a state: what happens to one item, link or look is a function of the seed and of its own names, so it is the same
 * under every rule that is compared, and does not depend on the order in which it is asked.
 *
 * <p>The mixing function is the finisher of SplitMix64 (Steele, Lea, Flood 2014).
 */
final class Coin {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final long PPM = 1_000_000;

    private final long seed;

    Coin(long seed) {
        this.seed = seed;
    }

    /** What a word decides; a name for each, or two decisions would be one. */
    enum About {
        LOSS,
        LINK,
        REFUSAL,
        COMMITTEE,
        PLACEMENT,
        MOOD,
        OUTAGE
    }

    /** 64 bits that belong to these names. */
    long word(About about, long a, long b, long c) {
        long z = mix(seed + GOLDEN * (about.name().hashCode() & 0xffff_ffffL));
        z = mix(z + GOLDEN * (a + 1));
        z = mix(z + GOLDEN * (b + 1));
        return mix(z + GOLDEN * (c + 1));
    }

    /** True with this probability. */
    boolean falls(long ppm, About about, long a, long b, long c) {
        return Long.remainderUnsigned(word(about, a, b, c), PPM) < ppm;
    }

    private static long mix(long start) {
        long z = start;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
