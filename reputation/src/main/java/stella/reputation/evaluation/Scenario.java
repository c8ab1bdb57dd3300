package stella.reputation.evaluation;

/**
 * A population and what goes wrong in it (section 13). Stores and inspectors are numbered: the first stores are the bad ones, then come
 * the victims; the first inspectors are the anchors, the last ones the liars.
 *
 * @param key names it on the command line
 * @param name as in the table of the specification
 * @param liarsPercent of all inspectors; anchors are never among them
 * @param whitewashing whether a suspended bad store comes back under a new name
 * @param sybils inspectors that register in epoch 50, to lie
 */
public record Scenario(
        String key,
        String name,
        Size size,
        int bad,
        Misconduct misconduct,
        boolean whitewashing,
        Lies lies,
        int liarsPercent,
        int victims,
        int sybils,
        Weather weather) {

    /** How large, and for how long. */
    public record Size(int stores, int inspectors, int anchors, int epochs) {
        /** That of the table. */
        public static final Size STANDARD = new Size(100, 60, 3, 150);

        public static final Size LARGE = new Size(1_000, 300, 6, 70);
    }

    /** Placements drawn in each epoch. */
    static final int PLACEMENTS = 50;

    static final int SYBILS_JOIN = 50;

    /** Bad stores, the rest honest, and nothing else. */
    static Scenario of(String key, String name, Size size, int bad, Misconduct misconduct) {
        return new Scenario(key, name, size, bad, misconduct, false, Lies.NONE, 0, 0, 0, Weather.CALM);
    }

    Scenario lying(Lies how, int percent, int victimCount) {
        return new Scenario(key, name, size, bad, misconduct, whitewashing, how, percent, victimCount, sybils, weather);
    }

    Scenario withSybils(int count, Lies how, int victimCount) {
        return new Scenario(key, name, size, bad, misconduct, whitewashing, how, 0, victimCount, count, weather);
    }

    Scenario in(Weather other) {
        return new Scenario(key, name, size, bad, misconduct, whitewashing, lies, liarsPercent, victims, sybils, other);
    }

    Scenario whitewashed() {
        return new Scenario(key, name, size, bad, misconduct, true, lies, liarsPercent, victims, sybils, weather);
    }

    int liars() {
        return Math.round(size.inspectors * liarsPercent / 100f);
    }

    /** Anchors, others, and the sybils that come later. */
    int inspectors() {
        return size.inspectors + sybils;
    }

    /** Sybils are liars, too. */
    boolean isLiar(int inspector) {
        return inspector >= size.inspectors - liars();
    }

    boolean isAnchor(int inspector) {
        return inspector < size.anchors;
    }

    boolean isBad(int store) {
        return store < bad;
    }

    Lies.Side side(int store) {
        if (isBad(store)) return Lies.Side.ALLY;
        return store < bad + victims ? Lies.Side.VICTIM : Lies.Side.STRANGER;
    }
}
