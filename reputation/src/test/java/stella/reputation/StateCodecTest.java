package stella.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.reputation.StateCodec.MalformedState;

class StateCodecTest {
    /** The state after the 10th epoch of the second trace, which has due and open items. */
    private static final State RICH = rich();

    @Test
    void whatIsEncodedDecodesToTheSameState() {
        assertThat(RICH.subjects().values())
                .anyMatch(s -> !s.due().isEmpty())
                .anyMatch(s -> !s.open().isEmpty());

        assertThat(StateCodec.decode(StateCodec.encode(RICH))).isEqualTo(RICH);
        assertThat(StateCodec.decode(StateCodec.encode(State.EMPTY))).isEqualTo(State.EMPTY);
    }

    @Test
    void emptyStateIsSeventeenBytes() {
        assertThat(StateCodec.encode(State.EMPTY)).isEqualTo(Bytes.hex("0100000000000000000000000000000000"));
    }

    @Test
    void everyDifferenceChangesTheDigest() {
        State later = new State(RICH.epoch() + 1, RICH.subjects(), RICH.inspectors(), RICH.pairs());

        assertThat(later.digest()).isNotEqualTo(RICH.digest());
    }

    @Test
    void refusesEveryPrefix() {
        Bytes bytes = StateCodec.encode(RICH);
        for (int length = 0; length < bytes.length(); length += 1 + length / 50) {
            Bytes prefix = bytes.slice(0, length);
            assertThatThrownBy(() -> StateCodec.decode(prefix)).isInstanceOf(MalformedState.class);
        }
    }

    @Test
    void refusesBytesAfterTheEnd() {
        Bytes longer = Bytes.concat(StateCodec.encode(RICH), Bytes.of((byte) 0));

        assertThatThrownBy(() -> StateCodec.decode(longer))
                .isInstanceOf(MalformedState.class)
                .hasMessageContaining("1 bytes follow");
    }

    @Test
    void refusesAnotherVersion() {
        byte[] bytes = StateCodec.encode(RICH).toArray();
        bytes[0] = 2;

        assertThatThrownBy(() -> StateCodec.decode(Bytes.owning(bytes)))
                .isInstanceOf(MalformedState.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void refusesDisorder() {
        byte[] bytes = StateCodec.encode(RICH).toArray();
        bytes[9 + 1 + 7] = (byte) 0xff; // the last byte of the first subject's identifier: now above the second one

        assertThatThrownBy(() -> StateCodec.decode(Bytes.owning(bytes)))
                .isInstanceOf(MalformedState.class)
                .hasMessageContaining("does not ascend");
    }

    @Test
    void aHugeCountAllocatesNothing() {
        byte[] bytes = StateCodec.encode(State.EMPTY).toArray();
        bytes[16] = 0x7f;

        assertThatThrownBy(() -> StateCodec.decode(Bytes.owning(bytes))).isInstanceOf(MalformedState.class);
    }

    /** One state, one encoding: whatever the decoder accepts encodes back to the same bytes. */
    @Test
    void damagedBytesAreRefusedOrAnotherStateButNeverASecondEncoding() {
        Bytes good = StateCodec.encode(RICH);
        Random random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = good.toArray();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Bytes damaged = Bytes.owning(bytes);
            try {
                assertThat(StateCodec.encode(StateCodec.decode(damaged)))
                        .isEqualTo(damaged)
                        .isNotEqualTo(good);
            } catch (MalformedState e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static State rich() {
        State state = State.EMPTY;
        JsonNode epochs = Vectors.ALL.get("traces").get(1).get("epochs");
        for (int i = 0; i < 10; i++)
            state = EpochFunction.apply(state, Vectors.evidence(epochs.get(i).get("evidence")))
                    .state();
        return state;
    }
}
