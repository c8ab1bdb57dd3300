package stella.reputation;

/** Why a standing, or what leads back to one, changed. */
public enum Cause {
    RETRIEVAL("retrieval"),
    POSSESSION("possession proofs"),
    UNREACHABLE("unreachable"),
    VETTED("vetted"),
    CLEAN_AGAIN("clean again"),
    FORGIVEN("an old suspension is forgiven"),
    SLASHED("slashed by the chain"),
    RESTED("rest is over"),
    ABSENT_OR_DEAF("absent or deaf"),
    DISAGREES("disagrees beyond chance");

    private final String text;

    Cause(String text) {
        this.text = text;
    }

    /** The words of the vectors and of what a person reads. */
    public String text() {
        return text;
    }
}
