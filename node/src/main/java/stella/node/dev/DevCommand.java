package stella.node.dev;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;

/** {@code stella dev}: a network that stays until Ctrl-C. */
@Command(
        name = "dev",
        header = "Run a whole network in this process: a real chain, Stores, Fetches, Inspectors.",
        description = {
            "State lives in the data folder; the next start with the same folder goes on with the same chain and deals.",
            "The accounts are funded development accounts whose keys everybody knows: never use them elsewhere."
        },
        footer = {
            "  stella dev",
            "  stella dev --stores 5 --block-time 500ms",
            "  stella dev --data /tmp/net --http 8081 --rpc 9945"
        })
public final class DevCommand implements Callable<Integer> {
    static final int HTTP_PORT = 8080;
    static final int RPC_PORT = 9944;
    static final Duration BLOCK_TIME = Duration.ofSeconds(1);

    private final Console console;

    @Mixin
    private NetworkOptions options = new NetworkOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the network's state (default $STELLA_DATA, else ~/.local/share/stella/dev).")
    private @Nullable Path data;

    @Option(
            names = "--http",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of API and gateway (default 8080; 0 takes any free one).")
    private int httpPort = HTTP_PORT;

    @Option(
            names = "--rpc",
            paramLabel = "PORT",
            defaultValue = "9944",
            description = "Port of the chain's JSON-RPC (default 9944; 0 takes any free one).")
    private int rpcPort = RPC_PORT;

    public DevCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        long started = System.nanoTime();
        Path folder = data != null ? data : DataFolder.byDefault(System.getenv());
        DevSettings settings = options.settings(folder, BLOCK_TIME, httpPort, rpcPort);
        try (DevNetwork network = Starting.of(settings)) {
            Informant informant = new Informant(console);
            informant.ready(network.info(), (System.nanoTime() - started) / 1e9);
            try (var _ = network.ledger().follow(informant::block)) {
                new CountDownLatch(1).await(); // until Ctrl-C interrupts
            } catch (InterruptedException e) {
                console.say("stopping; `stella dev --data " + folder + "` goes on from here");
            }
        }
        return ExitCode.INTERRUPTED.number();
    }
}
