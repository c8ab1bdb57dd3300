package stella.devchain.host;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.protocol.Bytes;

/**
 * Turns blobs into {@link RuntimeCode}, once per blob. A blob that the build compiled starts at once; any other is interpreted until its compilation in
 * the background is done, so an upgrade never waits.
 */
public final class RuntimeLoader {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeLoader.class);
    private static final int KEPT_MAX = 8;
    private static final Bytes ZSTD_PREFIX = Bytes.hex("52bc537646db8e05");

    /** A blob and the machine that the build compiled of it. */
    public record Prebuilt(Bytes wasm, Function<Instance, Machine> factory) {}

    private final Executor background;
    private final Duration callLimit;
    private final HostTable table = new HostTable();
    private final HostServices services = new Services();
    private final Keystore keystore = new Keystore();
    private final ValidSignatures signatures = new ValidSignatures();
    private final List<Prebuilt> prebuilt;
    private final Map<Bytes, RuntimeCode> loaded = new LinkedHashMap<>();
    private final Map<RuntimeCode, CompletableFuture<?>> compilations = new LinkedHashMap<>();
    private volatile @Nullable Last last;

    /** The answer to the last question: almost every question is the same, and hashing megabytes for it takes longer than a call. */
    private record Last(Bytes wasm, RuntimeCode code) {}

    /**
     * @param prebuilt what the build compiled
     * @param background compiles other blobs, a few seconds each
     * @param callLimit the longest a call into a runtime may take
     */
    public RuntimeLoader(List<Prebuilt> prebuilt, Executor background, Duration callLimit) {
        this.prebuilt = List.copyOf(prebuilt);
        this.background = background;
        this.callLimit = callLimit;
    }

    /** @throws RuntimeFailure when {@code wasm} is no runtime */
    public RuntimeCode load(Bytes wasm) {
        Last asked = last;
        if (asked != null && asked.wasm.equals(wasm)) return asked.code;
        RuntimeCode code = find(wasm);
        last = new Last(wasm, code);
        return code;
    }

    private RuntimeCode find(Bytes wasm) {
        synchronized (loaded) {
            RuntimeCode known = loaded.get(wasm);
            if (known != null) return known;
            RuntimeCode code = prebuilt(wasm).orElseGet(() -> loadAndCompile(wasm));
            loaded.put(wasm, code);
            forgetOldest();
            return code;
        }
    }

    private Optional<RuntimeCode> prebuilt(Bytes wasm) {
        return prebuilt.stream()
                .filter(candidate -> candidate.wasm.equals(wasm))
                .findFirst()
                .map(found -> new RuntimeCode(
                        Parser.parse(BodilessWasm.of(wasm)), found.factory, table, services, callLimit));
    }

    private RuntimeCode loadAndCompile(Bytes wasm) {
        WasmModule module = parse(wasm);
        RuntimeCode code = new RuntimeCode(module, null, table, services, callLimit);
        compilations.put(code, CompletableFuture.runAsync(() -> compile(module, code), background));
        return code;
    }

    /** Waits until {@code code} runs compiled, for callers who are about to run it a lot. */
    public void awaitCompiled(RuntimeCode code) {
        CompletableFuture<?> compilation;
        synchronized (loaded) {
            compilation = compilations.get(code);
        }
        if (compilation != null) compilation.join();
    }

    private void forgetOldest() {
        while (loaded.size() > KEPT_MAX) {
            RuntimeCode oldest = loaded.remove(loaded.keySet().iterator().next());
            if (oldest != null) compilations.remove(oldest);
        }
    }

    private static void compile(WasmModule module, RuntimeCode code) {
        try {
            code.compiled(MachineFactoryCompiler.builder(module)
                    .withInterpreterFallback(InterpreterFallback.SILENT)
                    .compile());
            LOG.debug(
                    "runtime {} {} runs compiled",
                    code.version().specName(),
                    code.version().specVersion());
        } catch (RuntimeException e) {
            LOG.warn(
                    "runtime {} cannot be compiled and stays interpreted, ten times slower",
                    code.version().specName(),
                    e);
        }
    }

    private static WasmModule parse(Bytes wasm) {
        if (wasm.startsWith(ZSTD_PREFIX))
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.BAD_CODE,
                    "the runtime is compressed (zstd); this chain takes it uncompressed: use the .compact.wasm file");
        try {
            return Parser.parse(wasm.toArray());
        } catch (WasmEngineException e) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.BAD_CODE, "the runtime is no valid wasm: " + e.getMessage(), e);
        }
    }

    private final class Services implements HostServices {
        @Override
        public Keystore keystore() {
            return keystore;
        }

        @Override
        public ValidSignatures signatures() {
            return signatures;
        }

        /** Interprets one call and forgets the blob: whether it becomes the runtime is not decided yet. */
        @Override
        public Optional<Bytes> versionOf(Bytes wasm) {
            try {
                RuntimeCode code = new RuntimeCode(parse(wasm), null, table, this, callLimit);
                return Optional.of(code.call("Core_version", Bytes.EMPTY, new Overlay(State.EMPTY)));
            } catch (RuntimeFailure e) {
                LOG.warn("the code of an upgrade was refused: {}", e.getMessage());
                return Optional.empty();
            }
        }
    }
}
