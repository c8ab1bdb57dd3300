package stella.node.api.document;

/**
 * An appeal that is on chain (RE-5).
 *
 * @param epoch in which it was made; the extra items belong to the next one
 * @param block that holds it
 */
public record AppealView(String node, String role, long epoch, long block) {}
