package stella.protocol.deal;

/** Where a replica's bytes lie (clause AS-1); the ordinal is the index in SCALE. */
public enum Tier {
    HOT,
    FILECOIN
}
