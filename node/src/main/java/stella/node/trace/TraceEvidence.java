package stella.node.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import stella.protocol.Bytes;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.role.Standing;
import stella.reputation.Evidence;
import stella.reputation.Sighting;
import stella.reputation.SubjectKind;
import stella.reputation.Task;

/** The {@code evidence} of an epoch, as the model takes it. Numbers that name things become 8 bytes, big-endian. */
final class TraceEvidence {
    private static final Set<String> KEYS = Set.of(
            "t", "join_subjects", "leave_subjects", "join_inspectors", "leave_inspectors", "slashed", "hard", "tasks");

    private static final Map<String, Standing> STANDINGS = Map.of(
            "Probation", Standing.PROBATION,
            "Trusted", Standing.TRUSTED,
            "Suspended", Standing.SUSPENDED,
            "Disqualified", Standing.DISQUALIFIED);
    private static final Map<String, SubjectKind> KINDS =
            Map.of("store", SubjectKind.STORE, "fetch", SubjectKind.FETCH);
    private static final Map<String, HardEvidence> HARD =
            Map.of("ok", HardEvidence.OK, "missed", HardEvidence.MISSED, "invalid", HardEvidence.INVALID);

    private TraceEvidence() {}

    /** @throws BadTraceException naming what is wrong with it */
    static Evidence of(JsonNode node) throws BadTraceException {
        for (Map.Entry<String, JsonNode> field : node.properties())
            if (!KEYS.contains(field.getKey()))
                throw new BadTraceException("evidence has no field \"" + field.getKey() + "\"");
        try {
            Evidence.Builder evidence = Evidence.of((int) number(field(node, "t"), "t", Integer.MAX_VALUE));
            for (JsonNode join : list(node.path("join_subjects"), "join_subjects"))
                evidence.subjectJoins(
                        id(join.path(0)), one(KINDS, join.path(1), "kind"), one(STANDINGS, join.path(2), "state"));
            for (Bytes id : ids(node.path("leave_subjects"), "leave_subjects")) evidence.subjectLeaves(id);
            for (JsonNode join : list(node.path("join_inspectors"), "join_inspectors"))
                evidence.inspectorJoins(id(join.path(0)), flag(join.path(1)), one(STANDINGS, join.path(2), "state"));
            for (Bytes id : ids(node.path("leave_inspectors"), "leave_inspectors")) evidence.inspectorLeaves(id);
            for (Bytes id : ids(node.path("slashed"), "slashed")) evidence.slashed(id);
            for (Map.Entry<String, JsonNode> hard : node.path("hard").properties())
                evidence.hard(id(hard.getKey()), one(HARD, hard.getValue(), "hard evidence"));
            for (JsonNode task : list(node.path("tasks"), "tasks")) evidence.task(task(task));
            return evidence.build();
        } catch (IllegalArgumentException e) {
            throw new BadTraceException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Task task(JsonNode node) throws BadTraceException {
        if (!node.isArray() || node.size() < 3 || node.size() > 4)
            throw new BadTraceException("a task is [subject, items, {inspector: verdicts}, core if any]");
        TreeMap<Bytes, List<Sighting>> sightings = new TreeMap<>();
        for (Map.Entry<String, JsonNode> row : node.get(2).properties())
            sightings.put(id(row.getKey()), sightings(row.getValue()));
        Optional<SortedSet<Bytes>> core =
                node.size() < 4 ? Optional.empty() : Optional.of(new TreeSet<>(ids(node.get(3), "core")));
        return new Task(id(node.get(0)), ids(node.get(1), "items"), sightings, core);
    }

    private static List<Sighting> sightings(JsonNode letters) throws BadTraceException {
        if (!letters.isTextual()) throw new BadTraceException("verdicts are a text such as \"OOF-\"");
        List<Sighting> row = new ArrayList<>();
        for (char letter : letters.textValue().toCharArray())
            row.add(
                    switch (letter) {
                        case 'O' -> Sighting.OK;
                        case 'F' -> Sighting.FAIL;
                        case 'U' -> Sighting.UNREACHABLE;
                        case '-' -> Sighting.NOTHING;
                        default ->
                            throw new BadTraceException("there is no verdict '" + letter + "', only O, F, U and -");
                    });
        return row;
    }

    private static List<Bytes> ids(JsonNode node, String what) throws BadTraceException {
        List<Bytes> ids = new ArrayList<>();
        for (JsonNode one : list(node, what)) ids.add(id(one));
        return ids;
    }

    /** A list, which may be left out. */
    private static JsonNode list(JsonNode node, String what) throws BadTraceException {
        if (!node.isMissingNode() && !node.isArray()) throw new BadTraceException("\"" + what + "\" must be a list");
        return node;
    }

    private static JsonNode field(JsonNode node, String name) throws BadTraceException {
        JsonNode field = node.get(name);
        if (field == null) throw new BadTraceException("evidence has no \"" + name + "\"");
        return field;
    }

    private static boolean flag(JsonNode node) throws BadTraceException {
        if (!node.isBoolean()) throw new BadTraceException("whether an inspector is an anchor is true or false");
        return node.booleanValue();
    }

    private static <T> T one(Map<String, T> values, JsonNode node, String what) throws BadTraceException {
        T value = node.isTextual() ? values.get(node.textValue()) : null;
        if (value == null)
            throw new BadTraceException(what + " is " + node + ", known are " + new TreeSet<>(values.keySet()));
        return value;
    }

    private static long number(JsonNode node, String what, long max) throws BadTraceException {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0 || node.longValue() > max)
            throw new BadTraceException(what + " is " + node + ", not a whole number from 0 to " + max);
        return node.longValue();
    }

    private static Bytes id(JsonNode node) throws BadTraceException {
        return id(number(node, "an identifier", Long.MAX_VALUE));
    }

    static Bytes id(String digits) throws BadTraceException {
        if (!digits.matches("0|[1-9][0-9]{0,17}"))
            throw new BadTraceException("identifier \"" + digits + "\" is no number");
        return id(Long.parseLong(digits));
    }

    static Bytes id(long number) {
        return Bytes.owning(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /** The number that names it in the trace. */
    static long number(Bytes id) {
        return ByteBuffer.wrap(id.toArray()).getLong();
    }
}
