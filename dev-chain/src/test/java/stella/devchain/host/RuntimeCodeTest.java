package stella.devchain.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.protocol.Bytes;

/** How calls end, well and badly, in small modules whose every instruction is known. */
final class RuntimeCodeTest {
    private static final String MALLOC = "ext_allocator_malloc_version_1";
    private static final String FOREVER = "03 40 0c00 0b 42 00";

    @Test
    void callSeesItsArgumentsAndAnswersMemory() {
        // return (length << 32) | pointer
        RuntimeCode code = load(new TinyWasm().exporting("Test_echo", "2001 ad 4220 86 2000 ad 84"));

        assertThat(call(code, "Test_echo", Bytes.utf8("hello"))).isEqualTo(Bytes.utf8("hello"));
    }

    @Test
    void everyCallSeesFreshMemory() {
        // adds 1 to the byte at 2000 and answers it: always 1
        RuntimeCode code =
                load(new TinyWasm().exporting("Test_count", "41d00f 41d00f 2d0000 4101 6a 3a0000 42 d08f808020"));

        assertThat(call(code, "Test_count", Bytes.EMPTY)).isEqualTo(Bytes.of((byte) 1, (byte) 0));
        assertThat(call(code, "Test_count", Bytes.EMPTY)).isEqualTo(Bytes.of((byte) 1, (byte) 0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void loopIsStoppedWhenTimeIsOver(boolean compiled) {
        Duration limit = Duration.ofMillis(200);
        RuntimeLoader loader = new RuntimeLoader(List.of(), compiled ? Runnable::run : dropped -> {}, limit);
        RuntimeCode code =
                loader.load(new TinyWasm().exporting("Test_loop", FOREVER).build());

        RuntimeFailure failure = catchThrowableOfType(RuntimeFailure.class, () -> call(code, "Test_loop", Bytes.EMPTY));

        assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.TIMEOUT);
        assertThat(failure).hasMessage("Test_loop did not end within 200 ms and was stopped");
        assertThat(Thread.interrupted()).isFalse();
        assertThat(call(code, "Core_version", Bytes.EMPTY).length()).isPositive();
    }

    @Test
    void panicIsReportedInTheRuntimesWords() {
        // logs the argument at level error (0) for target "runtime", which the argument begins with, and traps
        RuntimeCode code = load(new TinyWasm()
                .importing("ext_logging_log_version_1", "7f7e7e", "")
                .exporting("Test_panic", "4100 2000 ad 4280808080f000 84 2001 ad 4220 86 2000 ad 84 1000 00"));

        RuntimeFailure failure = catchThrowableOfType(
                RuntimeFailure.class, () -> call(code, "Test_panic", Bytes.utf8("runtime panicked at lib.rs")));

        assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.PANIC);
        assertThat(failure).hasMessage("Test_panic: runtime panicked at lib.rs");
    }

    @Test
    void unknownImportTrapsWithItsNameOnlyWhenCalled() {
        RuntimeCode code = load(new TinyWasm()
                .importing("ext_future_thing_version_7", "", "")
                .exporting("Test_harmless", "4200")
                .exporting("Test_unknown", "1000 4200"));

        assertThat(call(code, "Test_harmless", Bytes.EMPTY)).isEqualTo(Bytes.EMPTY);
        assertThatThrownBy(() -> call(code, "Test_unknown", Bytes.EMPTY))
                .hasMessageContaining("ext_future_thing_version_7, a host function this chain does not have");
    }

    @Test
    void importOfAnotherTypeThanTheHostFunctionIsRefusedAtLoad() {
        TinyWasm wasm = new TinyWasm().importing(MALLOC, "7e", "7f");

        RuntimeFailure failure = catchThrowableOfType(RuntimeFailure.class, () -> load(wasm));

        assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.BAD_CODE);
        assertThat(failure).hasMessageContaining(MALLOC);
    }

    @Test
    void wildPointersOfTheRuntimeAreErrorsAndNotCrashes() {
        RuntimeCode code = load(new TinyWasm()
                .importing("ext_storage_set_version_1", "7e7e", "")
                .exporting("Test_wildKey", "427f 4200 1000 4200")
                .exporting("Test_wildAnswer", "427f")
                .exporting("Test_wildRead", "41 7f 280200 ac"));

        for (String function : List.of("Test_wildKey", "Test_wildAnswer", "Test_wildRead"))
            assertThat(catchThrowableOfType(RuntimeFailure.class, () -> call(code, function, Bytes.EMPTY))
                            .kind())
                    .as(function)
                    .isEqualTo(RuntimeFailure.Kind.TRAP);
        assertThat(call(code, "Core_version", Bytes.EMPTY).length()).isPositive();
    }

    @Test
    void allocationAboveTheLimitIsAnError() {
        RuntimeCode code =
                load(new TinyWasm().importing(MALLOC, "7f", "7f").exporting("Test_huge", "41 818080 10 1000 ad"));

        assertThatThrownBy(() -> call(code, "Test_huge", Bytes.EMPTY))
                .hasMessageContaining("33554433 bytes of memory at once");
    }

    @Test
    void transactionLeftOpenIsRolledBack() {
        RuntimeCode code = load(new TinyWasm()
                .importing("ext_storage_start_transaction_version_1", "", "")
                .importing("ext_storage_set_version_1", "7e7e", "")
                .exporting("Test_open", "1000 2001 ad 4220 86 2000 ad 84 4200 1001 4200"));
        Overlay overlay = new Overlay(State.EMPTY);

        code.call("Test_open", Bytes.utf8("key"), overlay);

        assertThat(overlay.depth()).isZero();
        assertThat(overlay.get(null, Bytes.utf8("key"))).isNull();
    }

    @Test
    void callThatTheRuntimeDoesNotHaveIsNamed() {
        RuntimeCode code = load(new TinyWasm());

        assertThatThrownBy(() -> call(code, "Nothing_here", Bytes.EMPTY))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessage("the runtime has no function Nothing_here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0061736d01000000", "52bc537646db8e05ffff", "0061736d0100000001ff"})
    void whatIsNoRuntimeIsRefused(String blob) {
        RuntimeFailure failure = catchThrowableOfType(
                RuntimeFailure.class,
                () -> new RuntimeLoader(List.of(), Runnable::run, Duration.ofSeconds(1)).load(Bytes.hex(blob)));

        assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.BAD_CODE);
    }

    private static RuntimeCode load(TinyWasm wasm) {
        return new RuntimeLoader(List.of(), Runnable::run, Duration.ofSeconds(30)).load(wasm.build());
    }

    private static Bytes call(RuntimeCode code, String function, Bytes arguments) {
        return code.call(function, arguments, new Overlay(State.EMPTY));
    }
}
