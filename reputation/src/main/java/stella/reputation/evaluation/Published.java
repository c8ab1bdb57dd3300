package stella.reputation.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of section 13, which were made with another program and other seeds, and how near an evaluation comes to them.
 *
 * <p>Of the columns of the specification, Stella's and Storj's are rules that both programs know. Its "majority", "ET uniform" and "plain
 * mean" are variants of an early candidate of the model and not the published rules; they are not compared.
 */
public final class Published {
    /** One cell; shares in per cent. */
    record Figures(double found, double epochs, double everSuspended, double stillSuspended, double placedOnBad) {}

    /** key, Stella, Storj. */
    private static final String TABLE = """
            drop-10                 100/44/0.0/1.3      86/122/0.0/3.3
            drop-10-collude-33      100/44/0.0/1.3      86/122/96.5/35.9
            drop-10-collude-45      100/45/0.0/1.3      86/122/100.0/86.5
            drop-10-collude-60      100/50/0.0/1.5      86/122/100.0/93.7
            drop-10-targeted-20     100/42/0.0/1.2      90/123/0.0/3.4
            drop-10-targeted-33     100/42/0.0/1.3      90/123/9.4/4.7
            drop-10-targeted-45     100/42/0.0/1.6      90/123/9.4/4.2
            half-time-33            100/42/0.0/1.3      90/123/1.9/4.0
            sleepers-33             100/44/0.0/1.3      80/122/4.0/3.5
            one-victim-33           –/0.2>0.0/0.0       –/1.0/0.0
            one-victim-45           –/1.0/0.0           –/1.0/0.0
            three-victims-33        100/42/0.0/1.4      90/123/3.8/4.0
            drop-10-targeted-60     100/44/7.1>0.0/1.6  90/123/9.4/4.1
            drop-50                 100/6/0.0/0.1       100/21/0.0/0.5
            on-off                  100/36/0.0/4.9      99/106/0.0/6.5
            on-off-collude-33       100/36/0.0/4.9      99/106/96.5/25.2
            selective-40            96/17/0.0/0.4       94/52/0.0/1.5
            selective-30            72/32/0.0/1.5       51/78/0.0/4.3
            selective-20            20/43/0.0/4.0       4/100/0.0/10.8
            selective-40-collude-33 97/17/0.0/0.4       28/95/96.5/51.3
            selective-40-targeted-33 88/28/0.0/1.2      30/94/9.4/8.1
            refuse-30-by-2          –/0.0/0.1           –/0.0/0.5
            refuse-40-by-2          25/32/0.0/0.0       75/83/0.0/0.1
            refuse-40-by-20         82/33/0.0/1.2       88/59/0.0/1.9
            loss-1                  –/0.0/11.9          –/0.0/11.9
            loss-2                  –/0.0/6.5           –/0.0/6.5
            loss-3                  2/147/0.0/5.3       –/0.0/5.3
            decay-10                84/128/0.0/7.1      –/0.0/7.9
            outage                  100/44/0.0/1.4      82/119/0.0/3.4
            partition               100/43/0.0/1.3      82/122/0.0/3.4
            sybils                  100/42/0.0/1.2      85/123/9.4/3.9
            lazy-fail-20            100/43/0.0/1.3      87/120/0.0/3.4
            lazy-unreachable-33     100/44/0.0/1.3      59/132/0.0/3.8
            ghost-10                100/44/0.0/1.3      –/0.0/31.1
            dark-10                 100/17/0.0/0.2      27/115/0.0/22.1
            whitewash-10            100/44/0.0/2.7      86/122/0.0/4.3
            bad-links               100/44/0.0/1.3      86/122/0.0/3.3
            whitewash-50            100/6/0.0/1.9       100/21/0.0/2.1
            large-targeted-33       96/43/0.0/3.7       –/4.3/7.8
            large-targeted-45       96/42/1.9>0.0/5.2   –/12.1/7.0
            large-selective-40      100/14/0.0/0.8      91/41/0.0/3.1
            large-selective-40-targeted-33 96/25/0.0/2.2 1/60/4.3/10.9
            large-collude-45        95/43/0.0/3.1       –/100.0/71.0
            """;

    /** The mean of the epochs of fewer says nothing. */
    private static final int FOUND_MIN = 10;

    private static final Map<String, Map<Rule, Figures>> BY_KEY = read();

    private Published() {}

    /**
     * Why the figure of a cell cannot be reached by an independent program, although it is given; empty for all others. The figure of our
     * own is in the table nevertheless.
     */
    public static Optional<String> incomparable(String key, Rule rule) {
        if (!has(key, rule)) return Optional.empty();
        return switch (key) {
            case "refuse-30-by-2", "refuse-40-by-2" ->
                Optional.of("two stores: whom they refuse decides, and these are other draws");
            case "dark-10" ->
                rule == Rule.STORJ
                        ? Optional.of("there Storj's rule had an online score, too; here it judges audits alone")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Where an evaluation leaves the figures of the specification by more than the tolerance, in words; empty when nowhere. */
    public static List<String> deviations(Evaluation evaluation, Rule rule) {
        String key = evaluation.scenario().key();
        Optional<Figures> published = of(key, rule);
        boolean compared = evaluation.outcomes().containsKey(rule)
                && incomparable(key, rule).isEmpty();
        if (published.isEmpty() || !compared) return List.of();
        Figures figures = published.get();
        Outcome outcome = evaluation.of(rule);
        List<String> far = new ArrayList<>();
        if (evaluation.scenario().bad() > 0) {
            compare("found %", outcome.foundPercent(), figures.found, samplingError(figures.found, outcome.bad(), 10))
                    .ifPresent(far::add);
            if (outcome.found() >= FOUND_MIN && figures.found > 0)
                compare("epochs", outcome.meanEpochs(), figures.epochs, Math.max(6, 0.25 * figures.epochs))
                        .ifPresent(far::add);
            double placements = Math.max(1, 0.2 * figures.placedOnBad);
            compare("placements on bad %", outcome.placedOnBadPercent(), figures.placedOnBad, placements)
                    .ifPresent(far::add);
        }
        double honest = samplingError(figures.everSuspended, outcome.honest(), 1.5);
        compare("honest ever suspended %", outcome.everSuspendedPercent(), figures.everSuspended, honest)
                .ifPresent(far::add);
        if (figures.stillSuspended == 0)
            compare("honest suspended at the end %", outcome.stillSuspendedPercent(), 0, 0.5)
                    .ifPresent(far::add);
        return far;
    }

    /** Whether the specification has a figure for this cell. */
    public static boolean has(String key, Rule rule) {
        return of(key, rule).isPresent();
    }

    private static Optional<Figures> of(String key, Rule rule) {
        return Optional.ofNullable(BY_KEY.getOrDefault(key, Map.of()).get(rule));
    }

    /** Two standard errors of the difference of two shares of so many, in points; not less than {@code least}. */
    private static double samplingError(double percent, int count, double least) {
        double share = Math.clamp(percent / 100, 0.02, 0.98);
        return Math.max(least, 200 * Math.sqrt(2 * share * (1 - share) / Math.max(1, count)));
    }

    private static Optional<String> compare(String what, double is, double expected, double tolerance) {
        return Math.abs(is - expected) <= tolerance
                ? Optional.empty()
                : Optional.of(
                        String.format(Locale.ROOT, "%s is %.1f, expected %.1f ± %.1f", what, is, expected, tolerance));
    }

    private static Map<String, Map<Rule, Figures>> read() {
        Map<String, Map<Rule, Figures>> all = new HashMap<>(); // looked up, never walked
        TABLE.lines().forEach(line -> {
            String[] words = line.trim().split("\\s+");
            Map<Rule, Figures> row = new EnumMap<>(Rule.class);
            row.put(Rule.STELLA, figures(words[1]));
            row.put(Rule.STORJ, figures(words[2]));
            all.put(words[0], row);
        });
        return Collections.unmodifiableMap(all);
    }

    /** {@code found/epochs/honest[>still]/placements}, or {@code –/honest[>still]/placements} when none was found. */
    private static Figures figures(String cell) {
        String[] parts = cell.split("/");
        boolean none = parts[0].equals("–");
        String[] honest = parts[none ? 1 : 2].split(">");
        double ever = Double.parseDouble(honest[0]);
        return new Figures(
                none ? 0 : Double.parseDouble(parts[0]),
                none ? 0 : Double.parseDouble(parts[1]),
                ever,
                honest.length > 1 ? Double.parseDouble(honest[1]) : ever,
                Double.parseDouble(parts[parts.length - 1]));
    }
}
