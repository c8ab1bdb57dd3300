package stella.protocol.deal;

/** Life of a request (clause DL-2); the ordinal is the index in SCALE. */
public enum RequestState {
    OPEN,
    FILLED,
    DONE,
    CANCELLED,
    EXPIRED
}
