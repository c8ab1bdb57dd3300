package stella.devchain;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import stella.devchain.chain.BlockTree;

/**
 * How a development chain runs. Begin with {@link #standard} and change what differs.
 *
 * @param specification a raw chain specification (JSON, also gzipped); Stella's own development chain when empty
 * @param data the folder that keeps the chain over a restart; in memory only when empty
 * @param mode when blocks are made
 * @param finalityLag how many blocks finality stays behind the best block; 0 makes every block final at once
 * @param history for how many of the last final blocks storage can be read; {@link #ALL} for every block
 * @param host the address to listen on; loopback unless others shall reach it
 * @param port the port to listen on; 0 takes any free one, see {@link DevChain#rpcUri}
 * @param clock where the time in blocks comes from
 * @param callLimit the longest a call of the runtime may take before it is stopped
 * @param verifyBlocks whether every authored block is executed once more, as a node would that receives it
 * @param unsafeMethods whether {@code dev_*} methods are offered also when the host is not loopback
 * @param actorSystem what the server runs on; a small one of its own when empty
 */
public record DevChainSettings(
        Optional<Path> specification,
        Optional<Path> data,
        BlockMode mode,
        int finalityLag,
        long history,
        String host,
        int port,
        InstantSource clock,
        Duration callLimit,
        boolean verifyBlocks,
        boolean unsafeMethods,
        Optional<ClassicActorSystemProvider> actorSystem) {
    /** The history of an archive: the storage after every block. */
    public static final long ALL = Long.MAX_VALUE;

    /** No chain that lags further behind is of use, and unfinal blocks cost memory. */
    private static final int FINALITY_LAG_MAX = 10_000;

    /** A block of 100 transfers takes a fifth of a second; a call that takes this long does not end. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

    public DevChainSettings {
        if (finalityLag < 0 || finalityLag > FINALITY_LAG_MAX)
            throw new IllegalArgumentException(
                    "finality is from 0 to " + FINALITY_LAG_MAX + " blocks behind, not " + finalityLag);
        if (history < 1) throw new IllegalArgumentException("a history of " + history + " blocks; 1 is the least");
    }

    /** Stella's development chain in memory, a block every second, on any free port of loopback. */
    public static DevChainSettings standard() {
        return new DevChainSettings(
                Optional.empty(),
                Optional.empty(),
                BlockMode.interval(Duration.ofSeconds(1)),
                0,
                BlockTree.HISTORY_DEFAULT,
                "127.0.0.1",
                0,
                InstantSource.system(),
                CALL_LIMIT,
                false,
                false,
                Optional.empty());
    }

    public DevChainSettings withSpecification(Path other) {
        return new DevChainSettings(
                Optional.of(other),
                data,
                mode,
                finalityLag,
                history,
                host,
                port,
                clock,
                callLimit,
                verifyBlocks,
                unsafeMethods,
                actorSystem);
    }

    public DevChainSettings withData(Path other) {
        return new DevChainSettings(
                specification,
                Optional.of(other),
                mode,
                finalityLag,
                history,
                host,
                port,
                clock,
                callLimit,
                verifyBlocks,
                unsafeMethods,
                actorSystem);
    }

    public DevChainSettings withMode(BlockMode other) {
        return new DevChainSettings(
                specification,
                data,
                other,
                finalityLag,
                history,
                host,
                port,
                clock,
                callLimit,
                verifyBlocks,
                unsafeMethods,
                actorSystem);
    }

    public DevChainSettings withFinalityLag(int other) {
        return new DevChainSettings(
                specification,
                data,
                mode,
                other,
                history,
                host,
                port,
                clock,
                callLimit,
                verifyBlocks,
                unsafeMethods,
                actorSystem);
    }

    public DevChainSettings withHistory(long other) {
        return new DevChainSettings(
                specification,
                data,
                mode,
                finalityLag,
                other,
                host,
                port,
                clock,
                callLimit,
                verifyBlocks,
                unsafeMethods,
                actorSystem);
    }

    public DevChainSettings withHost(String other) {
        return new DevChainSettings(
                specification,
                data,
                mode,
                finalityLag,
                history,
                other,
                port,
                clock,
                callLimit,
                verifyBlocks,
                unsafeMethods,
                actorSystem);
    }

    public DevChainSettings withPort(int other) {
        return new DevChainSettings(
                specification,
                data,
                mode,
                finalityLag,
                history,
                host,
                other,
                clock,
                callLimit,
                verifyBlocks,
                unsafeMethods,
                actorSystem);
    }

    public DevChainSettings withClock(InstantSource other) {
        return new DevChainSettings(
                specification,
                data,
                mode,
                finalityLag,
                history,
                host,
                port,
                other,
                callLimit,
                verifyBlocks,
                unsafeMethods,
                actorSystem);
    }

    public DevChainSettings withCallLimit(Duration other) {
        return new DevChainSettings(
                specification,
                data,
                mode,
                finalityLag,
                history,
                host,
                port,
                clock,
                other,
                verifyBlocks,
                unsafeMethods,
                actorSystem);
    }

    public DevChainSettings withVerifyBlocks(boolean other) {
        return new DevChainSettings(
                specification,
                data,
                mode,
                finalityLag,
                history,
                host,
                port,
                clock,
                callLimit,
                other,
                unsafeMethods,
                actorSystem);
    }

    public DevChainSettings withUnsafeMethods(boolean other) {
        return new DevChainSettings(
                specification,
                data,
                mode,
                finalityLag,
                history,
                host,
                port,
                clock,
                callLimit,
                verifyBlocks,
                other,
                actorSystem);
    }

    public DevChainSettings withActorSystem(ClassicActorSystemProvider other) {
        return new DevChainSettings(
                specification,
                data,
                mode,
                finalityLag,
                history,
                host,
                port,
                clock,
                callLimit,
                verifyBlocks,
                unsafeMethods,
                Optional.of(other));
    }
}
