package stella.protocol.cid;

/** Input from outside does not have the form it must have. The message names the subject, the value and the limit. */
public final class MalformedException extends IllegalArgumentException {
    private final String reason;

    public MalformedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The message, which is always there. */
    public String reason() {
        return reason;
    }
}
