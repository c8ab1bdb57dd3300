package stella.protocol.inspection;

/** What the chain itself decided about a Store's proofs in an epoch; the worst counts. The ordinal is the index in SCALE. */
public enum HardEvidence {
    OK,
    MISSED,
    INVALID
}
