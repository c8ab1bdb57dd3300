package stella.reputation.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import stella.protocol.Bytes;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.role.Standing;
import stella.reputation.EpochFunction;
import stella.reputation.Evidence;
import stella.reputation.Sighting;
import stella.reputation.State;
import stella.reputation.SubjectKind;
import stella.reputation.Task;

/**
 * Measures the epoch function and the digest in a large network: {@code bench/reputation.sh [SUBJECTS [INSPECTORS [EPOCHS]]]}. A program,
 * not a test, since time depends on the machine.
 *
 * <p>Committees of 9, 4 items, one item in a hundred lost, one look in two hundred failed; all seeded. The first half of the epochs warms
 * up; of the second half it prints median and worst: of the processor's time for function and digest, and of the time that passed
 * for both together, in which the machine may have done other things too. The largest heap includes garbage and the evidence itself.
 */
public final class EpochBench {
    private static final int COMMITTEE = 9;
    private static final int ITEMS = 4;
    private static final int FIRST_STORE = 1_000_000;

    private final int subjects;
    private final int inspectors;
    private final Random random = new Random(1);

    private EpochBench(int subjects, int inspectors) {
        this.subjects = subjects;
        this.inspectors = inspectors;
    }

    public static void main(String[] arguments) {
        int subjects = argument(arguments, 0, 10_000);
        int inspectors = argument(arguments, 1, 1_000);
        int epochs = argument(arguments, 2, 30);
        new EpochBench(subjects, inspectors).run(epochs);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void run(int epochs) {
        State state = State.EMPTY;
        long[][] cpu = new long[2][epochs];
        long[] elapsed = new long[epochs];
        for (int epoch = 0; epoch < epochs; epoch++) {
            Evidence evidence = evidence(epoch + 1);
            long start = System.nanoTime();
            long cpuStart = cpu();
            state = EpochFunction.apply(state, evidence).state();
            long cpuComputed = cpu();
            String word = state.digest().toString();
            cpu[0][epoch] = cpuComputed - cpuStart;
            cpu[1][epoch] = cpu() - cpuComputed;
            elapsed[epoch] = System.nanoTime() - start;
            if (epoch == epochs - 1) System.out.println("digest    " + word);
        }
        System.out.printf(
                "network   %,d subjects, %,d inspectors, %,d pairs, epochs %d to %d of a run of %d%n",
                subjects, inspectors, state.pairs().count(), epochs / 2 + 1, epochs, epochs);
        print("function", cpu[0]);
        print("digest", cpu[1]);
        print("elapsed", elapsed);
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf("heap      %,d MiB at most%n", heap >> 20);
    }

    /** Of this process with its garbage collector, nanoseconds: on a shared machine this is the cost, not what passes meanwhile. */
    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static void print(String what, long[] nanos) {
        long[] warm = Arrays.stream(nanos).skip(nanos.length / 2).sorted().toArray();
        System.out.printf(
                "%-9s median %,d ms, worst %,d ms%n",
                what, warm[warm.length / 2] / 1_000_000, warm[warm.length - 1] / 1_000_000);
    }

    private Evidence evidence(int epoch) {
        Evidence.Builder evidence = Evidence.of(epoch);
        if (epoch == 1) {
            for (int i = 0; i < subjects; i++)
                evidence.subjectJoins(id(FIRST_STORE + i), SubjectKind.STORE, Standing.TRUSTED);
            for (int i = 0; i < inspectors; i++) evidence.inspectorJoins(id(i), i < 10, Standing.TRUSTED);
        }
        int[] drawn = new int[inspectors];
        Arrays.setAll(drawn, i -> i);
        for (int subject = 0; subject < subjects; subject++) {
            evidence.task(task(epoch, subject, drawn));
            evidence.hard(id(FIRST_STORE + subject), HardEvidence.OK);
        }
        return evidence.build();
    }

    private Task task(int epoch, int subject, int[] inspectorNumbers) {
        List<Bytes> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) items.add(id(epoch * 100L + i));
        boolean[] lost = new boolean[ITEMS];
        for (int i = 0; i < ITEMS; i++) lost[i] = random.nextInt(100) == 0;
        TreeMap<Bytes, List<Sighting>> sightings = new TreeMap<>();
        for (int member = 0; member < COMMITTEE; member++) {
            int other = member + random.nextInt(inspectors - member);
            int chosen = inspectorNumbers[other];
            inspectorNumbers[other] = inspectorNumbers[member];
            inspectorNumbers[member] = chosen;
            List<Sighting> seen = new ArrayList<>();
            for (int i = 0; i < ITEMS; i++) seen.add(lost[i] || random.nextInt(200) == 0 ? Sighting.FAIL : Sighting.OK);
            sightings.put(id(chosen), seen);
        }
        return new Task(id(FIRST_STORE + subject), items, sightings, Optional.empty());
    }

    private static Bytes id(long number) {
        return Bytes.owning(ByteBuffer.allocate(8).putLong(number).array());
    }
}
