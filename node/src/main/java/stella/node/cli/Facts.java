package stella.node.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named values in a fixed order: what a command has to say about one thing. Names are the stable keys of the JSON output; values are
 * texts, numbers, booleans, lists, or facts again.
 */
public final class Facts {
    private final Map<String, Object> values = new LinkedHashMap<>();

    private Facts() {}

    public static Facts of(String name, Object value) {
        return new Facts().and(name, value);
    }

    /** Adds a value; anything but numbers, booleans, lists, maps and facts becomes text. */
    public Facts and(String name, Object value) {
        values.put(name, value instanceof Facts facts ? facts.values : jsonable(value));
        return this;
    }

    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(values);
    }

    String text(String name) {
        return String.valueOf(values.getOrDefault(name, ""));
    }

    private static Object jsonable(Object value) {
        return value instanceof Number || value instanceof Boolean || value instanceof Iterable || value instanceof Map
                ? value
                : value.toString();
    }
}
