package stella.devchain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import stella.devchain.host.RuntimeLoader;
import stella.devchain.prebuilt.StellaRuntimeModule;
import stella.protocol.Bytes;

/** Stella's own runtime: the blob that travels in the repository, and what the build compiled of it. */
public final class StellaRuntime {
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

    /** For a {@link RuntimeLoader}, so that {@code wasm}, which must be {@link #wasm}, starts compiled. */
    static List<RuntimeLoader.Prebuilt> prebuilt(Bytes wasm) {
        return List.of(new RuntimeLoader.Prebuilt(wasm, StellaRuntimeModule::create));
    }
}
