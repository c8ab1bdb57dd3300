package stella.devchain.host;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.HostFunction;
import run.endive.wasm.types.FunctionType;

/**
 * The host functions by their full name, version included. An import without an entry becomes a function that traps with its name: a runtime may carry
 * imports it never calls.
 *
 * <p>Each group of functions is a switch over names rather than a map that is filled: the JVM links a lambda when it is first reached, and linking
 * hundreds that nobody imports would be half of the time a chain takes to start.
 */
final class HostTable {
    private static final long[] NOTHING = {};

    private final Map<String, HostEntry> known = new HashMap<>();

    /**
     * The function for an import of {@code module}.
     *
     * @throws RuntimeFailure when the import's declared type is not the type of the function of that name
     */
    HostFunction bind(String module, String name, FunctionType declared, Guest guest) {
        HostEntry entry = module.equals("env") ? find(name) : null;
        if (entry == null) return missing(module, name, declared);
        if (!entry.type().equals(declared))
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.BAD_CODE,
                    "the runtime imports " + name + " as " + declared + ", but the host function is " + entry.type());
        HostEntry.Body body = entry.body();
        boolean result = !declared.returns().isEmpty();
        return new HostFunction(module, name, declared, (instance, arguments) -> {
            long answer = body.run(guest, arguments);
            return result ? new long[] {answer} : NOTHING;
        });
    }

    private synchronized @Nullable HostEntry find(String name) {
        HostEntry entry = known.get(name);
        if (entry == null) {
            entry = search(name);
            if (entry != null) known.put(name, entry);
        }
        return entry;
    }

    private static @Nullable HostEntry search(String name) {
        if (name.startsWith("ext_storage_")) return StorageFunctions.find(name);
        if (name.startsWith("ext_default_child_storage_")) return ChildStorageFunctions.find(name);
        if (name.startsWith("ext_hashing_") || name.startsWith("ext_trie_")) return HashingFunctions.find(name);
        if (name.startsWith("ext_crypto_")) return CryptoFunctions.find(name);
        return SystemFunctions.find(name);
    }

    private static HostFunction missing(String module, String name, FunctionType declared) {
        return new HostFunction(module, name, declared, (instance, arguments) -> {
            throw new IllegalStateException(
                    "the runtime called " + name + ", a host function this chain does not have");
        });
    }
}
