package stella.node.dev;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import stella.protocol.Hash;
import stella.roles.Chance;

/** Randomness of a real node. */
final class SystemChance implements Chance {
    private final SecureRandom secure = new SecureRandom();
    private final RandomGenerator draws = RandomGenerator.getDefault();

    @Override
    public Hash secret() {
        byte[] salt = new byte[Hash.LENGTH];
        secure.nextBytes(salt);
        return Hash.of(salt);
    }

    @Override
    public synchronized long below(long bound) {
        return draws.nextLong(bound);
    }
}
