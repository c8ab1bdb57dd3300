package stella.gateway.scale;

/** Bytes that are no SCALE encoding of what was expected. The message says what was expected, what stood there, and where. */
public final class ScaleException extends RuntimeException {
    private final int offset;

    public ScaleException(String what, int offset) {
        super(what + " at byte " + offset);
        this.offset = offset;
    }

    /** The index of the byte, counted from 0, at which the offending item begins. */
    public int offset() {
        return offset;
    }
}
