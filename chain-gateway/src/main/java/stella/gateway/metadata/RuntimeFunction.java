package stella.gateway.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stella.gateway.metadata.TypeInfo.Field;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;

/**
 * A function that a runtime offers to be called from outside: a method of a runtime API, or a pallet's view function.
 *
 * @param id for view functions the 32 bytes by which they are called; empty for methods of an API
 * @param name for methods of an API with the API's name before it, as {@code state_call} wants it: {@code Core_version}
 * @param inputs arguments in order
 * @param output type of what it returns
 */
public record RuntimeFunction(Bytes id, String name, List<Field> inputs, int output) {
    public RuntimeFunction {
        inputs = List.copyOf(inputs);
    }

    /**
     * The arguments, by name, as they are handed over.
     *
     * @throws MismatchException naming the argument that is missing, too much or of another type
     */
    public Bytes encode(Metadata metadata, Map<String, Value> arguments) {
        ScaleWriter writer = new ScaleWriter();
        try {
            new ValueEncoder(metadata.types(), writer).fields(inputs, arguments);
        } catch (MismatchException e) {
            throw e.within(name);
        }
        return writer.toBytes();
    }

    static Map<String, RuntimeFunction> byName(List<RuntimeFunction> functions) {
        Map<String, RuntimeFunction> map = new LinkedHashMap<>();
        for (RuntimeFunction function : functions) map.put(function.name(), function);
        return map;
    }
}
