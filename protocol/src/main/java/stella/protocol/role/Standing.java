package stella.protocol.role;

/** Standing of a node (clause RE-3); the ordinal is the index in SCALE. */
public enum Standing {
    PROBATION,
    TRUSTED,
    SUSPENDED,
    DISQUALIFIED;

    /** The protocol's own word: {@code Probation}, {@code Trusted}, {@code Suspended}, {@code Disqualified}. */
    public String word() {
        return switch (this) {
            case PROBATION -> "Probation";
            case TRUSTED -> "Trusted";
            case SUSPENDED -> "Suspended";
            case DISQUALIFIED -> "Disqualified";
        };
    }

    /** True for a node that takes new work. */
    public boolean isActive() {
        return this == PROBATION || this == TRUSTED;
    }
}
