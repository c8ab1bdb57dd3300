package stella.reputation;

import static stella.reputation.Constants.PPM;
import static stella.reputation.Constants.WEIGHT_MAX;

import stella.protocol.role.Standing;

/**
 * All that is remembered of an Inspector (section 5; the letters of the specification in brackets).
 *
 * @param anchor named by governance; trust starts here, and an anchor is never suspended by the model
 * @param derived the trust the others' verdicts give it, ppm up to two
 * @param weight what its verdicts count for: {@code derived} when Trusted, else 0
 * @param online share of recent epochs in which it revealed its verdicts and was not deaf, ppm
 * @param age epochs with a task since birth or the last rest
 * @param low epochs in a row with almost no trust
 * @param suspensions (k)
 * @param until first epoch after its rest
 */
public record InspectorState(
        boolean anchor,
        Standing standing,
        long derived,
        long weight,
        long online,
        int age,
        int low,
        int suspensions,
        int until) {

    public InspectorState {
        Range.check("derived", derived, 0, WEIGHT_MAX);
        Range.check("weight", weight, 0, WEIGHT_MAX);
        Range.check("online", online, 0, PPM);
        Range.check("age", age, 0, Integer.MAX_VALUE);
        Range.check("low", low, 0, Integer.MAX_VALUE);
        Range.check("suspensions", suspensions, 0, Integer.MAX_VALUE);
        Range.check("until", until, 0, Integer.MAX_VALUE);
    }

    /** An inspector that registered: with full weight when it enters as Trusted, with none otherwise. */
    public static InspectorState newborn(boolean anchor, Standing standing) {
        long weight = standing == Standing.TRUSTED ? PPM : 0;
        return new InspectorState(anchor, standing, weight, weight, PPM, 0, 0, 0, 0);
    }

    /** Whether half of what suspends an inspector stands against this one: time to warn its operator. */
    public boolean nearsSuspension() {
        return !anchor
                && (low >= Constants.TRUST_LOW_EPOCHS / 2 || online < (Constants.PPM + Constants.ONLINE_MIN) / 2);
    }
}
