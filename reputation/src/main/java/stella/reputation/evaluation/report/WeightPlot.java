package stella.reputation.evaluation.report;

import java.util.List;
import java.util.Locale;
import stella.reputation.evaluation.Rule;
import stella.reputation.evaluation.Weights;
import stella.reputation.evaluation.report.Svg.Anchor;

/** Weight of liars and of the others, epoch by epoch: who is believed, and how soon. */
final class WeightPlot {
    private static final int WIDTH = 820;
    private static final int HEIGHT = 380;
    private static final int LEFT = 60;
    private static final int RIGHT = 180;
    private static final int TOP = 70;
    private static final int BOTTOM = 50;
    private static final double MAX = 2;

    private WeightPlot() {}

    /** @param runs of the same scenario with the same seed */
    static String of(String title, String subtitle, List<Weights> runs) {
        Svg svg = new Svg(WIDTH, HEIGHT);
        svg.text(20, 28, Anchor.START, 17, Palette.INK, title);
        svg.text(20, 48, Anchor.START, 12, Palette.FAINT_INK, subtitle);
        int epochs = runs.getFirst().liars().size();
        for (double weight = 0; weight <= MAX; weight += 0.5) {
            svg.line(LEFT, y(weight), WIDTH - RIGHT, y(weight), Palette.GRID, 1);
            svg.text(LEFT - 8, y(weight) + 4, Anchor.END, 12, Palette.FAINT_INK, Svg.number(weight));
        }
        for (int epoch = 0; epoch <= epochs; epoch += 30)
            svg.text(x(epoch, epochs), HEIGHT - BOTTOM + 18, Anchor.MIDDLE, 12, Palette.FAINT_INK, "" + epoch);
        svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, Anchor.MIDDLE, 12, Palette.FAINT_INK, "epoch");
        double label = 0;
        for (Weights run : runs) {
            String colour = Palette.of(run.rule());
            svg.curve(points(run.others(), epochs), colour, "");
            svg.curve(points(run.liars(), epochs), colour, "5 4");
            entry(svg, label++, colour, "", name(run.rule()) + ": others");
            entry(svg, label++, colour, "5 4", name(run.rule()) + ": liars");
        }
        return svg.document(title);
    }

    private static String name(Rule rule) {
        return rule.title();
    }

    private static void entry(Svg svg, double row, String colour, String dashes, String text) {
        double x = WIDTH - RIGHT + 16;
        double y = TOP + 14 + 22 * row;
        svg.curve(point(x, y) + " " + point(x + 26, y), colour, dashes);
        svg.text(x + 32, y + 4, Anchor.START, 12, Palette.INK, text);
    }

    private static String points(List<Double> weights, int epochs) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < weights.size(); i++)
            points.append(i == 0 ? "" : " ").append(point(x(i + 1, epochs), y(Math.min(MAX, weights.get(i)))));
        return points.toString();
    }

    private static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }

    private static double x(double epoch, int epochs) {
        return LEFT + (WIDTH - RIGHT - LEFT) * epoch / epochs;
    }

    private static double y(double weight) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * weight / MAX;
    }
}
