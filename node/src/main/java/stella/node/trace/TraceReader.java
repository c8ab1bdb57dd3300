package stella.node.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a file with one trace ({@code {"name": …, "epochs": […]}}) or several ({@code {"traces": […]}}), one epoch at a time; whatever
 * else is in it is passed over.
 */
public final class TraceReader {
    /** Values in one epoch: enough for 100,000 subjects. */
    static final long TOKENS_MAX = 8_000_000;

    private static final int DEPTH_MAX = 32;
    private static final int TEXT_MAX = 4096;
    private static final int DIGITS_MAX = 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(TEXT_MAX)
                    .maxNameLength(TEXT_MAX)
                    .maxNumberLength(DIGITS_MAX)
                    .build())
            .build();
    private static final ObjectMapper JSON = new ObjectMapper(FACTORY);

    /** Is told what is in the file, in its order. */
    public interface Visitor {
        /** A trace begins; its first epoch starts from the empty state. */
        void trace();

        /** @throws BadTraceException when the epoch is not one */
        void epoch(JsonNode epoch) throws BadTraceException;
    }

    private final BoundedParser parser;
    private final Visitor visitor;

    private TraceReader(BoundedParser parser, Visitor visitor) {
        this.parser = parser;
        this.visitor = visitor;
    }

    /** @throws BadTraceException when {@code in} holds something else than traces */
    public static void read(InputStream in, Visitor visitor) throws IOException {
        try (BoundedParser parser = new BoundedParser(FACTORY.createParser(in), TOKENS_MAX)) {
            TraceReader reader = new TraceReader(parser, visitor);
            reader.expect(parser.nextToken(), JsonToken.START_OBJECT, "the file must be a JSON object");
            boolean found = reader.object();
            if (!found) throw new BadTraceException("there is neither \"epochs\" nor \"traces\" in the file");
            if (parser.nextToken() != null) throw new BadTraceException("something follows the end of the object");
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            String where = place == null ? "" : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
            throw new BadTraceException(where + e.getOriginalMessage(), e);
        }
    }

    /** The fields of an object that has begun; whether a trace was among them. */
    private boolean object() throws IOException {
        boolean found = false;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.begin();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "traces" -> {
                    expect(value, JsonToken.START_ARRAY, "\"traces\" must be a list");
                    traces();
                    found = true;
                }
                case "epochs" -> {
                    expect(value, JsonToken.START_ARRAY, "\"epochs\" must be a list");
                    epochs();
                    found = true;
                }
                default -> parser.skipChildren();
            }
        }
        return found;
    }

    private void traces() throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.START_OBJECT, "a trace must be an object");
            if (!object()) throw new BadTraceException("a trace has no \"epochs\"");
        }
    }

    private void epochs() throws IOException {
        visitor.trace();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.START_OBJECT, "an epoch must be an object");
            parser.begin();
            visitor.epoch(JSON.readTree((JsonParser) parser));
            parser.begin();
        }
    }

    private void expect(JsonToken is, JsonToken wanted, String otherwise) throws BadTraceException {
        if (is != wanted) throw new BadTraceException(otherwise);
    }
}
