package stella.reputation.evaluation.baseline;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.Bytes;
import stella.reputation.EigenTrust;
import stella.reputation.Evidence;
import stella.reputation.Links;
import stella.reputation.Task;

/**
 * EigenTrust as published (Kamvar, Schlosser, Garcia-Molina 2003): inspector i has s_ij = sat(i, j) - unsat(i, j) for j, where sat counts
 * the votes in which both agreed and unsat those in which they did not, trusts it by max(s_ij, 0) over the sum of its row, and everybody
 * is trusted alike before (no anchors). An item failed when more than half of the trust that voted says so.
 */
public final class UniformEigenTrust extends Baseline<Suspicion> {
    private static final long SCALE = 1_000_000_000;
    private static final long PPM = 1_000_000;
    private static final int ITERATIONS = 40;

    private final SortedMap<Bytes, Integer> position = new TreeMap<>();
    private int[][] agreement = new int[0][0];
    private long[] trust = {};

    public UniformEigenTrust() {
        super(Suspicion::new);
    }

    @Override
    void listen(Evidence evidence) {
        evidence.joinedInspectors().keySet().forEach(id -> position.putIfAbsent(id, position.size()));
        int size = position.size();
        int[][] grown = new int[size][size];
        for (int i = 0; i < agreement.length; i++) System.arraycopy(agreement[i], 0, grown[i], 0, agreement.length);
        agreement = grown;
        for (Task task : evidence.tasks().values()) Ballot.of(task).votes().forEach(this::compare);
        if (size > 0) trust = EigenTrust.of(links(), uniform(size), EigenTrust.Restart.STANDARD, ITERATIONS);
    }

    private void compare(List<Ballot.Vote> votes) {
        for (Ballot.Vote one : votes)
            for (Ballot.Vote other : votes)
                if (!one.equals(other))
                    agreement[at(one.inspector())][at(other.inspector())] += one.failed() == other.failed() ? 1 : -1;
    }

    private Links links() {
        int size = agreement.length;
        int[] from = new int[size * size];
        int[] to = new int[size * size];
        long[] value = new long[size * size];
        int count = 0;
        for (int i = 0; i < size; i++)
            for (int j = 0; j < size; j++) {
                if (agreement[i][j] <= 0) continue;
                from[count] = i;
                to[count] = j;
                value[count++] = agreement[i][j];
            }
        return Links.of(size, count, from, to, value);
    }

    private static long[] uniform(int size) {
        long[] uniform = new long[size];
        java.util.Arrays.fill(uniform, SCALE / size);
        return uniform;
    }

    private int at(Bytes inspector) {
        return position.getOrDefault(inspector, 0);
    }

    @Override
    void judge(Suspicion track, Task task) {
        Ballot ballot = Ballot.of(task);
        if (ballot.away()) return;
        for (List<Ballot.Vote> votes : ballot.votes()) {
            long all = 0;
            long failed = 0;
            for (Ballot.Vote vote : votes) {
                all += trust[at(vote.inspector())];
                if (vote.failed()) failed += trust[at(vote.inspector())];
            }
            if (all > 0) track.add(2 * failed > all);
        }
        track.endOfTask();
    }

    @Override
    public long weight(Bytes inspector) {
        return trust.length == 0 ? PPM : trust[at(inspector)] * trust.length / (SCALE / PPM);
    }
}
