package stella.reputation;

import static stella.reputation.Constants.PPM;
import static stella.reputation.Constants.TRUST_SCALE;

import java.util.List;

/** Section 6.4: who agreed with whom, and how far chance explains it. Weights are those of the previous epoch. */
final class PairUpdate {
    private PairUpdate() {}

    static Pairs apply(PairTable pairs, List<Hearing> hearings) {
        for (Hearing hearing : hearings) {
            Inspector[] voters = new Inspector[hearing.witnesses.size()];
            boolean[] failed = new boolean[voters.length];
            for (int item = 0; item < hearing.itemCount(); item++) {
                int count = 0;
                for (Hearing.Witness witness : hearing.witnesses) {
                    if (!witness.votedOn(item) || !hearing.isCore(witness)) continue;
                    voters[count] = witness.inspector;
                    failed[count++] = witness.failed(item);
                }
                addItem(pairs, voters, failed, count);
            }
        }
        return pairs.freeze();
    }

    private static void addItem(PairTable pairs, Inspector[] voters, boolean[] failed, int count) {
        long weight = 0;
        long weightOfFail = 0;
        for (int i = 0; i < count; i++) {
            weight += voters[i].weight;
            if (failed[i]) weightOfFail += voters[i].weight;
        }
        long chance = chanceOfConflict(Rounding.share(weightOfFail, weight));
        for (int a = 0; a < count; a++)
            for (int b = a + 1; b < count; b++)
                pairs.add(voters[a].position, voters[b].position, chance, failed[a] != failed[b]);
    }

    /** How probable it is that two members drawn from a committee with this share of FAIL disagree; milli-items. */
    private static long chanceOfConflict(long fraction) {
        return Rounding.rdiv(2 * fraction * (PPM - fraction), TRUST_SCALE);
    }
}
