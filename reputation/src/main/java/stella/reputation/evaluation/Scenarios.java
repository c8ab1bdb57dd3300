package stella.reputation.evaluation;

import static stella.reputation.evaluation.Scenario.Size.LARGE;
import static stella.reputation.evaluation.Scenario.Size.STANDARD;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stella.reputation.evaluation.Misconduct.Dark;
import stella.reputation.evaluation.Misconduct.Decay;
import stella.reputation.evaluation.Misconduct.Drop;
import stella.reputation.evaluation.Misconduct.Ghost;
import stella.reputation.evaluation.Misconduct.OnOff;
import stella.reputation.evaluation.Misconduct.Selective;

/** The rows of section 13, in its order, and the larger network of the paragraph below them. */
public final class Scenarios {
    private static final int BAD = 20;
    private static final int VICTIMS = 8;
    private static final int BAD_LARGE = 200;
    private static final int VICTIMS_LARGE = 80;
    private static final Misconduct DROP_10 = new Drop(100_000);
    private static final Misconduct ON_OFF = new OnOff(30, 10, 500_000);

    private Scenarios() {}

    /** 100 stores, 60 inspectors, 3 anchors, 150 epochs. */
    public static List<Scenario> standard() {
        List<Scenario> all = new ArrayList<>();
        all.add(drop10("drop-10", "honest"));
        for (int percent : new int[] {33, 45, 60})
            all.add(drop10("drop-10-collude-" + percent, "collude ." + percent).lying(Lies.COLLUDE, percent, 0));
        for (int percent : new int[] {20, 33, 45})
            all.add(drop10("drop-10-targeted-" + percent, "targeted ." + percent)
                    .lying(Lies.TARGET, percent, VICTIMS));
        all.add(bad("half-time-33", "targeted half-time .33", DROP_10).lying(Lies.TARGET_HALF_TIME, 33, VICTIMS));
        all.add(bad("sleepers-33", "sleepers targeted .33 from 60", DROP_10).lying(Lies.SLEEPERS, 33, VICTIMS));
        all.add(Scenario.of("one-victim-33", "one victim .33", STANDARD, 0, DROP_10)
                .lying(Lies.TARGET, 33, 1));
        all.add(Scenario.of("one-victim-45", "one victim .45", STANDARD, 0, DROP_10)
                .lying(Lies.TARGET, 45, 1));
        all.add(bad("three-victims-33", "three victims .33", DROP_10).lying(Lies.TARGET, 33, 3));
        all.add(drop10("drop-10-targeted-60", "targeted .60").lying(Lies.TARGET, 60, VICTIMS));
        all.add(bad("drop-50", "drop 50%, honest", new Drop(500_000)));
        all.add(bad("on-off", "on-off, honest", ON_OFF));
        all.add(bad("on-off-collude-33", "on-off, collude .33", ON_OFF).lying(Lies.COLLUDE, 33, 0));
        for (int percent : new int[] {40, 30, 20})
            all.add(bad("selective-" + percent, "selective ." + percent, refusing(percent)));
        all.add(bad("selective-40-collude-33", "selective .40 + collude .33", refusing(40))
                .lying(Lies.COLLUDE, 33, 0));
        all.add(bad("selective-40-targeted-33", "selective .40 + targeted .33", refusing(40))
                .lying(Lies.TARGET, 33, VICTIMS));
        all.add(sparingAnchors(2, 30));
        all.add(sparingAnchors(2, 40));
        all.add(sparingAnchors(BAD, 40));
        for (int percent : new int[] {1, 2, 3})
            all.add(bad("loss-" + percent, "loss " + percent + "%", new Drop(percent * 10_000L)));
        all.add(bad("decay-10", "decay 0->10%", new Decay(100_000)));
        all.add(bad("outage", "outage 30% of honest, 3 epochs", DROP_10).in(Weather.OUTAGE));
        all.add(bad("partition", "partition 1/3 inspectors, 5 ep.", DROP_10).in(Weather.PARTITION));
        all.add(bad("sybils", "60 sybils from 50, targeted", DROP_10).withSybils(60, Lies.TARGET, VICTIMS));
        all.add(bad("lazy-fail-20", "lazy random FAIL .20", DROP_10).lying(Lies.RANDOM_FAIL, 20, 0));
        all.add(bad("lazy-unreachable-33", "lazy UNREACHABLE .33", DROP_10).lying(Lies.UNREACHABLE, 33, 0));
        all.add(bad("ghost-10", "ghost 10% (time-out for lost)", new Ghost(100_000)));
        all.add(bad("dark-10", "dark 10% (whole epoch dark)", new Dark(100_000)));
        all.add(bad("whitewash-10", "whitewash, drop 10%", DROP_10).whitewashed());
        all.add(bad("bad-links", "6 inspectors with 2% bad links", DROP_10).in(Weather.BAD_LINKS));
        all.add(bad("whitewash-50", "whitewash, drop 50%", new Drop(500_000)).whitewashed());
        return List.copyOf(all);
    }

    /** 1000 stores, 300 inspectors, 6 anchors, 70 epochs. */
    public static List<Scenario> large() {
        return List.of(
                large("large-targeted-33", "targeted .33", DROP_10).lying(Lies.TARGET, 33, VICTIMS_LARGE),
                large("large-targeted-45", "targeted .45", DROP_10).lying(Lies.TARGET, 45, VICTIMS_LARGE),
                large("large-selective-40", "selective .40", refusing(40)),
                large("large-selective-40-targeted-33", "selective .40 + targeted .33", refusing(40))
                        .lying(Lies.TARGET, 33, VICTIMS_LARGE),
                large("large-collude-45", "collude .45", DROP_10).lying(Lies.COLLUDE, 45, 0));
    }

    /** By its key. */
    public static Optional<Scenario> named(String key) {
        List<Scenario> all = new ArrayList<>(standard());
        all.addAll(large());
        return all.stream().filter(scenario -> scenario.key().equals(key)).findFirst();
    }

    private static Scenario drop10(String key, String rest) {
        return bad(key, "drop 10%, " + rest, DROP_10);
    }

    private static Scenario bad(String key, String name, Misconduct misconduct) {
        return Scenario.of(key, name, STANDARD, BAD, misconduct);
    }

    private static Scenario large(String key, String name, Misconduct misconduct) {
        return Scenario.of(key, "1000 x 300: " + name, LARGE, BAD_LARGE, misconduct);
    }

    private static Misconduct refusing(int percent) {
        return new Selective(percent * 10_000L, false);
    }

    private static Scenario sparingAnchors(int stores, int percent) {
        return Scenario.of(
                "refuse-" + percent + "-by-" + stores,
                stores + " stores refuse ." + percent + ", serve anchors",
                STANDARD,
                stores,
                new Selective(percent * 10_000L, true));
    }
}
