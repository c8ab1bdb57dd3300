package stella.reputation.evaluation;

import java.util.List;
import java.util.Locale;

/**
 * What came of one or more trials of the same scenario.
 *
 * @param bad stores that misbehave; a store that comes back under a new name counts once
 * @param found of them, ever suspended
 * @param foundInEpochs sum of the epochs of their first suspension
 * @param honest stores that do not
 * @param everSuspended honest ones, ever suspended
 * @param stillSuspended honest ones, suspended at the end
 * @param placements replicas placed
 * @param placedOnBad of them, on bad stores
 */
public record Outcome(
        int bad,
        int found,
        long foundInEpochs,
        int honest,
        int everSuspended,
        int stillSuspended,
        long placements,
        long placedOnBad) {

    static final Outcome NOTHING = new Outcome(0, 0, 0, 0, 0, 0, 0, 0);

    static Outcome sum(List<Outcome> outcomes) {
        Outcome sum = NOTHING;
        for (Outcome one : outcomes) sum = sum.plus(one);
        return sum;
    }

    private Outcome plus(Outcome other) {
        return new Outcome(
                bad + other.bad,
                found + other.found,
                foundInEpochs + other.foundInEpochs,
                honest + other.honest,
                everSuspended + other.everSuspended,
                stillSuspended + other.stillSuspended,
                placements + other.placements,
                placedOnBad + other.placedOnBad);
    }

    /** In per cent, 0 when there is no bad store. */
    public double foundPercent() {
        return percent(found, bad);
    }

    /** Mean epoch of first suspension of those that were found; 0 when none was. */
    public double meanEpochs() {
        return found == 0 ? 0 : (double) foundInEpochs / found;
    }

    public double everSuspendedPercent() {
        return percent(everSuspended, honest);
    }

    public double stillSuspendedPercent() {
        return percent(stillSuspended, honest);
    }

    public double placedOnBadPercent() {
        return percent(placedOnBad, placements);
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    /** As in the table of the specification: found % / epochs / honest ever suspended % (> still so at the end) / placements on bad %. */
    public String cell() {
        String suspended = String.format(Locale.ROOT, "%.1f", everSuspendedPercent());
        if (everSuspended > stillSuspended) suspended += String.format(Locale.ROOT, ">%.1f", stillSuspendedPercent());
        String detection = found == 0 ? "–" : String.format(Locale.ROOT, "%.0f/%.0f", foundPercent(), meanEpochs());
        return detection + "/" + suspended + String.format(Locale.ROOT, "/%.1f", placedOnBadPercent());
    }
}
