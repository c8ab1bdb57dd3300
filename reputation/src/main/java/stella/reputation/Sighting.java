package stella.reputation;

/** What one inspector revealed about one item (section 4). */
public enum Sighting {
    /** Served, with a proof of the served bytes. */
    OK,
    /** Wrong bytes, a refusal, or a broken ask. */
    FAIL,
    /** A time-out, or a drip of bytes. */
    UNREACHABLE,
    /** Nothing revealed, or an OK whose proof does not verify. */
    NOTHING
}
