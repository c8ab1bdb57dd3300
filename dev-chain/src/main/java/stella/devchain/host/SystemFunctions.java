package stella.devchain.host;

import static stella.devchain.host.HostEntry.action;
import static stella.devchain.host.HostEntry.function;

import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;

/** Heap, logging, panics and the odds and ends: {@code ext_allocator_*}, {@code ext_logging_*}, {@code ext_misc_*} and others. */
final class SystemFunctions {
    private static final Logger LOG = LoggerFactory.getLogger("stella.devchain.runtime");
    private static final int LOGGED_MAX = 4096;
    private static final int LEVEL_ERROR = 0;
    private static final int LEVEL_WARN = 1;
    private static final int LEVEL_INFO = 2;
    private static final int LEVEL_DEBUG = 3;

    private SystemFunctions() {}

    static @Nullable HostEntry find(String name) {
        return switch (name) {
            case "ext_allocator_malloc_version_1" -> function("i:i", (guest, a) -> guest.heap.allocate((int) a[0]));
            case "ext_allocator_free_version_1" -> action("i", (guest, a) -> guest.heap.free((int) a[0]));
            case "ext_logging_log_version_1" -> action("iII", SystemFunctions::log);
            case "ext_logging_max_level_version_1" -> function(":i", (guest, a) -> filter());
            case "ext_panic_handler_abort_on_panic_version_1" -> action("I", SystemFunctions::abort);
            case "ext_misc_print_num_version_1" ->
                action("I", (guest, a) -> LOG.debug("{}", Long.toUnsignedString(a[0])));
            case "ext_misc_print_utf8_version_1" ->
                action("I", (guest, a) -> LOG.debug("{}", shorten(guest.text(a[0]))));
            case "ext_misc_print_hex_version_1" ->
                action("I", (guest, a) -> LOG.debug("{}", shorten(HexFormat.of().formatHex(guest.array(a[0])))));
            case "ext_misc_runtime_version_version_1" -> function("I:I", SystemFunctions::runtimeVersion);
            // No offchain worker runs here, so its database and the index of transactions have no reader.
            case "ext_offchain_index_set_version_1" -> action("II", (guest, a) -> {});
            case "ext_offchain_index_clear_version_1" -> action("I", (guest, a) -> {});
            case "ext_transaction_index_index_version_1" -> action("iii", (guest, a) -> {});
            case "ext_transaction_index_renew_version_1" -> action("ii", (guest, a) -> {});
            case "ext_wasm_tracing_enabled_version_1" -> function("I:i", (guest, a) -> 0);
            case "ext_wasm_tracing_enter_span_version_1" -> function("I:I", (guest, a) -> 0);
            case "ext_wasm_tracing_event_version_1" -> action("I", (guest, a) -> {});
            case "ext_wasm_tracing_exit_version_1" -> action("I", (guest, a) -> {});
            default -> null;
        };
    }

    private static void log(Guest guest, long[] a) {
        String target = guest.text(a[1]);
        String text = guest.text(a[2]);
        int level = (int) a[0];
        if (level == LEVEL_ERROR && target.equals("runtime")) {
            // Substrate's panic handler logs and traps; whoever made the call reports it, once.
            guest.panicked(text);
            return;
        }
        String line = target + ": " + shorten(text);
        switch (level) {
            case LEVEL_ERROR -> LOG.error(line);
            case LEVEL_WARN -> LOG.warn(line);
            case LEVEL_INFO -> LOG.info(line);
            case LEVEL_DEBUG -> LOG.debug(line);
            default -> LOG.trace(line);
        }
    }

    private static void abort(Guest guest, long[] a) {
        guest.panicked(guest.text(a[0]));
        throw new IllegalStateException("the runtime panicked");
    }

    /** The filter's numbers begin with "off", so they are one higher than those of the levels. */
    private static int filter() {
        if (LOG.isTraceEnabled()) return 5;
        if (LOG.isDebugEnabled()) return LEVEL_DEBUG + 1;
        if (LOG.isInfoEnabled()) return LEVEL_INFO + 1;
        return LOG.isWarnEnabled() ? LEVEL_WARN + 1 : LEVEL_ERROR + 1;
    }

    /** {@code Option<Vec<u8>>} with the encoded version inside. */
    private static long runtimeVersion(Guest guest, long[] a) {
        Optional<Bytes> version = guest.services.versionOf(guest.bytes(a[0]));
        return guest.give(new ScaleWriter().option(version, ScaleWriter::bytes).toArray());
    }

    private static String shorten(String text) {
        return text.length() <= LOGGED_MAX ? text : text.substring(0, LOGGED_MAX) + "…";
    }
}
