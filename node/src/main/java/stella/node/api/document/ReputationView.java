package stella.node.api.document;

import org.jspecify.annotations.Nullable;

/**
 * Reputation of a role as adopted by the chain.
 *
 * @param role {@code Store}, {@code Fetch}, {@code Inspector}
 * @param scorePpm what the node delivers at least, with 95 % confidence; 0 to 1,000,000
 * @param standing {@code Probation}, {@code Trusted}, {@code Suspended}, {@code Disqualified}
 * @param weightPpm trust weight of an Inspector, 1,000,000 = one; else 0
 * @param epoch epoch of the evidence that last changed the entry; none before the first evidence
 * @param items items of this node that Inspectors reported on in the epochs the chain still has
 * @param failed reports among them that were not {@code Ok}
 */
public record ReputationView(
        String role,
        String account,
        @Nullable String name,
        int scorePpm,
        String standing,
        int weightPpm,
        @Nullable Long epoch,
        long items,
        long reports,
        long failed) {}
