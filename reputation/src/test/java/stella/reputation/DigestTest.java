package stella.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import stella.protocol.Hash;

/** The digests that inspectors sign are the same bits on every machine, in every country, on any number of threads. */
class DigestTest {
    /** Written down once: a build on another JVM, processor or system must come to the same ones. */
    static Stream<Arguments> finalDigests() {
        return Stream.of(
                Arguments.of(0, "0x362d9738a156c32c0ea7ca59ce25f90f65490e9d20207868c0e85b34df7ca9dd"),
                Arguments.of(1, "0xbca5ea4dcb76ac058119ea2a6e82c5f04e8a39a6fd04191f797f31b8470b3932"),
                Arguments.of(2, "0x5f0ee9a78f4a86d06bcdf7808daef5d9f6383d19bfa963821152760be48475d8"));
    }

    @ParameterizedTest
    @MethodSource("finalDigests")
    void aTraceEndsInTheDigestItAlwaysEndedIn(int trace, String digest) {
        assertThat(digestOf(trace)).hasToString(digest);
    }

    @Test
    void theCountryDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(digestOf(1))
                    .hasToString((String) finalDigests().toList().get(1).get()[1]);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theNumberOfThreadsDoesNotMatter() throws InterruptedException, ExecutionException {
        Hash alone = digestOf(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<Hash> again = () -> digestOf(2);
            for (Future<Hash> one : threads.invokeAll(List.of(again, again, again, again)))
                assertThat(one.get()).isEqualTo(alone);
        }
    }

    private static Hash digestOf(int trace) {
        State state = State.EMPTY;
        for (JsonNode epoch : Vectors.ALL.get("traces").get(trace).get("epochs"))
            state = EpochFunction.apply(state, Vectors.evidence(epoch.get("evidence")))
                    .state();
        return state.digest();
    }
}
