package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The methods a server offers, by name, older names included. Filled before the server starts, then only read. */
public final class RpcMethods {
    /** The work of a method; its answer is the result. */
    interface Method {
        JsonNode call(RpcCall call);
    }

    private final Map<String, Method> methods = new TreeMap<>();

    /** Adds a method under its name and, where Substrate has them, its older names. */
    RpcMethods add(Method method, String... names) {
        for (String name : names) {
            if (methods.put(name, method) != null) throw new IllegalStateException(name + " is there twice");
        }
        return this;
    }

    @Nullable
    Method find(String name) {
        return methods.get(name);
    }

    Set<String> names() {
        return methods.keySet();
    }
}
