package stella.devchain.pool;

import stella.protocol.Hash;

/** What the pool says to a submitted transaction. */
public sealed interface Submission {
    /** @param ready false when it waits for another transaction */
    record Accepted(Hash hash, boolean ready) implements Submission {}

    /**
     * It is not in the pool.
     *
     * @param data the details, in Substrate's words; empty when there are none
     */
    record Rejected(Reason reason, String message, String data) implements Submission {}

    /** The numbers of Substrate's author RPC (client/rpc-api/src/author/error.rs). */
    enum Reason {
        BAD_FORMAT(1001),
        VERIFICATION(1002),
        INVALID(1010),
        UNKNOWN_VALIDITY(1011),
        BANNED(1012),
        ALREADY_IMPORTED(1013),
        TOO_LOW_PRIORITY(1014),
        IMMEDIATELY_DROPPED(1016),
        NO_TAGS(1019);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }
}
