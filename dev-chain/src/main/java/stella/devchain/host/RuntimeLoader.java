package stella.devchain.host;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
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
import stella.protocol.Digests;
import stella.protocol.Hash;

/**
 * Turns blobs into {@link RuntimeCode}, once per blob. A blob that the build compiled starts at once; any other is interpreted until its compilation in
 * the background is done, so an upgrade never waits.
 */
public final class RuntimeLoader {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeLoader.class);
    private static final int KEPT_MAX = 8;
    private static final Bytes ZSTD_PREFIX = Bytes.hex("52bc537646db8e05");

    /** A module and its machine, compiled by the build. */
    public record Prebuilt(WasmModule module, Function<Instance, Machine> factory) {}

    private final Executor background;
    private final Duration callLimit;
    private final HostTable table = HostTable.standard();
    private final HostServices services = new Services();
    private final Keystore keystore = new Keystore();
    private final Map<Hash, Prebuilt> prebuilt;
    private final Map<Hash, RuntimeCode> loaded = new LinkedHashMap<>();
    private final Map<Hash, CompletableFuture<?>> compilations = new LinkedHashMap<>();

    /**
     * @param prebuilt what the build compiled, by the BLAKE2b-256 of the blob
     * @param background compiles other blobs, a few seconds each
     * @param callLimit the longest a call into a runtime may take
     */
    public RuntimeLoader(Map<Hash, Prebuilt> prebuilt, Executor background, Duration callLimit) {
        this.prebuilt = Map.copyOf(prebuilt);
        this.background = background;
        this.callLimit = callLimit;
    }

    /** @throws RuntimeFailure when {@code wasm} is no runtime */
    public RuntimeCode load(Bytes wasm) {
        Hash hash = Digests.blake2b256(wasm);
        synchronized (loaded) {
            RuntimeCode known = loaded.get(hash);
            if (known != null) return known;
            Prebuilt compiled = prebuilt.get(hash);
            RuntimeCode code;
            if (compiled != null) {
                code = new RuntimeCode(hash, compiled.module(), compiled.factory(), table, services, callLimit);
            } else {
                WasmModule module = parse(wasm);
                code = new RuntimeCode(hash, module, null, table, services, callLimit);
                compilations.put(hash, CompletableFuture.runAsync(() -> compile(module, code), background));
            }
            loaded.put(hash, code);
            forgetOldest();
            return code;
        }
    }

    /** Waits until {@code code} runs compiled, for callers who are about to run it a lot. */
    public void awaitCompiled(RuntimeCode code) {
        CompletableFuture<?> compilation;
        synchronized (loaded) {
            compilation = compilations.get(code.hash());
        }
        if (compilation != null) compilation.join();
    }

    private void forgetOldest() {
        while (loaded.size() > KEPT_MAX) {
            Hash oldest = loaded.keySet().iterator().next();
            loaded.remove(oldest);
            compilations.remove(oldest);
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
            LOG.warn("runtime {} cannot be compiled and stays interpreted, ten times slower", code.hash(), e);
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

        /** Interprets one call and forgets the blob: whether it becomes the runtime is not decided yet. */
        @Override
        public Optional<Bytes> versionOf(Bytes wasm) {
            try {
                RuntimeCode code = new RuntimeCode(Digests.blake2b256(wasm), parse(wasm), null, table, this, callLimit);
                return Optional.of(code.call("Core_version", Bytes.EMPTY, new Overlay(State.EMPTY)));
            } catch (RuntimeFailure e) {
                LOG.warn("the code of an upgrade was refused: {}", e.getMessage());
                return Optional.empty();
            }
        }
    }
}
