package stella.devchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import stella.devchain.chain.Archive;
import stella.devchain.chain.BlockTree;
import stella.devchain.chain.Chain;
import stella.devchain.chain.ChainClock;
import stella.devchain.chain.ChainControl;
import stella.devchain.chain.Genesis;
import stella.devchain.host.RuntimeLoader;
import stella.devchain.rpc.RpcServer;
import stella.devchain.rpc.StandardMethods;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * A development chain in this process: a real FRAME runtime, real blocks, and the JSON-RPC of a Substrate node. Closing it finishes the block in the making
 * and writes everything down.
 */
public final class DevChain implements AutoCloseable {
    private static final String NAME = "Stella Development";
    private static final String PRESET = "development";
    static final String PROPERTIES = "{\"ss58Format\":42,\"tokenDecimals\":12,\"tokenSymbol\":\"STL\"}";

    private static final String SYSTEM_CONFIG = """
        pekko {
          loglevel = WARNING
          stdout-loglevel = WARNING
          jvm-shutdown-hooks = off
          coordinated-shutdown.run-by-jvm-shutdown-hook = off
          http.server.websocket.periodic-keep-alive-max-idle = 20s
          http.server.parsing.max-content-length = 16m
          actor.default-dispatcher.fork-join-executor { parallelism-min = 2, parallelism-max = 4 }
        }
        """;

    private final Chain chain;
    private final Archive archive;
    private final Sealing sealing;
    private final DevControl control;
    private final RpcServer server;
    private final Optional<ActorSystem> ownSystem;
    private final String host;

    private DevChain(
            Chain chain,
            Archive archive,
            Sealing sealing,
            DevControl control,
            RpcServer server,
            Optional<ActorSystem> ownSystem,
            String host) {
        this.chain = chain;
        this.archive = archive;
        this.sealing = sealing;
        this.control = control;
        this.server = server;
        this.ownSystem = ownSystem;
        this.host = host;
    }

    /**
     * Starts, and answers once clients can connect.
     *
     * @throws PortInUseException when another process has the port
     * @throws stella.devchain.chain.ChainDataException when the data folder is in use, damaged, or another chain's
     * @throws IllegalArgumentException when the specification is none
     */
    public static DevChain start(DevChainSettings settings) {
        // The actor system takes as long to start as the runtime takes to load, so they do it side by side.
        CompletableFuture<Optional<ActorSystem>> starting = CompletableFuture.supplyAsync(
                () -> settings.actorSystem().isPresent() ? Optional.empty() : Optional.of(ownActorSystem()));
        Archive archive = settings.data().map(Archive::in).orElseGet(Archive::inMemory);
        Sealing sealing = null;
        try {
            Bytes wasm = StellaRuntime.wasm();
            RuntimeLoader loader = new RuntimeLoader(
                    StellaRuntime.prebuilt(wasm), DevChain::compileInBackground, settings.callLimit());
            Genesis genesis = settings.specification()
                    .map(file -> Genesis.fromSpecification(readSpecification(file)))
                    .orElseGet(() -> Genesis.fromPreset(NAME, PROPERTIES, wasm, PRESET, loader));
            BlockTree blocks = BlockTree.open(archive, genesis, loader, settings.history());
            if (settings.specification().isPresent()) blocks.requireGenesis(genesis, loader);
            ChainClock clock = new ChainClock(settings.clock());
            Chain chain = new Chain(blocks, loader, clock, settings.verifyBlocks());
            Sealing author = new Sealing(chain, settings.mode(), settings.finalityLag());
            sealing = author;
            DevControl control = new DevControl(chain, new ChainControl(chain, clock), author);
            boolean unsafe = settings.unsafeMethods() || isLoopback(settings.host());
            Optional<ActorSystem> own = starting.join();
            ClassicActorSystemProvider system = own.<ClassicActorSystemProvider>map(mine -> mine)
                    .or(settings::actorSystem)
                    .orElseThrow();
            RpcServer server = RpcServer.start(
                    system,
                    settings.host(),
                    settings.port(),
                    StandardMethods.of(chain, genesis, author::transactionCame, control, unsafe));
            author.begin();
            return new DevChain(chain, archive, author, control, server, own, settings.host());
        } catch (RuntimeException e) {
            if (sealing != null) sealing.close();
            archive.close();
            starting.join().ifPresent(ActorSystem::terminate);
            throw e;
        }
    }

    /** Where clients connect: {@code ws://host:port}. */
    public URI rpcUri() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("ws://" + name + ":" + server.address().getPort());
    }

    public Hash genesisHash() {
        return chain.blocks().genesis();
    }

    public long bestNumber() {
        return chain.blocks().best().number();
    }

    /** Makes a block now, whatever the mode, and answers its hash. */
    public Hash newBlock() {
        return control.newBlock().hash();
    }

    /** Forks, travels in time, altered storage and the like, for callers in this process. */
    public DevControl control() {
        return control;
    }

    /** The chain itself, for callers in this process. */
    public Chain chain() {
        return chain;
    }

    @Override
    public void close() {
        server.close();
        sealing.close();
        archive.close();
        ownSystem.ifPresent(DevChain::stop);
    }

    private static ActorSystem ownActorSystem() {
        return ActorSystem.create(
                "stella-dev-chain",
                ConfigFactory.parseString(SYSTEM_CONFIG)
                        .withFallback(ConfigFactory.defaultReferenceUnresolved())
                        .resolve(),
                DevChain.class.getClassLoader());
    }

    private static void stop(ActorSystem system) {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private static void compileInBackground(Runnable compilation) {
        Thread.ofPlatform().name("runtime-compiler").daemon().start(compilation);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static JsonNode readSpecification(Path file) {
        try (InputStream plain = new BufferedInputStream(Files.newInputStream(file))) {
            plain.mark(2);
            boolean zipped = plain.read() == 0x1f && plain.read() == 0x8b;
            plain.reset();
            JsonNode specification = new ObjectMapper().readTree(zipped ? new GZIPInputStream(plain) : plain);
            if (specification == null || !specification.isObject())
                throw new IllegalArgumentException(file + " is no chain specification: it is not a JSON object");
            return specification;
        } catch (IOException e) {
            throw new UncheckedIOException("the chain specification " + file + " cannot be read", e);
        }
    }
}
