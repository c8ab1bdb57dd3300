package stella.reputation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import stella.protocol.Bytes;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.role.Standing;

/** Reads {@code vectors/reputation.json}. The small numbers that name things there are 8 bytes, big-endian, here. */
final class Vectors {
    static final JsonNode ALL = read();

    private Vectors() {}

    static JsonNode unit(String name) {
        JsonNode unit = ALL.get("units").get(name);
        if (unit == null || unit.isEmpty())
            throw new AssertionError("vectors/reputation.json has no unit vectors " + name);
        return unit;
    }

    static Bytes id(long number) {
        return Bytes.owning(ByteBuffer.allocate(8).putLong(number).array());
    }

    static long number(Bytes id) {
        return ByteBuffer.wrap(id.toArray()).getLong();
    }

    static Standing standing(JsonNode node) {
        return Standing.valueOf(node.textValue().toUpperCase(Locale.ROOT));
    }

    /** The evidence of one epoch of a trace. */
    static Evidence evidence(JsonNode node) {
        Evidence.Builder evidence = Evidence.of(node.get("t").intValue());
        for (JsonNode join : node.path("join_subjects"))
            evidence.subjectJoins(
                    id(join.get(0).longValue()),
                    SubjectKind.valueOf(join.get(1).textValue().toUpperCase(Locale.ROOT)),
                    standing(join.get(2)));
        for (JsonNode leave : node.path("leave_subjects")) evidence.subjectLeaves(id(leave.longValue()));
        for (JsonNode join : node.path("join_inspectors"))
            evidence.inspectorJoins(id(join.get(0).longValue()), join.get(1).booleanValue(), standing(join.get(2)));
        for (JsonNode leave : node.path("leave_inspectors")) evidence.inspectorLeaves(id(leave.longValue()));
        for (JsonNode slashed : node.path("slashed")) evidence.slashed(id(slashed.longValue()));
        node.path("hard")
                .properties()
                .forEach(entry -> evidence.hard(
                        id(Long.parseLong(entry.getKey())),
                        HardEvidence.valueOf(entry.getValue().textValue().toUpperCase(Locale.ROOT))));
        for (JsonNode task : node.get("tasks")) evidence.task(task(task));
        return evidence.build();
    }

    private static Task task(JsonNode node) {
        TreeMap<Bytes, List<Sighting>> sightings = new TreeMap<>();
        node.get(2)
                .properties()
                .forEach(entry -> sightings.put(
                        id(Long.parseLong(entry.getKey())),
                        entry.getValue()
                                .textValue()
                                .chars()
                                .mapToObj(Vectors::sighting)
                                .toList()));
        Optional<java.util.SortedSet<Bytes>> core =
                node.size() < 4 ? Optional.empty() : Optional.of(new TreeSet<>(ids(node.get(3))));
        return new Task(id(node.get(0).longValue()), ids(node.get(1)), sightings, core);
    }

    static List<Bytes> ids(JsonNode numbers) {
        List<Bytes> ids = new ArrayList<>();
        for (JsonNode number : numbers) ids.add(id(number.longValue()));
        return ids;
    }

    private static Sighting sighting(int letter) {
        return switch (letter) {
            case 'O' -> Sighting.OK;
            case 'F' -> Sighting.FAIL;
            case 'U' -> Sighting.UNREACHABLE;
            case '-' -> Sighting.NOTHING;
            default -> throw new AssertionError("no sighting: " + (char) letter);
        };
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Files.readString(root().resolve("vectors/reputation.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The project's root, from whichever module's folder the tests run in. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("vectors/reputation.json"))) {
            folder = folder.getParent();
            if (folder == null) throw new AssertionError("vectors/reputation.json is in no folder above this one");
        }
        return folder;
    }
}
