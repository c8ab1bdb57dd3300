package stella.roles.fakes;

import java.util.SplittableRandom;
import stella.protocol.Hash;
import stella.roles.Chance;

/** The same draws in every run. */
public final class SeededChance implements Chance {
    private final SplittableRandom random;

    public SeededChance(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public synchronized Hash secret() {
        byte[] bytes = new byte[Hash.LENGTH];
        random.nextBytes(bytes);
        return Hash.of(bytes);
    }

    @Override
    public synchronized long below(long bound) {
        return random.nextLong(bound);
    }
}
