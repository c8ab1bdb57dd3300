package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.inspector.FakeChain.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.inspection.Committee;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.Item;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Timeline;
import stella.protocol.role.Changes;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.reputation.State;
import stella.roles.inspector.Audit.Effect;

class AuditTest {
    private static final AccountId SELF = account(1);
    private static final RoleId STORE = RoleId.store(account(9));
    private static final Timeline TIMELINE = new Timeline(20);
    private static final Set<String> IDLE = Set.of();

    @Test
    void opensEveryEpochFromTheFirst() {
        assertThat(due(Memory.EMPTY, 0)).isEmpty();
        assertThat(due(Memory.EMPTY, 1)).containsExactly(new Effect.Open(0, 1));
        assertThat(due(opened(0), 19)).doesNotContain(new Effect.Open(1, 20));
        assertThat(due(opened(0), 20)).contains(new Effect.Open(1, 20));
    }

    @Test
    void anEpochIsEvaluatedBeforeTheNextIsOpened() {
        Memory memory = opened(2);

        assertThat(due(memory, 70)).contains(new Effect.Evaluate(0, 50)).doesNotContain(new Effect.Open(3, 60));
        assertThat(due(evaluated(memory, 0), 70)).contains(new Effect.Open(3, 60));
    }

    @Test
    void looksAreSpreadOverTheEpochAndBoundedAtATime() {
        Memory memory = opened(5);
        List<Long> moments = new ArrayList<>();
        for (long height = 100; height < 120; height++) {
            int due = looks(Audit.due(memory, SELF, TIMELINE, height, IDLE, List.of(), atATime(100)))
                    .size();
            if (height == 100 || due > moments.size()) moments.add(height);
        }

        assertThat(looks(Audit.due(memory, SELF, TIMELINE, 119, IDLE, List.of(), atATime(100))))
                .hasSize(4);
        assertThat(looks(Audit.due(memory, SELF, TIMELINE, 116, IDLE, List.of(), atATime(100))))
                .hasSize(4);
        assertThat(moments).hasSizeGreaterThan(1);
        assertThat(looks(Audit.due(memory, SELF, TIMELINE, 119, IDLE, List.of(), atATime(3))))
                .hasSize(3);
        assertThat(looks(Audit.due(
                        memory, SELF, TIMELINE, 119, Set.of("inspect/4/x/0", "inspect/4/x/1"), List.of(), atATime(3))))
                .hasSize(1);
    }

    @Test
    void whatIsUnderWayIsNotStartedAgain() {
        Memory memory = opened(5);
        Effect look = looks(Audit.due(memory, SELF, TIMELINE, 119, IDLE, List.of(), atATime(100)))
                .getFirst();

        assertThat(Audit.due(memory, SELF, TIMELINE, 119, Set.of(look.key()), List.of(), atATime(100)))
                .doesNotContain(look);
    }

    @Test
    void nothingIsLookedAtAfterTheEpoch() {
        assertThat(looks(due(opened(5), 120))).isEmpty();
    }

    @Test
    void sealsWhenTheEpochIsOverAndThenCommits() {
        Memory memory = found(opened(5), 0);

        assertThat(due(memory, 119)).noneMatch(AuditTest::sealsFive);
        assertThat(due(memory, 120)).contains(new Effect.Note(new Fact.Sealed(5), "seal/5"));
        assertThat(due(apply(memory, new Fact.Sealed(5)), 120)).contains(new Effect.Commit(5));
    }

    @Test
    void waitsForALookThatIsStillUnderWayButNotForEver() {
        Memory memory = found(opened(5), 0);
        Set<String> busy = Set.of(new Effect.Inspect(5, new Plan.Duty(STORE, 1)).key());

        assertThat(Audit.due(memory, SELF, TIMELINE, 120, busy, List.of(), atATime(8)))
                .noneMatch(AuditTest::sealsFive);
        assertThat(Audit.due(memory, SELF, TIMELINE, 125, busy, List.of(), atATime(8)))
                .contains(new Effect.Note(new Fact.Sealed(5), "seal/5"));
    }

    @Test
    void aVerdictAfterTheSealDoesNotCount() {
        Memory sealed = apply(found(opened(5), 0), new Fact.Sealed(5));

        Memory later = found(sealed, 1);

        assertThat(later.inFlight(5).verdicts()).hasSize(1);
    }

    @Test
    void staysSilentWhenItSawNothingOrComesTooLate() {
        assertThat(due(opened(5), 120)).anyMatch(effect -> isSilence(effect, "nothing was looked at"));
        assertThat(due(found(opened(5), 0), 130)).anyMatch(effect -> isSilence(effect, "over"));
    }

    @Test
    void revealsOnlyWhatWasCommittedAndOnlyInTheSecondHalf() {
        Memory committed = apply(found(opened(5), 0), new Fact.Sealed(5), new Fact.Committed(5));

        assertThat(due(committed, 129)).doesNotContain(new Effect.Reveal(5));
        assertThat(due(committed, 130)).contains(new Effect.Reveal(5));
        assertThat(due(apply(committed, new Fact.Revealed(5)), 131)).doesNotContain(new Effect.Reveal(5));
        assertThat(due(apply(committed, new Fact.Silenced(5, "refused")), 131)).doesNotContain(new Effect.Reveal(5));
    }

    @Test
    void attestsInTheSecondHalfOfTheSecondEpochAfter() {
        Memory memory = evaluated(opened(2), 0);

        assertThat(due(memory, 49)).doesNotContain(new Effect.Attest(0));
        assertThat(due(memory, 55)).contains(new Effect.Attest(0));
        assertThat(due(apply(memory, new Fact.AttestationEnded(0, "done")), 55)).doesNotContain(new Effect.Attest(0));
    }

    @Test
    void whoIsOutOfStandingDoesNotAttest() {
        Memory memory = evaluated(opened(2, Standing.SUSPENDED), 0);

        assertThat(due(memory, 55))
                .anyMatch(effect ->
                        effect instanceof Effect.Note(Fact fact, String _) && fact instanceof Fact.AttestationEnded);
    }

    @Test
    void theAdoptedResultBecomesTheStateOfTheNextEpochs() {
        Memory waiting = evaluated(opened(2), 0);
        Evaluation result = waiting.result().workedOut().orElseThrow();

        Memory adopted = apply(waiting, open(3, Standing.TRUSTED, Optional.of(result.digest())));
        Memory carriedOver = apply(waiting, open(3, Standing.TRUSTED, Optional.empty()));
        Memory other = apply(waiting, open(3, Standing.TRUSTED, Optional.of(Hash.ZERO)));

        assertThat(adopted.adopted()).isEqualTo(result.state());
        assertThat(adopted.astray()).isEmpty();
        assertThat(carriedOver.adopted()).isEqualTo(State.EMPTY);
        assertThat(carriedOver.astray()).isEmpty();
        assertThat(other.adopted()).isEqualTo(State.EMPTY);
        assertThat(other.astray()).isPresent();
    }

    @Test
    void onlyTheEpochsInFlightAreRemembered() {
        Memory memory = Memory.EMPTY;
        for (long epoch = 0; epoch < 10; epoch++)
            memory = apply(memory, open(epoch, Standing.TRUSTED, Optional.empty()));

        assertThat(memory.epochs().keySet()).containsExactly(7L, 8L, 9L);
    }

    @Test
    void aSkippedEpochIsNeitherSpokenAboutNorEvaluated() {
        Memory memory = apply(opened(4), new Fact.Skipped(7, "pruned"));

        assertThat(due(memory, 160)).containsExactly(new Effect.Open(8, 160));
    }

    @Test
    void keysNameTheSameWorkAlike() {
        Set<String> keys = new TreeSet<>();
        for (Effect effect : List.of(
                new Effect.Open(1, 20),
                new Effect.Evaluate(1, 60),
                new Effect.Commit(1),
                new Effect.Reveal(1),
                new Effect.Attest(1),
                new Effect.Inspect(1, new Plan.Duty(STORE, 0)),
                new Effect.Inspect(1, new Plan.Duty(STORE, 1)),
                new Effect.Inspect(2, new Plan.Duty(STORE, 1)))) keys.add(effect.key());

        assertThat(keys).hasSize(8);
    }

    @Test
    void saltAndMomentsComeFromTheSecretButDoNotShowIt() {
        EpochWork work = opened(5).inFlight(5);

        assertThat(work.salt()).isNotEqualTo(work.secret());
        assertThat(work.salt()).isEqualTo(opened(5).inFlight(5).salt());
        assertThat(work.moment(new Plan.Duty(STORE, 0), 1_000_000))
                .isNotEqualTo(work.moment(new Plan.Duty(STORE, 1), 1_000_000))
                .isBetween(0L, 999_999L);
    }

    // --- builders ---------------------------------------------------------------------------------------------------

    private static InspectorSettings atATime(int inspections) {
        return new InspectorSettings(inspections, Duration.ofSeconds(2), 2, 20, 20, 16);
    }

    private static List<Effect> due(Memory memory, long height) {
        return Audit.due(memory, SELF, TIMELINE, height, IDLE, List.of(), atATime(8));
    }

    private static List<Effect> looks(List<Effect> effects) {
        return effects.stream().filter(Effect.Inspect.class::isInstance).toList();
    }

    private static boolean sealsFive(Effect effect) {
        return effect instanceof Effect.Note(Fact _, String key) && key.equals("seal/5");
    }

    private static boolean isSilence(Effect effect, String why) {
        return effect instanceof Effect.Note(Fact fact, String _)
                && fact instanceof Fact.Silenced(long _, String reason)
                && reason.contains(why);
    }

    private static Memory apply(Memory memory, Fact... facts) {
        Memory next = memory;
        for (Fact fact : facts) next = next.apply(fact, 5);
        return next;
    }

    private static Memory found(Memory memory, int index) {
        return apply(
                memory,
                new Fact.Found(5, new Plan.Duty(STORE, index), Optional.of(new Outcome.Refused()), Optional.empty()));
    }

    private static Memory evaluated(Memory memory, long epoch) {
        State state =
                new State(Math.toIntExact(epoch) + 7, new TreeMap<>(), new TreeMap<>(), stella.reputation.Pairs.NONE);
        Changes changes = new Changes(state.digest(), List.of());
        return apply(memory, new Fact.Evaluated(new Evaluation(epoch, state, changes, List.of())));
    }

    private static Memory opened(long epoch) {
        return opened(epoch, Standing.TRUSTED);
    }

    private static Memory opened(long epoch, Standing standing) {
        Memory memory = Memory.EMPTY;
        for (long e = Math.max(0, epoch - 2); e <= epoch; e++)
            memory = apply(memory, open(e, standing, Optional.empty()));
        return memory;
    }

    private static Fact open(long epoch, Standing standing, Optional<Hash> settled) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 4; i++) items.add(new Item(i, Digests.blake2b256(Bytes.of((byte) i))));
        var members = new TreeSet<>(List.of(SELF));
        SortedMap<RoleId, Plan.Assignment> assignments = new TreeMap<>();
        assignments.put(STORE, new Plan.Assignment(STORE, items, new Committee(members, members), false));
        return new Fact.Opened(
                new EpochInfo(epoch, Hash.ZERO, TIMELINE.firstBlock(epoch)),
                List.of(
                        new Member(STORE, "http://store", Optional.empty(), false, Standing.PROBATION),
                        new Member(RoleId.inspector(SELF), "http://self", Optional.empty(), true, standing)),
                new Plan(assignments),
                Digests.blake2b256(Bytes.utf8("secret")),
                settled.map(digest -> new Settled(epoch - 3, digest)),
                Optional.empty());
    }
}
