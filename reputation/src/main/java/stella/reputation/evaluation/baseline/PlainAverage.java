package stella.reputation.evaluation.baseline;

import java.util.List;
import stella.reputation.Sighting;
import stella.reputation.Task;

/**
 * The share of good verdicts among all verdicts ever, everybody's counting alike; out under 95 %, from the twentieth item on. What shops
 * and review sites do.
 */
public final class PlainAverage extends Baseline<PlainAverage.Verdicts> {
    private static final double LIMIT = 0.95;
    private static final int ITEMS_MIN = 20;

    static final class Verdicts extends Baseline.Track {
        private long good;
        private long all;

        @Override
        double score() {
            return all == 0 ? 0 : (double) good / all;
        }
    }

    public PlainAverage() {
        super(Verdicts::new);
    }

    @Override
    void judge(Verdicts track, Task task) {
        for (List<Sighting> row : task.sightings().values())
            for (Sighting sighting : row) {
                if (sighting == Sighting.NOTHING) continue;
                track.all++;
                if (sighting == Sighting.OK) track.good++;
            }
        track.items += task.items().size();
        if (track.items >= ITEMS_MIN && track.score() < LIMIT) track.suspended = true;
    }
}
