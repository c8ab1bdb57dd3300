package stella.node.command;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stella.node.api.document.Json;
import stella.node.cli.Console;
import stella.node.cli.Facts;
import stella.node.cli.OutputFormat;

/** Documents of the API as facts, and the short forms of their values for people. */
final class Documents {
    private static final int ADDRESS_HEAD = 6;
    private static final int ADDRESS_TAIL = 4;
    private static final int CID_HEAD = 8;
    private static final int CID_TAIL = 6;

    private Documents() {}

    /** All keys of a document, as the API has them; keys without a value are left out. */
    static Facts facts(Object document) {
        Map<String, Object> values = Json.toMap(document);
        Optional<Facts> facts = Optional.empty();
        for (Map.Entry<String, Object> value : values.entrySet()) {
            facts = Optional.of(
                    facts.isEmpty()
                            ? Facts.of(value.getKey(), value.getValue())
                            : facts.get().and(value.getKey(), value.getValue()));
        }
        return facts.orElseThrow(() -> new IllegalArgumentException("a document has keys"));
    }

    static boolean wantsJson(Console console) {
        return console.format() == OutputFormat.JSON || console.format() == OutputFormat.NDJSON;
    }

    /** {@code store-1}, or the shortened address of a stranger. */
    static String who(@Nullable String name, String address) {
        return name == null ? shortAddress(address) : name;
    }

    /** {@code store-1 (5Dk3xy…Qz1a)}. */
    static String whoInFull(@Nullable String name, String address) {
        return name == null ? address : name + " (" + address + ")";
    }

    static String shortAddress(String address) {
        return shortened(address, ADDRESS_HEAD, ADDRESS_TAIL);
    }

    static String shortCid(String cid) {
        return shortened(cid, CID_HEAD, CID_TAIL);
    }

    /** {@code 12.34 MiB}. */
    static String size(long bytes) {
        if (bytes < 1024) return bytes + " B";
        double value = bytes;
        String[] units = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        int unit = -1;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f %s", value, units[unit]);
    }

    /** {@code 81.23 %} of parts per million. */
    static String percent(int ppm) {
        return String.format(Locale.ROOT, "%.2f %%", ppm / 10_000.0);
    }

    /** Trust weight, where 1 is what an anchor begins with: {@code 1.008} of parts per million. */
    static String weight(int ppm) {
        return String.format(Locale.ROOT, "%.3f", ppm / 1_000_000.0);
    }

    private static String shortened(String text, int head, int tail) {
        return text.length() <= head + tail + 1
                ? text
                : text.substring(0, head) + "…" + text.substring(text.length() - tail);
    }
}
