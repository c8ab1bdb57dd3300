package stella.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.util.LinkedHashMap;
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
import stella.protocol.Bytes;
import stella.protocol.Hash;

class OutboxSerializerTest {
    private static final OutboxSerializer SERIALIZER = new OutboxSerializer();
    private static final Hash ONE = Hash.hex("01".repeat(32));
    private static final Sent SENT = new Sent(7, 1000, ONE, Bytes.hex("c0ffee"));

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
        byte[] good = SERIALIZER.toBinary(new Submissions.Prepared(3, SENT));
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

    @Test
    void otherThingsAreNotWritten() {
        assertThatThrownBy(() -> SERIALIZER.toBinary("text")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SERIALIZER.manifest("text")).isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<Object> written() {
        Outcome finalized = new Outcome.Finalized(5, ONE, Hash.ZERO);
        Outcome failed = new Outcome.Failed(new CallError("Stella.NoAsk", "publish one"));
        Map<String, Outcome> settled = new LinkedHashMap<>();
        settled.put("b", finalized);
        settled.put("a", failed);
        settled.put("c", new Outcome.Expired());
        TreeMap<Long, Entry> open = new TreeMap<>();
        open.put(4L, new Entry(4, "key", "label", Bytes.hex("00"), 2, Optional.of(SENT)));
        open.put(5L, new Entry(5, "other", "label", Bytes.EMPTY, 0, Optional.empty()));
        return Stream.of(
                new Submissions.Accepted(1, "key", "Stella.accept_deal", Bytes.hex("1400")),
                new Submissions.Prepared(2, SENT),
                new Submissions.Returned(3),
                new Submissions.Settled(4, finalized),
                new Submissions.Settled(4, failed),
                new Submissions.Settled(4, new Outcome.Expired()),
                Submissions.State.EMPTY,
                new Submissions.State(6, open, settled));
    }
}
