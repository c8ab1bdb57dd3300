package stella.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;

class InspectorTrustTest {
    @Test
    void staysWhenNothingWasCheckedJointly() {
        // Seen on the first run of a dev network: an epoch without deals took all weight away, and nothing was adopted
        // again.
        SortedMap<Bytes, Evidence.NewInspector> joined = new TreeMap<>();
        joined.put(Bytes.of((byte) 1), new Evidence.NewInspector(true, Standing.TRUSTED));
        joined.put(Bytes.of((byte) 2), new Evidence.NewInspector(true, Standing.TRUSTED));
        State afterJoining =
                EpochFunction.apply(State.EMPTY, withoutTasks(1, joined)).state();

        State afterSilence = EpochFunction.apply(afterJoining, withoutTasks(2, new TreeMap<>()))
                .state();

        assertThat(afterSilence.inspectors().values())
                .hasSize(2)
                .allSatisfy(inspector -> assertThat(inspector.weight()).isEqualTo(1_000_000));
    }

    private static Evidence withoutTasks(int epoch, SortedMap<Bytes, Evidence.NewInspector> joined) {
        return new Evidence(
                epoch,
                new TreeMap<>(),
                new TreeSet<>(),
                joined,
                new TreeSet<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeSet<>(),
                IgnoredVerdicts.NONE);
    }
}
