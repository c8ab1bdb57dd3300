package stella.reputation.evaluation.baseline;

import stella.reputation.Sighting;
import stella.reputation.Task;

/**
 * Storj's rule for audits (whitepaper v3, section 4.15, after Jøsang and Ismail 2002; the satellite's reputation settings): per audit
 * alpha = lambda alpha + (1 + v) / 2 and beta = lambda beta + (1 - v) / 2 with v = 1 for success and -1 for failure; out under
 * alpha / (alpha + beta) = 0.96, with lambda = 0.999 and alpha = 1000 at birth, for good.
 *
 * <p>Storj has one auditor that everybody trusts. Here an item is an audit, and what more than half of those who spoke saw is its result;
 * without such a majority there was no audit. A time-out is no failure, as there.
 */
public final class StorjBeta extends Baseline<StorjBeta.Audits> {
    private static final double LAMBDA = 0.999;
    private static final double LIMIT = 0.96;
    private static final double ALPHA_AT_BIRTH = 1_000;

    static final class Audits extends Baseline.Track {
        private double alpha = ALPHA_AT_BIRTH;
        private double beta;

        void add(boolean passed) {
            alpha = LAMBDA * alpha + (passed ? 1 : 0);
            beta = LAMBDA * beta + (passed ? 0 : 1);
            items++;
            if (score() < LIMIT) suspended = true;
        }

        @Override
        double score() {
            return alpha / (alpha + beta);
        }
    }

    public StorjBeta() {
        super(Audits::new);
    }

    @Override
    void judge(Audits track, Task task) {
        for (int i = 0; i < task.items().size(); i++) {
            int item = i;
            long ok = count(task, item, Sighting.OK);
            long failed = count(task, item, Sighting.FAIL);
            long all = ok + failed + count(task, item, Sighting.UNREACHABLE);
            if (2 * failed > all) track.add(false);
            else if (2 * ok > all) track.add(true);
        }
    }

    private static long count(Task task, int item, Sighting what) {
        return task.sightings().values().stream()
                .filter(row -> row.get(item) == what)
                .count();
    }
}
