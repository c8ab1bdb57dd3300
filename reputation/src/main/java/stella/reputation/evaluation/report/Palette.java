package stella.reputation.evaluation.report;

import stella.reputation.evaluation.Rule;

/** Colours that people with any kind of sight tell apart (Okabe and Ito 2008). */
final class Palette {
    static final String INK = "#222222";
    static final String FAINT_INK = "#666666";
    static final String GRID = "#dddddd";
    static final String STRIPE = "#f6f7f9";

    private Palette() {}

    static String of(Rule rule) {
        return switch (rule) {
            case STELLA -> "#0072b2";
            case STORJ -> "#d55e00";
            case MAJORITY -> "#009e73";
            case UNIFORM_EIGENTRUST -> "#cc79a7";
            case PLAIN_AVERAGE -> "#8c8c8c";
        };
    }
}
