package stella.node.http;

import java.io.IOException;

/** A block that a reader needs did not come; {@link #refusal} says why. */
final class NotSuppliedException extends IOException {
    private final transient BlockSupply.Supplied.Refused refusal;

    NotSuppliedException(BlockSupply.Supplied.Refused refusal) {
        super(refusal.detail());
        this.refusal = refusal;
    }

    BlockSupply.Supplied.Refused refusal() {
        return refusal;
    }
}
