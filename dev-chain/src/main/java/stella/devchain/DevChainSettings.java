package stella.devchain;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.pekko.actor.ClassicActorSystemProvider;

/**
 * How a development chain runs. Begin with {@link #standard} and change what differs.
 *
 * @param specification a raw chain specification (JSON, also gzipped); Stella's own development chain when empty
 * @param data the folder that keeps the chain over a restart; in memory only when empty
 * @param mode when blocks are made
 * @param host the address to listen on; loopback unless others shall reach it
 * @param port the port to listen on; 0 takes any free one, see {@link DevChain#rpcUri}
 * @param clock where the time in blocks comes from
 * @param verifyBlocks whether every authored block is executed once more, as a node would that receives it
 * @param unsafeMethods whether {@code dev_*} methods are offered also when the host is not loopback
 * @param actorSystem what the server runs on; a small one of its own when empty
 */
public record DevChainSettings(
        Optional<Path> specification,
        Optional<Path> data,
        BlockMode mode,
        String host,
        int port,
        InstantSource clock,
        boolean verifyBlocks,
        boolean unsafeMethods,
        Optional<ClassicActorSystemProvider> actorSystem) {
    /** Stella's development chain in memory, a block every second, on any free port of loopback. */
    public static DevChainSettings standard() {
        return new DevChainSettings(
                Optional.empty(),
                Optional.empty(),
                BlockMode.interval(Duration.ofSeconds(1)),
                "127.0.0.1",
                0,
                InstantSource.system(),
                false,
                false,
                Optional.empty());
    }

    public DevChainSettings withSpecification(Path other) {
        return new DevChainSettings(
                Optional.of(other), data, mode, host, port, clock, verifyBlocks, unsafeMethods, actorSystem);
    }

    public DevChainSettings withData(Path other) {
        return new DevChainSettings(
                specification, Optional.of(other), mode, host, port, clock, verifyBlocks, unsafeMethods, actorSystem);
    }

    public DevChainSettings withMode(BlockMode other) {
        return new DevChainSettings(
                specification, data, other, host, port, clock, verifyBlocks, unsafeMethods, actorSystem);
    }

    public DevChainSettings withHost(String other) {
        return new DevChainSettings(
                specification, data, mode, other, port, clock, verifyBlocks, unsafeMethods, actorSystem);
    }

    public DevChainSettings withPort(int other) {
        return new DevChainSettings(
                specification, data, mode, host, other, clock, verifyBlocks, unsafeMethods, actorSystem);
    }

    public DevChainSettings withClock(InstantSource other) {
        return new DevChainSettings(
                specification, data, mode, host, port, other, verifyBlocks, unsafeMethods, actorSystem);
    }

    public DevChainSettings withVerifyBlocks(boolean other) {
        return new DevChainSettings(specification, data, mode, host, port, clock, other, unsafeMethods, actorSystem);
    }

    public DevChainSettings withUnsafeMethods(boolean other) {
        return new DevChainSettings(specification, data, mode, host, port, clock, verifyBlocks, other, actorSystem);
    }

    public DevChainSettings withActorSystem(ClassicActorSystemProvider other) {
        return new DevChainSettings(
                specification, data, mode, host, port, clock, verifyBlocks, unsafeMethods, Optional.of(other));
    }
}
