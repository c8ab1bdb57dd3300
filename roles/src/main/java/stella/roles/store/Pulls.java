package stella.roles.store;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import stella.roles.Vault.Intake;

/** Pulls that run, and how often the disk has failed each. Owned by one Store actor, not written down. */
final class Pulls {
    private final int triesMax;
    private final Set<String> running = new TreeSet<>();
    private final SortedMap<String, Integer> failures = new TreeMap<>();

    /**
     * @param triesMax pulls of one engagement when the disk fails
     */
    Pulls(int triesMax) {
        this.triesMax = triesMax;
    }

    /** False when a pull for the engagement runs already. */
    boolean start(Engagement engagement) {
        return running.add(engagement.name());
    }

    /** Takes note of an outcome; true when the engagement must not be tried again. */
    boolean ended(Engagement engagement, Intake outcome) {
        running.remove(engagement.name());
        int failed = outcome instanceof Intake.DiskFailed ? failures.merge(engagement.name(), 1, Integer::sum) : 0;
        boolean last = failed == 0 || failed >= triesMax;
        if (last) failures.remove(engagement.name());
        return last;
    }
}
