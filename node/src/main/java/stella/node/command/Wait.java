package stella.node.command;

/** How far {@code put} waits. */
enum Wait {
    /** The request is on chain and the credits are set aside. */
    REQUESTED,
    /** Every replica has a Store that has the bytes and a deal. */
    TAKEN,
    /** Every replica is proven. */
    ACTIVE
}
