package stella.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stella.gateway.outbox.OutboxChain.CallError;
import stella.gateway.outbox.Submissions.Entry;
import stella.gateway.outbox.Submissions.Outcome;
import stella.gateway.outbox.Submissions.Sent;
import stella.gateway.outbox.v1.AcceptedCall;
import stella.gateway.outbox.v1.OutboxFact;
import stella.gateway.outbox.v1.OutboxState;
import stella.gateway.outbox.v1.SentTransaction;
import stella.protocol.Bytes;
import stella.protocol.Hash;

class OutboxSerializerTest {
    private static final OutboxSerializer SERIALIZER = new OutboxSerializer();
    private static final Hash ONE = Hash.hex("01".repeat(32));
    private static final Sent SENT = new Sent(7, 1000, ONE, Bytes.hex("c0ffee"));
    private static final Sent RAISED = new Sent(
            7,
            1010,
            Hash.ZERO,
            Bytes.hex("c0ffee00"),
            new BigInteger("340282366920938463463374607431768211455"),
            List.of(ONE),
            1000);

    @ParameterizedTest
    @MethodSource("written")
    void whatIsWrittenIsReadBack(Object value) throws NotSerializableException {
        byte[] bytes = SERIALIZER.toBinary(value);

        assertThat(SERIALIZER.fromBinary(bytes, SERIALIZER.manifest(value))).isEqualTo(value);
    }

    @Test
    void everyKindOfFactIsAmongThem() {
        assertThat(written()
                        .filter(Submissions.Fact.class::isInstance)
                        .map(Object::getClass)
                        .distinct()
                        .count())
                .isEqualTo(Submissions.Fact.class.getPermittedSubclasses().length);
    }

    @Test
    void damagedRecordsAreRefusedWithAType() {
        byte[] good = SERIALIZER.toBinary(new Submissions.Prepared(List.of(3L), SENT));
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            try {
                assertThat(SERIALIZER.fromBinary(bad, "fact/1")).isInstanceOf(Submissions.Fact.class);
            } catch (NotSerializableException refused) {
                assertThat(refused).hasMessageStartingWith("fact/1");
            }
        }
        assertThatThrownBy(() -> SERIALIZER.fromBinary(new byte[0], "fact/1"))
                .isInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> SERIALIZER.fromBinary(good, "fact/9")).isInstanceOf(NotSerializableException.class);
    }

    /** Records of the first version: one call for each transaction, and the transaction beside the call. */
    @Test
    void recordsOfEarlierVersionsAreRead() throws NotSerializableException {
        byte[] returned = OutboxFact.newBuilder().setReturned(3).build().toByteArray();
        OutboxState.Builder state = OutboxState.newBuilder().setNextSequence(5);
        state.addOpenBuilder()
                .setAccepted(AcceptedCall.newBuilder().setSequence(4).setKey("key"))
                .setSent(SentTransaction.newBuilder()
                        .setNonce(7)
                        .setBirth(1000)
                        .setHash(OutboxForm.bytes(ONE.bytes()))
                        .setTransaction(OutboxForm.bytes(Bytes.hex("c0ffee"))));

        assertThat(SERIALIZER.fromBinary(returned, "fact/1")).isEqualTo(new Submissions.Returned(List.of(3L), false));
        Submissions.State read =
                (Submissions.State) SERIALIZER.fromBinary(state.build().toByteArray(), "state/1");
        assertThat(read.open())
                .hasEntrySatisfying(4L, entry -> assertThat(entry.sent()).contains(SENT));
    }

    @Test
    void otherThingsAreNotWritten() {
        assertThatThrownBy(() -> SERIALIZER.toBinary("text")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SERIALIZER.manifest("text")).isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<Object> written() {
        Outcome finalized = new Outcome.Finalized(5, ONE, Hash.ZERO, -1);
        Outcome failed = new Outcome.Failed(new CallError("Stella.NoAsk", "publish one"));
        Map<String, Outcome> settled = new LinkedHashMap<>();
        settled.put("b", finalized);
        settled.put("a", failed);
        settled.put("c", new Outcome.Expired());
        TreeMap<Long, Entry> open = new TreeMap<>();
        open.put(4L, new Entry(4, "key", "label", Bytes.hex("00"), false, 2, Optional.of(SENT)));
        open.put(5L, new Entry(5, "other", "label", Bytes.EMPTY, true, 0, Optional.empty()));
        for (long sequence : List.of(6L, 8L))
            open.put(
                    sequence, new Entry(sequence, "b" + sequence, "label", Bytes.EMPTY, false, 1, Optional.of(RAISED)));
        return Stream.of(
                new Submissions.Accepted(1, "key", "Stella.accept_deal", Bytes.hex("1400"), false),
                new Submissions.Accepted(1, "key", "Stella.accept_deal", Bytes.hex("1400"), true),
                new Submissions.Prepared(List.of(2L), SENT),
                new Submissions.Prepared(List.of(2L, 3L, 7L), RAISED),
                new Submissions.Returned(List.of(3L), false),
                new Submissions.Returned(List.of(3L, 5L), true),
                new Submissions.Settled(4, finalized),
                new Submissions.Settled(4, new Outcome.Finalized(5, ONE, Hash.ZERO, 0)),
                new Submissions.Settled(4, failed),
                new Submissions.Settled(4, new Outcome.Expired()),
                Submissions.State.EMPTY,
                new Submissions.State(9, open, settled));
    }
}
