package stella.reputation;

import static stella.reputation.Constants.*;

/** Weighted yes/no votes of one committee about one question, and what follows from their fraction (sections 3 and 6.6). */
final class CommitteeVote {
    /** The fraction when there is no quorum: no evidence either way. */
    static final long NO_QUORUM = -1;

    private long weight;
    private long weightOfYes;
    private int voters;

    void add(long voterWeight, boolean yes) {
        weight += voterWeight;
        if (yes) weightOfYes += voterWeight;
        if (voterWeight >= VOTER_WEIGHT) voters++;
    }

    /** The weighted share of yes in ppm, or {@link #NO_QUORUM}. */
    long fraction() {
        boolean quorum = weight >= QUORUM_WEIGHT && voters >= QUORUM_VOTERS;
        return quorum ? Rounding.share(weightOfYes, weight) : NO_QUORUM;
    }

    /**
     * What one item counts for.
     *
     * @param value share of the item that counts as failed, ppm
     * @param settled whether the state follows at once; a doubtful item first meets a larger, fresh committee
     */
    record Judgement(long value, boolean settled) {}

    /** Clear majorities count fully; what lies between is contested, and settled only under a close look. */
    static Judgement judge(long fractionOfFail, boolean closeLook) {
        if (fractionOfFail > FRACTION_HIGH) return new Judgement(PPM, true);
        if (fractionOfFail < (closeLook ? FRACTION_LOW_CLOSE : FRACTION_LOW)) return new Judgement(0, true);
        return new Judgement(fractionOfFail, closeLook);
    }
}
