package stella.reputation;

import static stella.reputation.Constants.PROBATION_SLOT_PERCENT;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;

/** Section 10: who gets the next replica. The better of two drawn wins, and newcomers live on a small reserved share. */
public final class Placement {
    private Placement() {}

    /**
     * Chooses one subject of a kind, or nobody when no one is eligible.
     *
     * @param taken those who hold a replica of the same object already
     * @param r0 public randomness, unsigned; decides the pool
     * @param r1 unsigned; draws the first candidate
     * @param r2 unsigned; draws the second
     */
    public static Optional<Bytes> choose(State state, SubjectKind kind, Set<Bytes> taken, long r0, long r1, long r2) {
        List<Map.Entry<Bytes, SubjectState>> trusted = pool(state, kind, Standing.TRUSTED, taken);
        List<Map.Entry<Bytes, SubjectState>> newcomers = pool(state, kind, Standing.PROBATION, taken);
        boolean reserved = Long.remainderUnsigned(r0, 100) < PROBATION_SLOT_PERCENT || trusted.isEmpty();
        var pool = !newcomers.isEmpty() && reserved ? newcomers : trusted;
        if (pool.isEmpty()) return Optional.empty();
        var first = pool.get((int) Long.remainderUnsigned(r1, pool.size()));
        var second = pool.get((int) Long.remainderUnsigned(r2, pool.size()));
        var better = first.getValue().score() >= second.getValue().score() ? first : second;
        return Optional.of(better.getKey());
    }

    private static List<Map.Entry<Bytes, SubjectState>> pool(
            State state, SubjectKind kind, Standing standing, Set<Bytes> taken) {
        return state.subjects().entrySet().stream()
                .filter(entry -> entry.getValue().kind() == kind
                        && entry.getValue().standing() == standing
                        && !entry.getValue().away()
                        && !taken.contains(entry.getKey()))
                .toList();
    }
}
