package stella.reputation.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A scenario under every rule, all trials added up.
 *
 * @param seeds of the trials, 1 and up
 */
public record Evaluation(Scenario scenario, int seeds, Map<Rule, Outcome> outcomes) {
    public Evaluation {
        outcomes = Map.copyOf(outcomes);
    }

    /** Runs {@code rules} with the seeds 1 to {@code seeds}. */
    public static Evaluation of(Scenario scenario, int seeds, List<Rule> rules) {
        Map<Rule, Outcome> outcomes = new EnumMap<>(Rule.class);
        for (Rule rule : rules) {
            List<Outcome> trials = new ArrayList<>();
            for (long seed = 1; seed <= seeds; seed++) trials.add(Trial.run(scenario, seed, rule));
            outcomes.put(rule, Outcome.sum(trials));
        }
        return new Evaluation(scenario, seeds, outcomes);
    }

    /** @throws IllegalArgumentException when the rule was not run */
    public Outcome of(Rule rule) {
        Outcome outcome = outcomes.get(rule);
        if (outcome == null) throw new IllegalArgumentException("this evaluation did not run the rule " + rule);
        return outcome;
    }
}
