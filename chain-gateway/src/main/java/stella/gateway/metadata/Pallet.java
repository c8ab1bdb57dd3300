package stella.gateway.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stella.gateway.metadata.TypeInfo.Variant;
import stella.protocol.Bytes;

/**
 * One pallet of a chain.
 *
 * @param index the first byte of its calls, events and errors
 * @param storage entries by name
 * @param calls by name; empty without calls
 * @param events by name
 * @param errors by index
 * @param constants by name
 * @param viewFunctions by name; only metadata V16 tells them
 */
public record Pallet(
        String name,
        int index,
        Map<String, StorageEntry> storage,
        Map<String, Variant> calls,
        Map<String, Variant> events,
        Map<Integer, Variant> errors,
        Map<String, Constant> constants,
        Map<String, RuntimeFunction> viewFunctions) {

    /** A value that the runtime was built with. */
    public record Constant(String name, int type, Bytes value) {}

    public StorageEntry entry(String entry) {
        return Optional.ofNullable(storage.get(entry)).orElseThrow(() -> missing("storage entry", entry));
    }

    public Variant call(String call) {
        return Optional.ofNullable(calls.get(call)).orElseThrow(() -> missing("call", call));
    }

    public Variant event(String event) {
        return Optional.ofNullable(events.get(event)).orElseThrow(() -> missing("event", event));
    }

    public Constant constant(String constant) {
        return Optional.ofNullable(constants.get(constant)).orElseThrow(() -> missing("constant", constant));
    }

    public RuntimeFunction viewFunction(String function) {
        return Optional.ofNullable(viewFunctions.get(function)).orElseThrow(() -> missing("view function", function));
    }

    static Map<String, Variant> byName(List<Variant> variants) {
        Map<String, Variant> map = new LinkedHashMap<>();
        for (Variant variant : variants) map.put(variant.name(), variant);
        return map;
    }

    private MetadataException missing(String what, String which) {
        return new MetadataException("pallet " + name + " of this chain has no " + what + " '" + which + "'");
    }
}
