package stella.devchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of the chain as a program. */
final class MainTest {
    @Test
    void optionsBecomeSettings() {
        DevChainSettings settings = Main.settings(
                List.of("--port", "9944", "--block-time", "250", "--data", "here", "--finality-lag", "2", "--archive"));

        assertThat(settings.port()).isEqualTo(9944);
        assertThat(settings.mode()).isEqualTo(BlockMode.interval(Duration.ofMillis(250)));
        assertThat(settings.data()).contains(Path.of("here"));
        assertThat(settings.finalityLag()).isEqualTo(2);
        assertThat(settings.history()).isEqualTo(DevChainSettings.ALL);
        assertThat(settings.unsafeMethods()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "--prot 1, unknown option --prot",
        "--port, --port needs a value",
        "--port x, '--port needs a number, not x'",
        "--block-time 0, 'a block time of PT0S; at least 1 ms is needed'",
        "--finality-lag -1, 'finality is from 0 to 10000 blocks behind, not -1'"
    })
    void mistakeIsNamed(String arguments, String message) {
        assertThatThrownBy(() -> Main.settings(List.of(arguments.split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
