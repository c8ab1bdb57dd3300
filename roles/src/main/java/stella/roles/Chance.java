package stella.roles;

import stella.protocol.Hash;

/** Randomness of a node: secret where it must not be guessed, seeded in the simulator. */
public interface Chance {
    /** 32 unpredictable bytes, fit for a salt. */
    Hash secret();

    /** An even draw from 0 (inclusive) to {@code bound} (exclusive). */
    long below(long bound);
}
