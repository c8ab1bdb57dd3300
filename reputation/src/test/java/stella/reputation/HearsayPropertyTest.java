package stella.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.protocol.Bytes;
import stella.reputation.Reveals.Assignment;
import stella.reputation.Reveals.Claim;

/**
 * Whatever is shouted from outside the tasks, in whatever order batches come: the digest is that of the epoch without it, and each
 * shout is counted once.
 */
class HearsayPropertyTest {
    private static final JsonNode TRACE = Vectors.ALL.get("traces").get(1);
    private static final int SHOUTS = 200;
    private static final List<Sighting> SAYINGS = List.of(Sighting.values());

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shoutsChangeNoDigest(long seed) {
        Random random = new Random(seed);
        State quiet = State.EMPTY;
        State noisy = State.EMPTY;
        for (JsonNode epoch : TRACE.get("epochs")) {
            Evidence evidence = Vectors.evidence(epoch.get("evidence"));
            EpochFunction.Result straight = EpochFunction.apply(quiet, evidence);
            EpochFunction.Result shouted = EpochFunction.apply(noisy, amidShouts(evidence, random));

            assertThat(shouted.state().digest()).isEqualTo(straight.state().digest());
            assertThat(shouted.ignored().total()).isEqualTo(straight.ignored().total() + SHOUTS);
            quiet = straight.state();
            noisy = shouted.state();
        }
    }

    /** The same evidence, told by its inspectors in any order, between verdicts that nobody asked for. */
    private static Evidence amidShouts(Evidence evidence, Random random) {
        List<Assignment> assignments = new ArrayList<>();
        Map<Bytes, List<Claim>> batches = new TreeMap<>();
        for (Task task : evidence.tasks().values()) {
            assignments.add(new Assignment(
                    task.subject(), task.items(), new TreeSet<>(task.sightings().keySet()), task.core()));
            task.sightings().forEach((inspector, row) -> {
                for (int item = 0; item < row.size(); item++)
                    batches.computeIfAbsent(inspector, _ -> new ArrayList<>())
                            .add(new Claim(task.subject(), item, row.get(item)));
            });
        }
        Collections.shuffle(assignments, random);
        List<Bytes> speakers = new ArrayList<>(batches.keySet());
        Collections.shuffle(speakers, random);

        Reveals reveals = new Reveals(evidence.epoch(), assignments);
        List<Assignment> tasks = List.copyOf(assignments);
        for (Bytes speaker : speakers) reveals.add(speaker, evidence.epoch(), batches.getOrDefault(speaker, List.of()));
        for (int i = 0; i < SHOUTS; i++) shout(reveals, evidence.epoch(), tasks, random);
        return new Evidence(
                evidence.epoch(),
                evidence.joinedSubjects(),
                evidence.leftSubjects(),
                evidence.joinedInspectors(),
                evidence.leftInspectors(),
                Evidence.of(evidence.epoch()).reveals(reveals).build().tasks(),
                evidence.hard(),
                evidence.slashed(),
                reveals.ignored());
    }

    private static void shout(Reveals reveals, int epoch, List<Assignment> tasks, Random random) {
        Assignment task = tasks.get(random.nextInt(tasks.size()));
        Bytes member = task.committee().first();
        Bytes stranger = Vectors.id(5_000_000 + random.nextInt(100));
        Sighting said = SAYINGS.get(random.nextInt(SAYINGS.size()));
        int item = random.nextInt(task.items().size());
        switch (random.nextInt(5)) {
            case 0 -> reveals.add(member, epoch, List.of(new Claim(stranger, item, said)));
            case 1 -> reveals.add(stranger, epoch, List.of(new Claim(task.subject(), item, said)));
            case 2 -> reveals.add(member, epoch, List.of(new Claim(task.subject(), -1 - random.nextInt(9), said)));
            case 3 -> reveals.add(member, epoch, List.of(new Claim(task.subject(), item, said)));
            default ->
                reveals.add(member, epoch + 1 + random.nextInt(9), List.of(new Claim(task.subject(), item, said)));
        }
    }
}
