package stella.node.trace;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;
import stella.reputation.ChangeRecord;
import stella.reputation.EpochFunction;
import stella.reputation.Outputs;
import stella.reputation.Pairs;

/** Compares what an epoch came to with what the trace expects, in a fixed order, up to the first difference. */
final class TraceComparison {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SUBJECT =
            List.of("score", "state", "g", "gh", "clean", "online", "away", "close", "due");
    private static final List<String> INSPECTOR = List.of("derived", "weight", "state", "online");
    private static final List<String> PAIRS = List.of("count", "sum N", "sum D", "sum E");

    private TraceComparison() {}

    /** @throws BadTraceException when the epoch lacks an expectation */
    static Optional<Difference> of(JsonNode expected, EpochFunction.Result result) throws BadTraceException {
        Outputs outputs = result.outputs();
        Comparison comparison = new Comparison(outputs.epoch());
        comparison.rows(
                "subject",
                field(expected, "subjects"),
                SUBJECT,
                outputs.subjects().keySet(),
                id -> row(requireNonNull(outputs.subjects().get(id))));
        comparison.rows(
                "inspector",
                field(expected, "inspectors"),
                INSPECTOR,
                outputs.inspectors().keySet(),
                id -> row(requireNonNull(outputs.inspectors().get(id))));
        comparison.row(
                "pairs", field(expected, "pairs"), PAIRS, row(result.state().pairs()));
        comparison.changes(field(expected, "changes"), changes(result.changes()));
        return comparison.first;
    }

    private static JsonNode field(JsonNode epoch, String name) throws BadTraceException {
        JsonNode field = epoch.get(name);
        if (field == null) throw new BadTraceException("an epoch has no \"" + name + "\" to compare with");
        return field;
    }

    private interface Row {
        ArrayNode of(Bytes id);
    }

    private static final class Comparison {
        private final int epoch;
        private Optional<Difference> first = Optional.empty();

        Comparison(int epoch) {
            this.epoch = epoch;
        }

        void rows(String kind, JsonNode expected, List<String> fields, java.util.Set<Bytes> found, Row rowOf)
                throws BadTraceException {
            if (!expected.isObject()) throw new BadTraceException("expected " + kind + "s must be an object");
            SortedSet<Bytes> all = new TreeSet<>(found);
            for (Map.Entry<String, JsonNode> entry : expected.properties()) all.add(TraceEvidence.id(entry.getKey()));
            for (Bytes id : all) {
                if (first.isPresent()) return;
                String who = kind + " " + TraceEvidence.number(id);
                JsonNode wanted = expected.get(Long.toString(TraceEvidence.number(id)));
                if (wanted == null) differ(who, "presence", "not there", "there");
                else if (!found.contains(id)) differ(who, "presence", "there", "not there");
                else row(who, wanted, fields, rowOf.of(id));
            }
        }

        void row(String who, JsonNode expected, List<String> fields, ArrayNode found) throws BadTraceException {
            if (!expected.isArray() || expected.size() != fields.size())
                throw new BadTraceException("what is expected of " + who + " must be " + fields);
            for (int i = 0; i < fields.size(); i++)
                if (!same(expected.get(i), found.get(i)))
                    differ(
                            who,
                            fields.get(i),
                            expected.get(i).toString(),
                            found.get(i).toString());
        }

        void changes(JsonNode expected, ArrayNode found) {
            for (int i = 0; i < Math.max(expected.size(), found.size()); i++)
                if (!expected.path(i).equals(found.path(i)))
                    differ("change " + i, "change", text(expected.path(i)), text(found.path(i)));
        }

        private void differ(String who, String field, String expected, String found) {
            if (first.isEmpty()) first = Optional.of(new Difference(epoch, who, field, expected, found));
        }

        private static String text(JsonNode node) {
            return node.isMissingNode() ? "none" : node.toString();
        }

        /** Numbers by value: how wide a number is read is not its meaning. */
        private static boolean same(JsonNode expected, JsonNode found) {
            return found.isIntegralNumber()
                    ? expected.isIntegralNumber()
                            && expected.canConvertToLong()
                            && expected.longValue() == found.longValue()
                    : expected.toString().equals(found.toString());
        }
    }

    private static ArrayNode row(Outputs.OfSubject s) {
        ArrayNode due = JSON.createArrayNode();
        s.due().forEach(item -> due.add(TraceEvidence.number(item)));
        return JSON.createArrayNode()
                .add(s.score())
                .add(word(s.standing()))
                .add(s.suspicion())
                .add(s.hardSuspicion())
                .add(s.clean())
                .add(s.online())
                .add(s.away() ? 1 : 0)
                .add(s.close() ? 1 : 0)
                .add(due);
    }

    private static ArrayNode row(Outputs.OfInspector i) {
        return JSON.createArrayNode()
                .add(i.derived())
                .add(i.weight())
                .add(word(i.standing()))
                .add(i.online());
    }

    private static ArrayNode row(Pairs pairs) {
        long checks = 0;
        long conflicts = 0;
        long expected = 0;
        for (int i = 0; i < pairs.count(); i++) {
            checks += pairs.checks(i);
            conflicts += pairs.conflicts(i);
            expected += pairs.expected(i);
        }
        return JSON.createArrayNode()
                .add(pairs.count())
                .add(checks)
                .add(conflicts)
                .add(expected);
    }

    /** Those with a cause: {@code [who, id, why, from, to]}. */
    private static ArrayNode changes(List<ChangeRecord> records) {
        ArrayNode all = JSON.createArrayNode();
        for (ChangeRecord record : records) {
            if (record.why().isEmpty()) continue;
            ArrayNode row = all.addArray();
            Standing before;
            Standing after;
            switch (record) {
                case ChangeRecord.OfSubject subject -> {
                    row.add("subject");
                    before = subject.before().standing();
                    after = subject.after().standing();
                }
                case ChangeRecord.OfInspector inspector -> {
                    row.add("inspector");
                    before = inspector.before();
                    after = inspector.after();
                }
            }
            row.add((int) TraceEvidence.number(record.id()))
                    .add(record.why().get().text());
            row.add(word(before)).add(word(after));
        }
        return all;
    }

    private static String word(Standing standing) {
        return standing.name().charAt(0) + standing.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
