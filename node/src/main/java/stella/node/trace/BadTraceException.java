package stella.node.trace;

import java.io.IOException;

/** A file that is no trace, with the place and the reason. */
public final class BadTraceException extends IOException {
    BadTraceException(String reason) {
        super(reason);
    }

    BadTraceException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
