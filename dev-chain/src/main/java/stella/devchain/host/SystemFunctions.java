package stella.devchain.host;

import java.util.HexFormat;
import java.util.Optional;
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

    static void addTo(HostTable table) {
        table.function("ext_allocator_malloc_version_1", "i:i", (guest, a) -> guest.heap.allocate((int) a[0]))
                .action("ext_allocator_free_version_1", "i", (guest, a) -> guest.heap.free((int) a[0]))
                .action("ext_logging_log_version_1", "iII", SystemFunctions::log)
                .function("ext_logging_max_level_version_1", ":i", (guest, a) -> filter())
                .action("ext_panic_handler_abort_on_panic_version_1", "I", SystemFunctions::abort)
                .action("ext_misc_print_num_version_1", "I", (guest, a) -> LOG.debug("{}", Long.toUnsignedString(a[0])))
                .action("ext_misc_print_utf8_version_1", "I", (guest, a) -> LOG.debug("{}", shorten(guest.text(a[0]))))
                .action(
                        "ext_misc_print_hex_version_1",
                        "I",
                        (guest, a) -> LOG.debug("{}", shorten(HexFormat.of().formatHex(guest.array(a[0])))))
                .function("ext_misc_runtime_version_version_1", "I:I", SystemFunctions::runtimeVersion)
                // No offchain worker runs here, so its database and the index of transactions have no reader.
                .action("ext_offchain_index_set_version_1", "II", (guest, a) -> {})
                .action("ext_offchain_index_clear_version_1", "I", (guest, a) -> {})
                .action("ext_transaction_index_index_version_1", "iii", (guest, a) -> {})
                .action("ext_transaction_index_renew_version_1", "ii", (guest, a) -> {})
                .function("ext_wasm_tracing_enabled_version_1", "I:i", (guest, a) -> 0)
                .function("ext_wasm_tracing_enter_span_version_1", "I:I", (guest, a) -> 0)
                .action("ext_wasm_tracing_event_version_1", "I", (guest, a) -> {})
                .action("ext_wasm_tracing_exit_version_1", "I", (guest, a) -> {})
                // Proofs are not recorded, which the runtime asks for by this number.
                .function("ext_storage_proof_size_storage_proof_size_version_1", ":I", (guest, a) -> -1);
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
