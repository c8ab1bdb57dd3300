package stella.roles.inspector;

import stella.protocol.AccountId;

/** A Fetch through which a Store is asked, so that it cannot tell who asks (IN-7). */
record Relay(AccountId account, String endpoint) {
    /** So many Fetch nodes of different owners must have seen a failure before it is held against a Store. */
    static final int AGREEING = 2;

    /** So many are asked before the Inspector asks itself. */
    static final int ASKED_MAX = 4;

    /** One look in so many of an Inspector that is no anchor; an anchor's are all relayed. */
    static final int ONE_IN = 4;
}
