package stella.reputation;

/** The constants of section 3. Every implementation uses the same ones: changing a number here changes the protocol. */
final class Constants {
    /** One, in parts per million. */
    static final long PPM = 1_000_000;

    /** ln(.06 / .02) and ln(.98 / .94) in micro-nats: what one failed or served item says about 6 % loss against 2 %. */
    static final long STEP_FAIL = 1_098_612;

    static final long STEP_OK = 41_673;

    /** Evidence at which a subject is suspended, and at which a larger committee looks closer; micro-nats. */
    static final long SUSPEND_AT = 12_500_000;

    static final long LOOK_AT = 6_000_000;

    /** A weighted share of FAIL above {@code FRACTION_HIGH} counts as one, below {@code FRACTION_LOW} as none; ppm. */
    static final long FRACTION_HIGH = 666_667;

    static final long FRACTION_LOW = 333_333;
    static final long FRACTION_LOW_CLOSE = 250_000;

    /** A quorum: so much weight in all, and so many voters of at least so much weight. */
    static final long QUORUM_WEIGHT = 1_500_000;

    static final int QUORUM_VOTERS = 3;
    static final long VOTER_WEIGHT = 250_000;

    /** Item memory: 999/1000 of alpha and beta are kept per item; beta never exceeds {@code BETA_MAX} micro-items. */
    static final long ITEM_MEMORY = 999;

    static final long BETA_MAX = 1_000_000_000;

    /** One joint check of two inspectors, in milli-items, and the memory of pairs in hundredths per epoch. */
    static final long PAIR_UNIT = 1_000;

    static final long PAIR_MEMORY = 99;

    /** Full pair trust up to the conflicts chance explains ({@code MARGIN}), none from {@code MARGIN + SLOPE}; ppm. */
    static final long MARGIN = 1_300_000;

    static final long SLOPE = 300_000;

    /** EigenTrust is computed in units of 10^-9. */
    static final long TRUST_SCALE = 1_000_000_000;

    static final int TRUST_ITERATIONS = 40;

    /** No inspector counts for more than two. */
    static final long WEIGHT_MAX = 2_000_000;

    /** Online memory in hundredths per epoch, what a good epoch adds, and the levels of suspension and return; ppm. */
    static final long ONLINE_MEMORY = 98;

    static final long ONLINE_STEP = 20_000;
    static final long ONLINE_MIN = 750_000;
    static final long ONLINE_BACK = 900_000;

    /** What must be earned to leave the first suspension; doubled with each further one, at most four times. */
    static final long CLEAN = 4_000_000;

    static final int DOUBLINGS_MAX = 4;

    /** Vetting of a subject: settled items and score. */
    static final int VET_ITEMS = 100;

    static final long VET_SCORE = 930_000;

    /** After so many epochs one old suspension is forgotten. */
    static final int FORGIVE_EPOCHS = 500;

    /** The hard channel: an invalid proof in micro-nats, what a missed and an invalid one add to beta in micro-items. */
    static final long INVALID_STEP = 7_000_000;

    static final long INVALID_BETA = 20_000_000;
    static final long MISSED_BETA = 1_000_000;
    static final int HARD_STREAK = 10;

    /** How many items of present evidence are remembered for the explanation. */
    static final int OPEN_MAX = 64;

    /** Inspectors: epochs until vetted, the level and time of disagreement, the length of a first rest in epochs. */
    static final int VET_EPOCHS = 10;

    static final long TRUST_LOW = 50_000;
    static final int TRUST_LOW_EPOCHS = 30;
    static final int REST_EPOCHS = 40;

    /** A deaf inspector is one with at least so many subjects, and a surplus of darkness above a quarter of them. */
    static final int DEAF_SUBJECTS = 4;

    /** Share of placements reserved for Probation, in percent. */
    static final long PROBATION_SLOT_PERCENT = 2;

    /** Peers listed in the explanation of an inspector's change. */
    static final int WORST_PEERS = 5;

    private Constants() {}

    /** {@code base * 2^min(suspensions - 1, 4)}: the way back gets longer each time. */
    static long doubled(long base, int suspensions) {
        return base << Math.min(Math.max(suspensions, 1) - 1, DOUBLINGS_MAX);
    }
}
