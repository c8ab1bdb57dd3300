package stella.reputation.evaluation;

import stella.reputation.Sighting;
import stella.reputation.evaluation.Coin.About;

/**
 * What inspectors in concert say in place of what they saw. An OK carries a proof, so nobody can say it about bytes that he did not get;
 * liars know who is allied (the bad stores) and who is a victim.
 */
public enum Lies {
    NONE,
    /** FAIL about every store that is not allied. */
    COLLUDE,
    /** FAIL about the victims, the truth about others. */
    TARGET,
    /** The same in every other epoch, by chance. */
    TARGET_HALF_TIME,
    /** The same from epoch 60 on. */
    SLEEPERS,
    /** Never looks: FAIL by a throw of a coin, else nothing. */
    RANDOM_FAIL,
    /** Never looks: always a time-out. */
    UNREACHABLE;

    private static final int WAKING = 60;
    private static final long HALF = 500_000;

    /** Whom a liar has before him. */
    enum Side {
        ALLY,
        VICTIM,
        STRANGER
    }

    Sighting said(Sighting seen, Side about, Coin coin, int epoch, int inspector, long look) {
        return switch (this) {
            case NONE -> seen;
            case COLLUDE -> about == Side.ALLY ? shielding(seen) : Sighting.FAIL;
            case TARGET -> targeting(seen, about);
            case TARGET_HALF_TIME -> coin.falls(HALF, About.MOOD, epoch, 0, 0) ? targeting(seen, about) : seen;
            case SLEEPERS -> epoch >= WAKING ? targeting(seen, about) : seen;
            case RANDOM_FAIL -> coin.falls(HALF, About.MOOD, epoch, inspector, look) ? Sighting.FAIL : Sighting.NOTHING;
            case UNREACHABLE -> Sighting.UNREACHABLE;
        };
    }

    private static Sighting targeting(Sighting seen, Side about) {
        return switch (about) {
            case ALLY -> shielding(seen);
            case VICTIM -> Sighting.FAIL;
            case STRANGER -> seen;
        };
    }

    /** The best that can be done for an ally: its OK, or silence about what it did not deliver. */
    private static Sighting shielding(Sighting seen) {
        return seen == Sighting.OK ? Sighting.OK : Sighting.NOTHING;
    }
}
