package stella.reputation;

import static stella.reputation.Constants.*;

import java.util.Arrays;
import java.util.List;
import stella.protocol.role.Standing;

/** Section 6.5: from pair statistics to what each inspector's verdicts count for, from here on in this epoch. */
final class InspectorTrust {
    private InspectorTrust() {}

    /** Sets derived trust and weight of the active inspectors. */
    static void apply(List<Inspector> inspectors, Pairs pairs, long priorDivisor) {
        int[] row = new int[inspectors.size()]; // of each active inspector among the active ones
        Arrays.fill(row, -1);
        List<Inspector> active = inspectors.stream()
                .filter(inspector -> inspector.standing.isActive())
                .toList();
        for (int i = 0; i < active.size(); i++) row[active.get(i).position] = i;
        if (active.isEmpty()) return;

        int[] from = new int[2 * pairs.count()];
        int[] to = new int[2 * pairs.count()];
        long[] trust = new long[2 * pairs.count()];
        boolean[] paired = new boolean[active.size()];
        int links = 0;
        for (int i = 0; i < pairs.count(); i++) {
            int low = row[pairs.low(i)];
            int high = row[pairs.high(i)];
            if (low < 0 || high < 0) continue;
            paired[low] = paired[high] = true;
            long local = PairTrust.of(pairs.checks(i), pairs.conflicts(i), pairs.expected(i), priorDivisor);
            if (local == 0) continue;
            from[links] = to[links + 1] = low;
            to[links] = from[links + 1] = high;
            trust[links] = trust[links + 1] = local;
            links += 2;
        }

        long[] eigen = EigenTrust.of(
                Links.of(active.size(), links, from, to, trust),
                preTrust(active),
                EigenTrust.Restart.STANDARD,
                TRUST_ITERATIONS);
        long network = 0;
        for (boolean one : paired) if (one) network++;
        if (network == 0) return; // nothing was checked jointly: nobody gains or loses trust by it (decision 0010)
        for (int i = 0; i < eigen.length; i++) {
            Inspector inspector = active.get(i);
            inspector.derived =
                    Math.min(WEIGHT_MAX, Rounding.rdiv(Math.multiplyExact(eigen[i], network), TRUST_SCALE / PPM));
            inspector.weight = inspector.standing == Standing.TRUSTED ? inspector.derived : 0;
        }
    }

    /** Trust starts at the anchors, evenly; without any active anchor at everybody. */
    private static long[] preTrust(List<Inspector> active) {
        long anchors = active.stream().filter(inspector -> inspector.anchor).count();
        long part = Rounding.rdiv(TRUST_SCALE, anchors > 0 ? anchors : active.size());
        return active.stream()
                .mapToLong(inspector -> anchors == 0 || inspector.anchor ? part : 0)
                .toArray();
    }
}
