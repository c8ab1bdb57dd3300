package stella.protocol.role;

/**
 * Reputation as adopted by the chain (clause RE-2).
 *
 * @param scorePpm what the node delivers at least, with 95 % confidence; 0 to 1,000,000
 * @param weightPpm trust weight of an Inspector, 1,000,000 = one; 0 for other roles
 * @param epoch epoch of the evidence that last changed the entry
 */
public record ReputationEntry(int scorePpm, Standing standing, int weightPpm, long epoch) {}
