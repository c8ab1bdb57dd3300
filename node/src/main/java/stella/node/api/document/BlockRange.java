package stella.node.api.document;

/** Blocks {@code from} to {@code to}, both included. */
public record BlockRange(long from, long to) {}
