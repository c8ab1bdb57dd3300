package stella.devchain.rpc;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import stella.devchain.PortInUseException;

/**
 * Serves JSON-RPC 2.0 over WebSocket and HTTP POST on one port. Requests run on the server's own threads, since a call of the runtime may take long; what
 * one client does never blocks another.
 */
public final class RpcServer implements AutoCloseable {
    /** The longest message that is taken. */
    public static final int MESSAGE_BYTES_MAX = 16 << 20;

    private static final long STACK_BYTES = 16 << 20;
    private static final int STOP_SECONDS = 5;

    private final ServerBinding binding;
    private final ExecutorService workers;

    private RpcServer(ServerBinding binding, ExecutorService workers) {
        this.binding = binding;
        this.workers = workers;
    }

    /**
     * Binds and serves.
     *
     * @param port 0 takes any free one
     * @throws PortInUseException when another process has the port
     */
    public static RpcServer start(ClassicActorSystemProvider system, String host, int port, RpcMethods methods) {
        ExecutorService workers = Executors.newFixedThreadPool(
                Math.max(4, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform()
                        .name("dev-chain-rpc-", 0)
                        .daemon()
                        .stackSize(STACK_BYTES)
                        .factory());
        RpcHttp http = new RpcHttp(system, new RpcDispatcher(methods), workers);
        CompletionStage<ServerBinding> bound =
                Http.get(system).newServerAt(host, port).bind(http::handle);
        try {
            return new RpcServer(bound.toCompletableFuture().join(), workers);
        } catch (CompletionException e) {
            workers.shutdown();
            for (Throwable cause = e; cause != null; cause = cause.getCause())
                if (cause instanceof BindException) throw new PortInUseException(host, port, e);
            throw e;
        }
    }

    public InetSocketAddress address() {
        return binding.localAddress();
    }

    @Override
    public void close() {
        binding.terminate(Duration.ofSeconds(1)).toCompletableFuture().join();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) workers.shutdownNow();
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
