package stella.roles.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.inspection.Committee;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.Item;
import stella.protocol.inspection.Outcome;
import stella.protocol.possession.LeafProof;
import stella.protocol.role.Changes;
import stella.protocol.role.ReputationChange;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.reputation.Cause;
import stella.reputation.ChangeRecord;
import stella.reputation.InspectorState;
import stella.reputation.OpenItem;
import stella.reputation.Pairs;
import stella.reputation.State;
import stella.reputation.SubjectKind;
import stella.reputation.SubjectState;
import stella.roles.inspector.Evaluation;
import stella.roles.inspector.EvidenceText;
import stella.roles.inspector.Fact;
import stella.roles.inspector.KeptReceipt;
import stella.roles.inspector.Member;
import stella.roles.inspector.Memory;
import stella.roles.inspector.Plan;
import stella.roles.inspector.ReputationAnswer;
import stella.roles.inspector.ReputationQuery;
import stella.roles.inspector.Settled;

class InspectorSerializerTest {
    private static final AccountId ONE = AccountId.of(new byte[32]);
    private static final AccountId TWO = new AccountId(hash("two").bytes());
    private static final RoleId STORE = RoleId.store(TWO);
    private static final RoleId INSPECTOR = RoleId.inspector(ONE);
    private static final KeptReceipt KEPT =
            new KeptReceipt(7, new LeafProof(3, hash("leaf"), List.of(hash("left"), hash("right"))));
    private final InspectorSerializer serializer = new InspectorSerializer();

    static Stream<Fact> facts() {
        Plan.Duty duty = new Plan.Duty(STORE, 3);
        return Stream.of(
                opened(Optional.of(hash("settled"))),
                opened(Optional.empty()),
                learned(),
                new Fact.Skipped(4, "pruned"),
                new Fact.Found(4, duty, Optional.of(new Outcome.Ok(hash("receipt"))), Optional.of(KEPT)),
                new Fact.Found(4, duty, Optional.of(new Outcome.WrongBytes()), Optional.empty()),
                new Fact.Found(4, duty, Optional.of(new Outcome.Refused()), Optional.empty()),
                new Fact.Found(4, duty, Optional.of(new Outcome.AskBroken()), Optional.empty()),
                new Fact.Found(4, duty, Optional.of(new Outcome.Unreachable()), Optional.empty()),
                new Fact.Found(4, duty, Optional.empty(), Optional.empty()),
                new Fact.Moved(STORE, "http://elsewhere"),
                new Fact.Sealed(0),
                new Fact.Committed(4),
                new Fact.Revealed(4),
                new Fact.Silenced(4, "why"),
                new Fact.Questioned(4, "no verdict is doubtful"),
                new Fact.Answered(4, 17, "answered with the receipt"),
                new Fact.Evaluated(evaluation()),
                new Fact.Unevaluated(4, "why"),
                new Fact.AttestationEnded(4, "attested"));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void factsSurviveTheJournal(Fact fact) throws NotSerializableException {
        assertThat(serializer.fromBinary(serializer.toBinary(fact), serializer.manifest(fact)))
                .isEqualTo(fact);
    }

    @Test
    void memorySurvivesASnapshot() throws NotSerializableException {
        Memory memory = Memory.EMPTY;
        for (Fact fact : List.of(
                opened(4, Optional.empty()),
                opened(5, Optional.empty()),
                opened(6, Optional.empty()),
                new Fact.Found(6, new Plan.Duty(STORE, 1), Optional.of(new Outcome.Ok(hash("x"))), Optional.of(KEPT)),
                new Fact.Found(6, new Plan.Duty(STORE, 0), Optional.of(new Outcome.Refused()), Optional.empty()),
                new Fact.Silenced(5, "nothing was looked at"),
                new Fact.Evaluated(evaluation()),
                opened(7, Optional.of(evaluation().digest())),
                new Fact.Evaluated(
                        new Evaluation(5, evaluation().state(), evaluation().changes(), List.of()))))
            memory = memory.apply(fact, 5);
        assertThat(memory.history().of(STORE)).hasSize(1);
        assertThat(memory.result().workedOut()).isPresent();

        assertThat(serializer.fromBinary(serializer.toBinary(memory), serializer.manifest(memory)))
                .isEqualTo(memory);
        assertThat(serializer.fromBinary(serializer.toBinary(Memory.EMPTY), serializer.manifest(Memory.EMPTY)))
                .isEqualTo(Memory.EMPTY);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "fact/1"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("later version");
        assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "fact/2"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("fact/2");
        assertThatThrownBy(() -> serializer.fromBinary(new byte[] {1, 2, 3}, "memory/1"))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void questionsAndAnswersTravelBetweenNodes() {
        ActorTestKit kit = ActorTestKit.create();
        try {
            var serialization = SerializationExtension.get(kit.system());
            TestProbe<Object> probe = kit.createTestProbe();
            ReputationAnswer.Reputation reputation =
                    new ReputationAnswer.Reputation(STORE, 5, 986_000, Standing.TRUSTED, 0);
            for (Object message : List.of(
                    new ReputationQuery.One(STORE, probe.ref().unsafeUpcast()),
                    new ReputationQuery.Many(
                            List.of(STORE, INSPECTOR), probe.ref().unsafeUpcast()),
                    new ReputationQuery.All(probe.ref().unsafeUpcast()),
                    new ReputationQuery.Top(Role.FETCH, 7, probe.ref().unsafeUpcast()),
                    new ReputationQuery.History(STORE, probe.ref().unsafeUpcast()),
                    new ReputationQuery.Why(INSPECTOR, probe.ref().unsafeUpcast()),
                    new ReputationQuery.Subscribe(List.of(), probe.ref().unsafeUpcast()),
                    new ReputationQuery.Unsubscribe(probe.ref().unsafeUpcast()),
                    reputation,
                    new ReputationAnswer.Unknown(INSPECTOR),
                    new ReputationAnswer.Reputations(5, List.of(reputation)),
                    new ReputationAnswer.Past(
                            STORE,
                            List.of(new ReputationAnswer.Change(
                                    4, "retrieval", Standing.TRUSTED, Standing.SUSPENDED, 990_000, 700_000))),
                    new ReputationAnswer.Explanation(
                            STORE,
                            List.of("one", "two"),
                            List.of("beware"),
                            List.of(new EvidenceText(STORE, 4, "stella evidence 1\n"))),
                    new ReputationAnswer.Changed(reputation, List.of("why")),
                    new ReputationAnswer.Warned(STORE, 6, List.of("half")))) {
                var found = serialization.findSerializerFor(message);
                assertThat(found).isInstanceOf(ReputationSerializer.class);
                byte[] bytes = serialization.serialize(message).get();
                assertThat(serialization
                                .deserialize(bytes, found.identifier(), "message/1")
                                .get())
                        .isEqualTo(message);
            }
        } finally {
            kit.shutdownTestKit();
        }
    }

    private static Fact learned() {
        Fact.Opened opened = (Fact.Opened) opened(Optional.of(hash("settled")));
        return new Fact.Opened(
                opened.info(),
                opened.members(),
                opened.plan(),
                opened.secret(),
                opened.settled(),
                Optional.of(evaluation().attested()));
    }

    private static Fact opened(Optional<Hash> settled) {
        return opened(4, settled);
    }

    private static Fact opened(long epoch, Optional<Hash> settled) {
        var members = new TreeSet<>(List.of(ONE, TWO));
        var core = new TreeSet<>(List.of(ONE));
        TreeMap<RoleId, Plan.Assignment> assignments = new TreeMap<>();
        List<Item> items = List.of(new Item(7, hash("walk")));
        assignments.put(STORE, new Plan.Assignment(STORE, items, new Committee(members, core), true));
        RoleId fetch = RoleId.fetch(ONE);
        assignments.put(fetch, new Plan.Assignment(fetch, items, new Committee(members, members), false));
        return new Fact.Opened(
                new EpochInfo(epoch, hash("seed"), 80),
                List.of(
                        new Member(STORE, "http://store", Optional.empty(), false, Standing.SUSPENDED),
                        new Member(INSPECTOR, "", Optional.empty(), true, Standing.TRUSTED)),
                new Plan(assignments),
                hash("secret"),
                settled.map(digest -> new Settled(epoch - 3, digest)),
                Optional.empty());
    }

    private static Evaluation evaluation() {
        TreeMap<Bytes, SubjectState> subjects = new TreeMap<>();
        subjects.put(STORE.bytes(), SubjectState.newborn(SubjectKind.STORE, Standing.PROBATION, 2));
        TreeMap<Bytes, InspectorState> inspectors = new TreeMap<>();
        inspectors.put(INSPECTOR.bytes(), InspectorState.newborn(true, Standing.TRUSTED));
        State state = new State(4, subjects, inspectors, Pairs.NONE);
        ReputationChange entry = new ReputationChange(Role.INSPECTOR, ONE, 2_000_000, Standing.TRUSTED, 2_000_000);
        ChangeRecord.Measures before = new ChangeRecord.Measures(Standing.TRUSTED, 1, 2, 3, 900_000, 5, false, true);
        ChangeRecord.Measures after = new ChangeRecord.Measures(Standing.SUSPENDED, 6, 7, 8, 9, 10, true, false);
        ChangeRecord subject = new ChangeRecord.OfSubject(
                4,
                STORE.bytes(),
                Optional.of(Cause.RETRIEVAL),
                before,
                after,
                2,
                List.of(new ChangeRecord.ItemFinding(
                        hash("item").bytes(),
                        true,
                        400_000,
                        400_000,
                        false,
                        List.of(new ChangeRecord.Witnessed(INSPECTOR.bytes(), 1_000_000, true)))),
                List.of(new OpenItem(3, hash("item").bytes(), 1_000_000)));
        ChangeRecord inspector = new ChangeRecord.OfInspector(
                4,
                INSPECTOR.bytes(),
                Cause.DISAGREES,
                Standing.TRUSTED,
                Standing.SUSPENDED,
                0,
                990_000,
                1,
                List.of(new ChangeRecord.PeerConflict(hash("peer").bytes(), 400_000, 9_000, 1_000)));
        return new Evaluation(4, state, new Changes(state.digest(), List.of(entry)), List.of(subject, inspector));
    }

    private static Hash hash(String text) {
        return Digests.blake2b256(Bytes.utf8(text));
    }
}
