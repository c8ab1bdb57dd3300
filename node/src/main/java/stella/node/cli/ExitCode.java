package stella.node.cli;

/** How a command ended, for scripts. The numbers are documented and never change. */
public enum ExitCode {
    OK(0),
    FAILED(1),
    USAGE(2),
    NOT_FOUND(3),
    /** The protocol says no: price, credits, standing, state. */
    REFUSED(4),
    /** Chain or peer cannot be reached. */
    UNREACHABLE(5),
    /** Bytes, proofs or signatures are not what they must be. */
    INTEGRITY(6),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
