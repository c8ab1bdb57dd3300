package stella.reputation.evaluation.baseline;

import java.util.List;
import stella.reputation.Task;

/** One inspector, one vote (Condorcet 1785): an item failed when more than half of its voters say so. */
public final class Majority extends Baseline<Suspicion> {
    public Majority() {
        super(Suspicion::new);
    }

    @Override
    void judge(Suspicion track, Task task) {
        Ballot ballot = Ballot.of(task);
        if (ballot.away()) return;
        for (List<Ballot.Vote> votes : ballot.votes()) {
            if (votes.isEmpty()) continue;
            long failed = votes.stream().filter(Ballot.Vote::failed).count();
            track.add(2 * failed > votes.size());
        }
        track.endOfTask();
    }
}
