package stella.reputation.evaluation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;
import stella.reputation.Evidence;
import stella.reputation.Sighting;
import stella.reputation.SubjectKind;
import stella.reputation.Task;
import stella.reputation.evaluation.Coin.About;

/**
 * One scenario under one rule with one seed. Tasks follow the specification: due items first, then fresh ones up to four; a committee of
 * nine, in a close look 24 and three anchors; everything drawn by a coin that knows neither rule nor history, so all rules see the same.
 */
public final class Trial {
    private static final int ITEMS = 4;
    private static final int COMMITTEE = 9;
    private static final int CLOSE_COMMITTEE = 24;
    private static final int CLOSE_ANCHORS = 3;

    /** Identifiers: inspectors count from 0, stores from here, and each new name of a store is so much higher. */
    private static final long STORES_FROM = 1_000_000;

    private final Scenario scenario;
    private final World world;
    private final Model model;
    private final int[] names; // of each store, how often it came back
    private final int[] found; // epoch of first suspension, 0 while it is not
    private final Bytes[] inspectorIds;
    private long placements;
    private long placedOnBad;

    private Trial(Scenario scenario, long seed, Rule rule) {
        this.scenario = scenario;
        this.world = new World(scenario, seed);
        this.model = rule.start();
        this.names = new int[scenario.size().stores()];
        this.found = new int[scenario.size().stores()];
        this.inspectorIds = new Bytes[scenario.inspectors()];
        Arrays.setAll(inspectorIds, Trial::number);
    }

    public static Outcome run(Scenario scenario, long seed, Rule rule) {
        return run(scenario, seed, rule, (_, _) -> {});
    }

    /** @param watcher sees epoch and rule after each epoch */
    static Outcome run(Scenario scenario, long seed, Rule rule, BiConsumer<Integer, Model> watcher) {
        Trial trial = new Trial(scenario, seed, rule);
        for (int epoch = 1; epoch <= scenario.size().epochs(); epoch++) {
            trial.model.apply(trial.evidence(epoch));
            trial.look(epoch);
            trial.place(epoch);
            watcher.accept(epoch, trial.model);
        }
        return trial.outcome();
    }

    private Evidence evidence(int epoch) {
        Evidence.Builder evidence = Evidence.of(epoch);
        if (epoch == 1) register(evidence);
        if (epoch == Scenario.SYBILS_JOIN)
            for (int i = scenario.size().inspectors(); i < scenario.inspectors(); i++)
                evidence.inspectorJoins(inspectorIds[i], false, Standing.PROBATION);
        for (int store = 0; store < names.length; store++) {
            Bytes id = id(store);
            if (scenario.whitewashing() && scenario.isBad(store) && model.suspended(id)) {
                evidence.subjectLeaves(id);
                names[store]++;
                id = id(store);
                evidence.subjectJoins(id, SubjectKind.STORE, Standing.PROBATION);
            }
            evidence.task(task(epoch, store, id));
        }
        return evidence.build();
    }

    private void register(Evidence.Builder evidence) {
        for (int store = 0; store < names.length; store++)
            evidence.subjectJoins(id(store), SubjectKind.STORE, Standing.TRUSTED);
        for (int i = 0; i < scenario.size().inspectors(); i++)
            evidence.inspectorJoins(inspectorIds[i], scenario.isAnchor(i), Standing.TRUSTED);
    }

    private Task task(int epoch, int store, Bytes id) {
        Model.Look look = model.look(id);
        List<Bytes> items = new ArrayList<>(look.due());
        for (int fresh = 0; items.size() < ITEMS; fresh++) items.add(number((long) epoch * ITEMS + fresh));
        List<Long> numbers = items.stream().map(Trial::numberOf).toList();

        List<Integer> ranked = ranked(epoch, store);
        List<Integer> core = ranked.subList(0, Math.min(COMMITTEE, ranked.size()));
        TreeMap<Bytes, List<Sighting>> sightings = new TreeMap<>();
        for (int inspector : look.close() ? closeCommittee(ranked) : core)
            sightings.put(inspectorIds[inspector], world.row(epoch, store, inspector, numbers));
        return new Task(id, items, sightings, look.close() ? Optional.of(ids(core)) : Optional.empty());
    }

    /** All inspectors who are drawn, by the rank of this epoch and store. */
    private List<Integer> ranked(int epoch, int store) {
        int known = epoch >= Scenario.SYBILS_JOIN
                ? scenario.inspectors()
                : scenario.size().inspectors();
        record Ranked(int inspector, long rank) {}
        List<Ranked> ranked = new ArrayList<>();
        for (int i = 0; i < known; i++)
            if (model.draws(inspectorIds[i]))
                ranked.add(new Ranked(i, world.coin().word(About.COMMITTEE, epoch, store, i)));
        ranked.sort((one, other) -> Long.compareUnsigned(one.rank, other.rank));
        return ranked.stream().map(Ranked::inspector).toList();
    }

    private SortedSet<Integer> closeCommittee(List<Integer> ranked) {
        SortedSet<Integer> members = new TreeSet<>(ranked.subList(0, Math.min(CLOSE_COMMITTEE, ranked.size())));
        ranked.stream().filter(scenario::isAnchor).limit(CLOSE_ANCHORS).forEach(members::add);
        return members;
    }

    private SortedSet<Bytes> ids(List<Integer> inspectors) {
        TreeSet<Bytes> ids = new TreeSet<>();
        for (int inspector : inspectors) ids.add(inspectorIds[inspector]);
        return ids;
    }

    private void look(int epoch) {
        for (int store = 0; store < names.length; store++)
            if (found[store] == 0 && model.suspended(id(store))) found[store] = epoch;
    }

    private void place(int epoch) {
        Coin coin = world.coin();
        for (int i = 0; i < Scenario.PLACEMENTS; i++) {
            Optional<Bytes> chosen = model.place(
                    coin.word(About.PLACEMENT, epoch, i, 0),
                    coin.word(About.PLACEMENT, epoch, i, 1),
                    coin.word(About.PLACEMENT, epoch, i, 2));
            if (chosen.isEmpty()) continue;
            placements++;
            if (scenario.isBad((int) (numberOf(chosen.get()) - STORES_FROM) % names.length)) placedOnBad++;
        }
    }

    private Outcome outcome() {
        int badFound = 0;
        long epochs = 0;
        int ever = 0;
        int still = 0;
        for (int store = 0; store < names.length; store++) {
            if (scenario.isBad(store)) {
                if (found[store] > 0) badFound++;
                epochs += found[store];
            } else {
                if (found[store] > 0) ever++;
                if (model.suspended(id(store))) still++;
            }
        }
        return new Outcome(
                scenario.bad(), badFound, epochs, names.length - scenario.bad(), ever, still, placements, placedOnBad);
    }

    private Bytes id(int store) {
        return number(STORES_FROM + store + (long) names[store] * names.length);
    }

    private static Bytes number(long number) {
        return Bytes.owning(ByteBuffer.allocate(8).putLong(number).array());
    }

    private static long numberOf(Bytes id) {
        return ByteBuffer.wrap(id.toArray()).getLong();
    }
}
