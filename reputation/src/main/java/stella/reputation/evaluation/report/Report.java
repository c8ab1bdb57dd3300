package stella.reputation.evaluation.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stella.reputation.evaluation.Evaluation;
import stella.reputation.evaluation.Outcome;
import stella.reputation.evaluation.Published;
import stella.reputation.evaluation.Rule;
import stella.reputation.evaluation.Scenario;
import stella.reputation.evaluation.Scenarios;
import stella.reputation.evaluation.Weights;

/** The files of an evaluation: a table in Markdown, and plots. */
public final class Report {
    private static final long SEED_OF_CURVES = 1;

    private Report() {}

    /**
     * The table: scenario, one cell for each rule. ¹ marks a cell that misses the figure of the specification by more than the
     * tolerance, ² one whose figure cannot be compared ({@link Published#incomparable}).
     */
    public static String table(List<Evaluation> evaluations) {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : Rule.values())
            if (evaluations.stream().anyMatch(row -> row.outcomes().containsKey(rule))) rules.add(rule);
        StringBuilder table = new StringBuilder("| |");
        rules.forEach(rule -> table.append(' ').append(rule.title()).append(" |"));
        table.append("\n|---|").append("---|".repeat(rules.size())).append('\n');
        for (Evaluation row : evaluations) {
            table.append("| ").append(row.scenario().name()).append(" |");
            for (Rule rule : rules) {
                table.append(' ')
                        .append(row.of(rule).cell())
                        .append(mark(row, rule))
                        .append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String mark(Evaluation row, Rule rule) {
        if (!Published.deviations(row, rule).isEmpty()) return " ¹";
        return Published.incomparable(row.scenario().key(), rule).isPresent() ? " ²" : "";
    }

    /** Each figure of the specification that was missed by more than the tolerance, one line each; empty when none was. */
    public static List<String> deviations(List<Evaluation> evaluations) {
        List<String> lines = new ArrayList<>();
        for (Evaluation row : evaluations)
            for (Rule rule : Rule.values())
                for (String deviation : Published.deviations(row, rule))
                    lines.add(row.scenario().name() + ", " + rule.title() + ": " + deviation);
        return lines;
    }

    /** SVG documents by file name; only plots for which all scenarios were evaluated. */
    public static Map<String, String> plots(List<Evaluation> evaluations) {
        Map<String, String> plots = new LinkedHashMap<>();
        int seeds = evaluations.isEmpty() ? 0 : evaluations.getFirst().seeds();
        String source = "100 stores, 60 inspectors, 3 anchors, 150 epochs; seeds 1 to " + seeds;
        rows(
                        evaluations,
                        List.of(
                                "drop-10",
                                "drop-10-collude-33",
                                "drop-10-collude-45",
                                "drop-10-collude-60",
                                "drop-10-targeted-33",
                                "drop-10-targeted-60",
                                "sybils",
                                "lazy-unreachable-33"))
                .ifPresent(rows -> plots.put(
                        "honest-suspended.svg",
                        DotPlot.of(
                                "Honest stores ever suspended while inspectors lie",
                                source,
                                rows,
                                Outcome::everSuspendedPercent)));
        rows(
                        evaluations,
                        List.of(
                                "selective-40",
                                "selective-30",
                                "selective-20",
                                "selective-40-targeted-33",
                                "refuse-40-by-20",
                                "refuse-40-by-2",
                                "loss-3",
                                "decay-10"))
                .ifPresent(rows -> plots.put(
                        "found.svg",
                        DotPlot.of("Bad stores found, where the model is weak", source, rows, Outcome::foundPercent)));
        rows(
                        evaluations,
                        List.of(
                                "drop-10",
                                "drop-10-collude-33",
                                "drop-10-collude-60",
                                "selective-40-collude-33",
                                "ghost-10",
                                "whitewash-10"))
                .ifPresent(rows -> plots.put(
                        "placements.svg",
                        DotPlot.of(
                                "Replicas placed on bad stores",
                                source + "; a fifth of the stores are bad",
                                rows,
                                Outcome::placedOnBadPercent)));
        weights("drop-10-targeted-33", evaluations).ifPresent(plot -> plots.put("weights.svg", plot));
        return plots;
    }

    private static Optional<String> weights(String key, List<Evaluation> evaluations) {
        Optional<Scenario> scenario = Scenarios.named(key)
                .filter(wanted ->
                        evaluations.stream().anyMatch(row -> row.scenario().equals(wanted)));
        return scenario.map(found -> WeightPlot.of(
                "What inspectors count for while a third of them target eight victims",
                found.name() + "; mean weight, one inspector = 1; seed " + SEED_OF_CURVES,
                List.of(
                        Weights.of(found, SEED_OF_CURVES, Rule.STELLA),
                        Weights.of(found, SEED_OF_CURVES, Rule.UNIFORM_EIGENTRUST))));
    }

    private static Optional<List<Evaluation>> rows(List<Evaluation> evaluations, List<String> keys) {
        List<Evaluation> rows = new ArrayList<>();
        for (String key : keys)
            evaluations.stream()
                    .filter(row -> row.scenario().key().equals(key))
                    .findFirst()
                    .ifPresent(rows::add);
        return rows.size() == keys.size() ? Optional.of(rows) : Optional.empty();
    }
}
