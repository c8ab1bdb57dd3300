package stella.reputation.evaluation;

/** Misfortunes that are nobody's fault, on top of the transport error that every look runs. */
public enum Weather {
    CALM,
    /** 30 % of the honest stores are gone for three epochs. */
    OUTAGE,
    /** One third of the inspectors reaches nobody for five epochs. */
    PARTITION,
    /** Six inspectors have lines on which one look in fifty fails. */
    BAD_LINKS;

    static final int FROM = 50;
    static final int OUTAGE_EPOCHS = 3;
    static final int PARTITION_EPOCHS = 5;
    static final long OUTAGE_PPM = 300_000;
    static final int BAD_LINKS_COUNT = 6;
    static final long TRANSPORT_ERROR = 5_000;
    static final long BAD_LINK_ERROR = 20_000;
}
