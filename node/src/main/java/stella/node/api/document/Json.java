package stella.node.api.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How documents become JSON: amounts (all of type {@code BigInteger}) as strings, everything else as it is. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(BigInteger.class, ToStringSerializer.instance))
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectWriter WRITER = MAPPER.writer();
    private static final ObjectReader STRICT = MAPPER.reader();
    private static final ObjectReader TOLERANT =
            MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Json() {}

    /** One line. */
    public static String write(Object document) {
        try {
            return WRITER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("documents of the API can be written as JSON", e);
        }
    }

    /** The keys and values of a document, without keys whose value is null. */
    public static Map<String, Object> toMap(Object document) {
        Map<String, Object> values =
                MAPPER.convertValue(document, new TypeReference<LinkedHashMap<String, Object>>() {});
        values.values().removeIf(Objects::isNull);
        return values;
    }

    /** Reads what a caller sent: an unknown key is an error, so that a misspelt option is never passed over. */
    public static <T> T readStrict(String json, Class<T> type) throws JsonProcessingException {
        return nonNull(STRICT.forType(type).<T>readValue(json), type);
    }

    /** Reads what a node answered, which may be newer than this program and know more keys. */
    public static <T> T readTolerant(String json, Class<T> type) throws JsonProcessingException {
        return nonNull(TOLERANT.forType(type).<T>readValue(json), type);
    }

    private static <T> T nonNull(@Nullable T value, Class<T> type) {
        if (value == null) throw new IllegalArgumentException("null is no " + type.getSimpleName());
        return value;
    }
}
