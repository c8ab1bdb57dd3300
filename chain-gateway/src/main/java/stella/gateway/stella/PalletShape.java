package stella.gateway.stella;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.Pallet;
import stella.gateway.metadata.StorageEntry;
import stella.gateway.metadata.TypeInfo;
import stella.gateway.metadata.TypeWriter;

/** Compares a chain's pallet with {@code face.txt}, the pallet this client was written for. */
final class PalletShape {
    private static final Map<String, Map<String, String>> EXPECTED = expected();

    private PalletShape() {}

    /** One sentence for each difference; none when the pallet is as expected or has more. */
    static List<String> differences(Metadata metadata) {
        Pallet pallet = metadata.pallet(StellaFace.PALLET);
        TypeWriter writer = new TypeWriter(metadata.types());
        List<String> differences = new ArrayList<>();
        EXPECTED.forEach((item, fields) -> {
            String name = item.substring(item.indexOf(' ') + 1);
            Map<String, String> found = switch (item.substring(0, item.indexOf(' '))) {
                case "call" -> fields(writer, pallet.calls().get(name));
                case "event" -> fields(writer, pallet.events().get(name));
                case "storage" -> entry(writer, pallet.storage().get(name));
                case "constant" -> constant(writer, pallet.constants().get(name));
                default -> throw new IllegalStateException("face.txt knows no '" + item + "'");
            };
            compare(item, fields, found, differences);
        });
        return differences;
    }

    private static void compare(
            String item, Map<String, String> expected, @Nullable Map<String, String> found, List<String> differences) {
        if (found == null) {
            differences.add(item + " is not there");
            return;
        }
        expected.forEach((field, type) -> {
            String other = found.get(field);
            if (!type.equals(other))
                differences.add(item + ", " + field + ": " + type + " is expected, the chain has "
                        + (other == null ? "none" : other));
        });
        found.forEach((field, type) -> {
            if (!expected.containsKey(field))
                differences.add(item + ", " + field + ": the chain has " + type + ", which is unknown");
        });
        if (differences.isEmpty() && !List.copyOf(expected.keySet()).equals(List.copyOf(found.keySet())))
            differences.add(
                    item + ": the order " + expected.keySet() + " is expected, the chain has " + found.keySet());
    }

    private static @Nullable Map<String, String> fields(TypeWriter writer, TypeInfo.@Nullable Variant variant) {
        if (variant == null) return null;
        Map<String, String> fields = new LinkedHashMap<>();
        for (TypeInfo.Field field : variant.fields()) fields.put(field.name(), writer.write(field.type()));
        return fields;
    }

    private static @Nullable Map<String, String> entry(TypeWriter writer, @Nullable StorageEntry entry) {
        if (entry == null) return null;
        Map<String, String> parts = new LinkedHashMap<>();
        for (StorageEntry.Key key : entry.keys()) parts.put(key.hasher().name(), writer.write(key.type()));
        parts.put("value", writer.write(entry.value()));
        return parts;
    }

    private static @Nullable Map<String, String> constant(TypeWriter writer, Pallet.@Nullable Constant constant) {
        return constant == null ? null : Map.of("value", writer.write(constant.type()));
    }

    private static Map<String, Map<String, String>> expected() {
        Map<String, Map<String, String>> expected = new LinkedHashMap<>();
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text().lines().toList()) {
            if (line.startsWith("#")) continue;
            if (!line.startsWith(" ")) {
                fields = new LinkedHashMap<>();
                expected.put(line, fields);
            } else {
                int colon = line.indexOf(": ");
                fields.put(line.substring(2, colon), line.substring(colon + 2));
            }
        }
        return expected;
    }

    private static String text() {
        try (InputStream in =
                Objects.requireNonNull(PalletShape.class.getResourceAsStream("face.txt"), "face.txt is missing")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("face.txt cannot be read", e);
        }
    }
}
