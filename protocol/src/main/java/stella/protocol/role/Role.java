package stella.protocol.role;

/** The roles an account may hold (clause RO-1); the ordinal is the index in SCALE. */
public enum Role {
    STORE,
    FETCH,
    INSPECTOR;

    /** The protocol's own word: {@code Store}, {@code Fetch}, {@code Inspector}. */
    public String word() {
        return switch (this) {
            case STORE -> "Store";
            case FETCH -> "Fetch";
            case INSPECTOR -> "Inspector";
        };
    }
}
