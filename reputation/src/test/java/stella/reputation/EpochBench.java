package stella.reputation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import stella.protocol.Bytes;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.role.Standing;

/**
 * Measures the epoch function in a large network; run {@code main}, not a test, since time depends on the machine.
 *
 * <p>10,000 stores and 1,000 inspectors, committees of 9, 4 items, one item in a hundred failed. Target of section 12: an epoch in
 * under a second, in under 1 GiB (run with {@code -Xmx1g}), once warm.
 */
public final class EpochBench {
    private static final int SUBJECTS = 10_000;
    private static final int INSPECTORS = 1_000;
    private static final int COMMITTEE = 9;
    private static final int ITEMS = 4;
    private static final int EPOCHS = 30;

    private EpochBench() {}

    public static void main(String[] arguments) {
        Random random = new Random(1);
        State state = State.EMPTY;
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            Evidence evidence = evidence(epoch, random);
            long start = System.nanoTime();
            EpochFunction.Result result = EpochFunction.apply(state, evidence);
            long computed = System.nanoTime();
            state = result.state();
            int bytes = StateCodec.encode(state).length();
            state.digest();
            long digested = System.nanoTime();
            System.out.printf(
                    "epoch %2d: function %4d ms, encoding and digest %3d ms, %,d pairs, state %,d bytes, %d changes%n",
                    epoch,
                    (computed - start) / 1_000_000,
                    (digested - computed) / 1_000_000,
                    state.pairs().count(),
                    bytes,
                    result.changes().size());
        }
        Runtime runtime = Runtime.getRuntime();
        System.out.printf("heap used %,d MiB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private static Evidence evidence(int epoch, Random random) {
        Evidence.Builder evidence = Evidence.of(epoch);
        if (epoch == 1) {
            for (int i = 0; i < SUBJECTS; i++)
                evidence.subjectJoins(Vectors.id(1_000_000 + i), SubjectKind.STORE, Standing.TRUSTED);
            for (int i = 0; i < INSPECTORS; i++) evidence.inspectorJoins(Vectors.id(i), i < 10, Standing.TRUSTED);
        }
        List<Integer> inspectors = new ArrayList<>();
        for (int i = 0; i < INSPECTORS; i++) inspectors.add(i);
        for (int subject = 0; subject < SUBJECTS; subject++) {
            List<Bytes> items = new ArrayList<>();
            for (int i = 0; i < ITEMS; i++) items.add(Vectors.id(epoch * 100L + i));
            boolean[] lost = new boolean[ITEMS];
            for (int i = 0; i < ITEMS; i++) lost[i] = random.nextInt(100) == 0;
            TreeMap<Bytes, List<Sighting>> sightings = new TreeMap<>();
            for (int member = 0; member < COMMITTEE; member++) {
                Collections.swap(inspectors, member, member + random.nextInt(INSPECTORS - member));
                List<Sighting> seen = new ArrayList<>();
                for (int i = 0; i < ITEMS; i++)
                    seen.add(lost[i] || random.nextInt(200) == 0 ? Sighting.FAIL : Sighting.OK);
                sightings.put(Vectors.id(inspectors.get(member)), seen);
            }
            evidence.task(new Task(Vectors.id(1_000_000 + subject), items, sightings, Optional.empty()));
            evidence.hard(Vectors.id(1_000_000 + subject), HardEvidence.OK);
        }
        return evidence.build();
    }
}
