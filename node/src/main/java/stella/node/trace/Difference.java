package stella.node.trace;

/**
 * Where a computation and a trace part.
 *
 * @param who {@code subject 7}, {@code inspector 3}, {@code pairs}, {@code change 0}
 * @param field as the specification calls it
 */
public record Difference(int epoch, String who, String field, String expected, String found) {}
