package stella.devchain.host;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.MemoryImport;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import stella.devchain.state.Overlay;

/**
 * One wasm instance with its memory. After each call it is put back to how it was made (globals, data and stack as at the beginning, heap zero), which
 * costs a fifth of making a new one; so every call finds fresh memory, as on any Substrate node. For one thread at a time.
 */
final class RuntimeInstance {
    /** Substrate's default: 2048 pages of heap, 128 MiB, above what the module asks for. */
    private static final int HEAP_PAGES = 2048;

    private static final int REUSED_HEAP_MAX = 16 << 20;

    final @Nullable Function<Instance, Machine> factory;
    private final Instance instance;
    private final Memory memory;
    private final HeapAllocator heap;
    private final Guest guest;
    private final byte[] initial;
    private final long[] globals;

    RuntimeInstance(
            WasmModule module, HostTable table, HostServices services, @Nullable Function<Instance, Machine> factory) {
        this.factory = factory;
        int pages = importedPages(module);
        memory = new ByteArrayMemory(new MemoryLimits(pages, pages + HEAP_PAGES));
        Instance.Builder builder = Instance.builder(module).withStart(false);
        if (factory != null) builder.withMachineFactory(factory);
        heap = new HeapAllocator(memory);
        guest = new Guest(memory, heap, services);
        instance = builder.withImportValues(imports(module, table, guest)).build();
        int heapBase = (int) instance.exports().global("__heap_base").getValue();
        heap.begin(heapBase);
        initial = memory.readBytes(0, heapBase);
        globals = new long[instance.globalCount()];
        for (int i = 0; i < globals.length; i++) globals[i] = instance.global(i).getValue();
    }

    /** Calls an exported runtime function; its changes of storage go to {@code overlay}. Answers its encoded result. */
    byte[] call(String function, byte[] input, Overlay overlay) {
        guest.enter(overlay);
        try {
            int address = guest.givePointer(input);
            long[] result = instance.export(function).apply(address, input.length);
            return guest.array(result[0]);
        } finally {
            guest.leave();
        }
    }

    /** Why the last call trapped, in the runtime's words. */
    @Nullable
    String panic() {
        return guest.panic();
    }

    /** Makes the instance as new; false when it grew so large that it is better thrown away. */
    boolean restore() {
        long used = heap.used();
        if (used - initial.length > REUSED_HEAP_MAX) return false;
        memory.write(0, initial, 0, initial.length);
        memory.fill((byte) 0, initial.length, (int) Math.min(used, (long) memory.pages() * Memory.PAGE_SIZE));
        for (int i = 0; i < globals.length; i++) {
            GlobalInstance global = instance.global(i);
            if (global.getMutabilityType() == MutabilityType.Var) global.setValue(globals[i]);
        }
        heap.reset();
        return true;
    }

    private static ImportValues imports(WasmModule module, HostTable table, Guest guest) {
        ImportValues.Builder imports = ImportValues.builder();
        imports.addMemory(new ImportMemory("env", "memory", guest.memory));
        for (int i = 0; i < module.importSection().importCount(); i++) {
            if (module.importSection().getImport(i) instanceof FunctionImport function) {
                imports.addFunction(table.bind(
                        function.module(), function.name(), module.typeSection().getType(function.typeIndex()), guest));
            }
        }
        return imports.build();
    }

    private static int importedPages(WasmModule module) {
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import imported = module.importSection().getImport(i);
            if (imported instanceof MemoryImport wanted) {
                int pages = wanted.limits().initialPages();
                if (pages > HEAP_PAGES)
                    throw new RuntimeFailure(
                            RuntimeFailure.Kind.BAD_CODE,
                            "the blob wants " + pages + " pages of memory to begin with; " + HEAP_PAGES
                                    + " are the most");
                return pages;
            }
        }
        throw new RuntimeFailure(
                RuntimeFailure.Kind.BAD_CODE, "the blob imports no memory, so it is not a Substrate runtime");
    }
}
