package stella.node;

import java.util.Random;
import stella.protocol.Hash;
import stella.roles.Chance;

/** Chance that a test can repeat. */
public final class Seeded {
    private Seeded() {}

    public static Chance chance(long seed) {
        Random random = new Random(seed);
        return new Chance() {
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
        };
    }
}
