package stella.reputation;

/** Bounds of the quantities of a state, so that neither a wrong step nor a hostile encoding leaves the model's numbers. */
final class Range {
    private Range() {}

    /** @throws IllegalArgumentException when {@code value} lies outside {@code min..max} */
    static void check(String name, long value, long min, long max) {
        if (value < min || value > max)
            throw new IllegalArgumentException(name + " is " + value + ", allowed are " + min + " to " + max);
    }
}
