package stella.protocol.deal;

/** Life of a deal (clause DL-4); the ordinal is the index in SCALE. */
public enum DealState {
    ACCEPTED,
    ACTIVE,
    COMPLETED,
    TERMINATED,
    ENDED_EARLY,
    LAPSED;

    /** True while the Store must prove. */
    public boolean isLive() {
        return this == ACCEPTED || this == ACTIVE;
    }

    /** The protocol's own word: {@code Accepted}, {@code Active}, … */
    public String word() {
        return switch (this) {
            case ACCEPTED -> "Accepted";
            case ACTIVE -> "Active";
            case COMPLETED -> "Completed";
            case TERMINATED -> "Terminated";
            case ENDED_EARLY -> "EndedEarly";
            case LAPSED -> "Lapsed";
        };
    }
}
