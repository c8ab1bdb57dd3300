package stella.node.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {
    @TempDir
    private Path data;

    @Test
    void isWhatTheRunningDevWrote() throws IOException {
        write("{\"api\":\"http://127.0.0.1:8080\",\"pid\":12}");

        assertThat(find(Optional.empty()).url()).isEqualTo("http://127.0.0.1:8080");
    }

    @Test
    void isTheOneNamedBeforeAllOthers() throws IOException {
        write("{\"api\":\"http://127.0.0.1:8080\",\"pid\":12}");

        assertThat(find(Optional.of("http://10.0.0.1:99/")).url()).isEqualTo("http://10.0.0.1:99");
    }

    @Test
    void saysThatNoNodeRuns() {
        ApiFailure failure = failure(Optional.empty());

        assertThat(failure.code()).isEqualTo(ApiFailure.UNREACHABLE);
        assertThat(failure).hasMessageContaining("no node is running");
        assertThat(failure.hint()).contains("./stella dev");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"api\":null}", "{\"api\":\"file:///etc/passwd\"}", "[]"})
    void refusesAFileThatNoNodeWrote(String text) throws IOException {
        write(text);

        assertThat(failure(Optional.empty()).code()).isEqualTo(ApiFailure.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8080", "localhost:8080", "http://a/api/v1", "ftp://a"})
    void refusesWhatIsNoAddress(String text) {
        assertThat(failure(Optional.of(text))).hasMessageContaining("no address like http://127.0.0.1:8080");
    }

    private void write(String text) throws IOException {
        Files.writeString(data.resolve("node.json"), text);
    }

    private NodeAddress find(Optional<String> named) throws ApiFailure {
        return NodeAddress.find(named, data);
    }

    private ApiFailure failure(Optional<String> named) {
        return catchThrowableOfType(ApiFailure.class, () -> find(named));
    }
}
