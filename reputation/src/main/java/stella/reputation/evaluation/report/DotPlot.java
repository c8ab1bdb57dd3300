package stella.reputation.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import stella.reputation.evaluation.Evaluation;
import stella.reputation.evaluation.Outcome;
import stella.reputation.evaluation.Rule;
import stella.reputation.evaluation.report.Svg.Anchor;

/** One row for each scenario, one dot for each rule, on a scale from 0 to 100 per cent. */
final class DotPlot {
    private static final int WIDTH = 840;
    private static final int LABELS = 270;
    private static final int RIGHT = 30;
    private static final int TOP = 96;
    private static final int ROW = 44;
    private static final int BOTTOM = 40;
    private static final int STEP = 20;

    /** Dots of one row lie on lines of their own, so that none hides another. */
    private static final double LANE = 7;

    private DotPlot() {}

    /** @param measure per cent */
    static String of(String title, String subtitle, List<Evaluation> rows, ToDoubleFunction<Outcome> measure) {
        int height = TOP + ROW * rows.size() + BOTTOM;
        Svg svg = new Svg(WIDTH, height);
        svg.text(20, 28, Anchor.START, 17, Palette.INK, title);
        svg.text(20, 48, Anchor.START, 12, Palette.FAINT_INK, subtitle);
        List<Rule> rules = rules(rows);
        legend(svg, rules);
        for (int i = 0; i < rows.size(); i += 2) svg.band(0, TOP + (double) ROW * i, WIDTH, ROW, Palette.STRIPE);
        int bottom = height - BOTTOM;
        for (int percent = 0; percent <= 100; percent += STEP) {
            svg.line(x(percent), TOP, x(percent), bottom, Palette.GRID, 1);
            svg.text(x(percent), bottom + 18, Anchor.MIDDLE, 12, Palette.FAINT_INK, percent + " %");
        }
        for (int i = 0; i < rows.size(); i++) {
            double middle = TOP + ROW * (i + 0.5);
            Evaluation row = rows.get(i);
            svg.text(
                    LABELS - 16,
                    middle + 4,
                    Anchor.END,
                    13,
                    Palette.INK,
                    row.scenario().name());
            for (int lane = 0; lane < rules.size(); lane++) {
                double y = middle + LANE * (lane - (rules.size() - 1) / 2.0);
                double end = x(measure.applyAsDouble(row.of(rules.get(lane))));
                svg.line(x(0), y, end, y, Palette.of(rules.get(lane)), 1);
                svg.dot(end, y, 4, Palette.of(rules.get(lane)));
            }
        }
        return svg.document(title);
    }

    private static List<Rule> rules(List<Evaluation> rows) {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : Rule.values())
            if (rows.stream().allMatch(row -> row.outcomes().containsKey(rule))) rules.add(rule);
        return rules;
    }

    private static void legend(Svg svg, List<Rule> rules) {
        double at = 26;
        for (Rule rule : rules) {
            svg.dot(at, 70, 5, Palette.of(rule));
            svg.text(at + 11, 74, Anchor.START, 13, Palette.INK, rule.title());
            at += 36 + 7.5 * rule.title().length();
        }
    }

    private static double x(double percent) {
        return LABELS + (WIDTH - LABELS - RIGHT) * percent / 100;
    }
}
