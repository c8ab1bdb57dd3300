package stella.devchain.host;

import java.util.List;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** One host function: its type in wasm and its work. */
record HostEntry(FunctionType type, Body body) {
    /** The work of a host function; one without result answers anything. */
    interface Body {
        long run(Guest guest, long[] arguments);
    }

    /** The work of a host function without result. */
    interface Action {
        void run(Guest guest, long[] arguments);
    }

    /** {@code signature} is the parameters, a colon and the result: {@code i} stands for i32, {@code I} for i64. */
    static HostEntry function(String signature, Body body) {
        int colon = signature.indexOf(':');
        return new HostEntry(
                FunctionType.of(types(signature.substring(0, colon)), types(signature.substring(colon + 1))), body);
    }

    static HostEntry action(String parameters, Action action) {
        return function(parameters + ":", (guest, arguments) -> {
            action.run(guest, arguments);
            return 0;
        });
    }

    private static List<ValType> types(String letters) {
        ValType[] types = new ValType[letters.length()];
        for (int i = 0; i < types.length; i++) types[i] = letters.charAt(i) == 'i' ? ValType.I32 : ValType.I64;
        return List.of(types);
    }
}
