package stella.reputation.evaluation.baseline;

import stella.reputation.BetaScore;
import stella.reputation.Cusum;

/**
 * Score and suspension of the model itself (sections 6.6 and 7) for baselines that differ from it only in whom they believe. No close
 * look, no way back.
 */
final class Suspicion extends Baseline.Track {
    private static final long PPM = 1_000_000;

    private long alpha;
    private long beta;
    private long suspicion;
    private long score = BetaScore.of(0, 0);

    void add(boolean failed) {
        long value = failed ? PPM : 0;
        alpha = BetaScore.alphaAfter(alpha, value);
        beta = BetaScore.betaAfter(beta, value);
        suspicion = Cusum.suspicion(suspicion, value);
        items++;
        if (suspicion >= Cusum.LIMIT) suspended = true;
    }

    void endOfTask() {
        score = BetaScore.of(alpha, beta);
    }

    @Override
    double score() {
        return score;
    }
}
