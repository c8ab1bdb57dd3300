package stella.devchain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import stella.devchain.chain.Genesis;
import stella.devchain.host.RuntimeLoader;
import stella.devchain.prebuilt.StellaRuntimeModule;
import stella.protocol.Bytes;

/** Stella's own runtime: the blob that travels in the repository, and what the build compiled of it. */
public final class StellaRuntime {
    /** A block of 100 transfers takes a fifth of a second; a call that takes this long does not end. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

    private static final String RESOURCE = "/stella/devchain/stella-runtime.wasm.gz";

    private StellaRuntime() {}

    /** The wasm, as it goes into the chain's state. */
    public static Bytes wasm() {
        try (InputStream packed = Objects.requireNonNull(
                        StellaRuntime.class.getResourceAsStream(RESOURCE), "the build left " + RESOURCE + " out");
                InputStream in = new GZIPInputStream(packed, 1 << 16)) {
            return Bytes.owning(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Stella's runtime cannot be unpacked", e);
        }
    }

    /** Loads this runtime as the build compiled it, and any other after compiling it, which takes some seconds. */
    public static RuntimeLoader loader() {
        return new RuntimeLoader(prebuilt(wasm()), Runnable::run, CALL_LIMIT);
    }

    /**
     * The beginning of a chain with this runtime.
     *
     * @param preset one that the runtime brings, such as {@code development} or {@code local}
     * @throws IllegalArgumentException naming the presets there are, when it is none of them
     */
    public static Genesis genesis(String preset, RuntimeLoader loader) {
        String name = "Stella " + Character.toUpperCase(preset.charAt(0)) + preset.substring(1);
        return Genesis.fromPreset(name, DevChain.PROPERTIES, wasm(), preset, loader);
    }

    /** For a {@link RuntimeLoader}, so that {@code wasm}, which must be {@link #wasm}, starts compiled. */
    static List<RuntimeLoader.Prebuilt> prebuilt(Bytes wasm) {
        return List.of(new RuntimeLoader.Prebuilt(wasm, StellaRuntimeModule::create));
    }
}
