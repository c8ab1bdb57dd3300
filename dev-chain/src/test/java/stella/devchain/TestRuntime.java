package stella.devchain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import stella.devchain.chain.Archive;
import stella.devchain.chain.BlockTree;
import stella.devchain.chain.Chain;
import stella.devchain.chain.Genesis;
import stella.devchain.host.RuntimeLoader;
import stella.protocol.Bytes;

/** Stella's runtime for tests that need no server: one loader for all, and chains on it. */
public final class TestRuntime {
    public static final Bytes WASM = StellaRuntime.wasm();
    public static final RuntimeLoader LOADER =
            new RuntimeLoader(StellaRuntime.prebuilt(WASM), Runnable::run, Duration.ofSeconds(60));
    public static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T00:00:00Z"));

    private TestRuntime() {}

    public static Genesis genesis() {
        return Genesis.fromPreset("Test", "{}", WASM, "development", LOADER);
    }

    /** A chain in {@code archive} that re-executes every block it makes. */
    public static Chain chain(Archive archive, InstantSource clock) {
        return new Chain(BlockTree.open(archive, genesis(), LOADER), LOADER, clock, true);
    }
}
