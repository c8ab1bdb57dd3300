package stella.devchain.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import run.endive.runtime.HostFunction;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * The host functions by their full name, version included. An import without an entry becomes a function that traps with its name: a runtime may carry
 * imports it never calls.
 */
final class HostTable {
    private static final long[] NOTHING = {};

    /** The work of a host function; a function without result answers anything. */
    interface Body {
        long run(Guest guest, long[] arguments);
    }

    /** The work of a host function without result. */
    interface Action {
        void run(Guest guest, long[] arguments);
    }

    private record Entry(FunctionType type, Body body) {}

    private final Map<String, Entry> entries = new HashMap<>();

    /** Every function Stella's host knows. */
    static HostTable standard() {
        HostTable table = new HostTable();
        StorageFunctions.addTo(table);
        ChildStorageFunctions.addTo(table);
        HashingFunctions.addTo(table);
        CryptoFunctions.addTo(table);
        SystemFunctions.addTo(table);
        return table;
    }

    /** {@code signature} is the parameters, a colon and the result: {@code i} stands for i32, {@code I} for i64. */
    HostTable function(String name, String signature, Body body) {
        int colon = signature.indexOf(':');
        FunctionType type =
                FunctionType.of(types(signature.substring(0, colon)), types(signature.substring(colon + 1)));
        if (entries.put(name, new Entry(type, body)) != null) throw new IllegalStateException(name + " is there twice");
        return this;
    }

    HostTable action(String name, String parameters, Action action) {
        return function(name, parameters + ":", (guest, arguments) -> {
            action.run(guest, arguments);
            return 0;
        });
    }

    /**
     * The function for an import of {@code module}.
     *
     * @throws RuntimeFailure when the import's declared type is not the type of the function of that name
     */
    HostFunction bind(String module, String name, FunctionType declared, Guest guest) {
        Entry entry = entries.get(name);
        if (entry == null || !module.equals("env")) return missing(module, name, declared);
        if (!entry.type.equals(declared))
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.BAD_CODE,
                    "the runtime imports " + name + " as " + declared + ", but the host function is " + entry.type);
        boolean result = !declared.returns().isEmpty();
        Body body = entry.body;
        return new HostFunction(module, name, declared, (instance, arguments) -> {
            long answer = body.run(guest, arguments);
            return result ? new long[] {answer} : NOTHING;
        });
    }

    boolean contains(String name) {
        return entries.containsKey(name);
    }

    private static HostFunction missing(String module, String name, FunctionType declared) {
        return new HostFunction(module, name, declared, (instance, arguments) -> {
            throw new IllegalStateException(
                    "the runtime called " + name + ", a host function this chain does not have");
        });
    }

    private static List<ValType> types(String letters) {
        return letters.chars()
                .mapToObj(letter -> letter == 'i' ? ValType.I32 : ValType.I64)
                .toList();
    }
}
