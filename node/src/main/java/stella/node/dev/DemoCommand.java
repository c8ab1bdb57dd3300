package stella.node.dev;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stella.node.api.client.ApiClient;
import stella.node.api.document.DealView;
import stella.node.api.document.ReputationView;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.ProcessEnding;
import stella.node.cli.Rows;

/** {@code stella demo}: the whole story in one command. */
@Command(
        name = "demo",
        header = "Store, prove, inspect, rate and fetch back one file, on a network made for it.",
        description = {
            "Starts a network of real nodes over a real chain in this process, tells each step, and ends the network.",
            "Ends with 0 only if all of it held.",
            "JSON keys: network, genesis, cid, pieceCid, request, deals [{id, store, state, proofs}],",
            "fetched {bytes, sha256, equal}, reputation [{role, account, name, scorePpm, standing, items}], blocks, seconds."
        },
        footer = {
            "  stella demo                          a small trained model that comes with Stella",
            "  stella demo model.tflite",
            "  stella demo photo.jpg --keep         the network stays, as after `stella dev`",
            "  stella demo README.md --output json"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration BLOCK_TIME = Duration.ofMillis(500);

    private final Console console;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Any file; a small model when left out.")
    private @Nullable Path file;

    @Option(names = "--keep", description = "Leave the network up, with the ports and in the data folder of `dev`.")
    private boolean keep;

    @Mixin
    private NetworkOptions options = new NetworkOptions();

    public DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long started = System.nanoTime();
        Path source = readable(file != null ? file : model());
        Path work = Files.createTempDirectory("stella-demo-");
        try {
            Path data = work.resolve("network");
            DevSettings settings = keep
                    ? options.settings(data, BLOCK_TIME, DevCommand.HTTP_PORT, DevCommand.RPC_PORT)
                    : options.settings(data, BLOCK_TIME, 0, 0);
            try (DevNetwork network = Starting.of(settings)) {
                boolean held = run(network, source, work, started);
                if (held && keep) stay(network);
                return held ? ExitCode.OK.number() : ExitCode.INTEGRITY.number();
            }
        } catch (IOException | InterruptedException e) {
            if (!ProcessEnding.hasBegun()) throw e;
            console.say("interrupted: the demo's network is gone, and nothing of it is left behind");
            return ExitCode.INTERRUPTED.number();
        } finally {
            delete(work);
        }
    }

    private boolean run(DevNetwork network, Path source, Path work, long started)
            throws IOException, InterruptedException {
        ChainWatch watch = new ChainWatch();
        try (var _ = network.ledger().follow(watch::see);
                ApiClient client = Demo.client(network)) {
            Demo.Story story = new Demo(console, network, watch, work, started).tell(source, client);
            report(network, client, watch, story, (System.nanoTime() - started) / 1e9);
            return story.equal();
        }
    }

    private void report(DevNetwork network, ApiClient client, ChainWatch watch, Demo.Story story, double seconds)
            throws IOException {
        List<DealView> deals = client.deals(Optional.empty(), 100).deals().stream()
                .filter(deal -> deal.request() == story.request())
                .toList();
        List<ReputationView> reputation = client.reputation().reputation();
        if (console.format().isJson()) {
            List<Object> dealFacts = new ArrayList<>();
            for (DealView deal : deals)
                dealFacts.add(Facts.of("id", deal.id())
                        .and("store", String.valueOf(deal.storeName()))
                        .and("state", deal.state())
                        .and("proofs", deal.proofs())
                        .asMap());
            console.document(Facts.of("network", network.info().name())
                    .and("genesis", network.info().genesis())
                    .and("cid", story.content().root())
                    .and("pieceCid", story.content().piece().cid())
                    .and("request", story.request())
                    .and("deals", dealFacts)
                    .and(
                            "fetched",
                            Facts.of("bytes", story.fetchedBytes())
                                    .and("sha256", story.sha256())
                                    .and("equal", story.equal()))
                    .and(
                            "reputation",
                            reputation.stream().map(view -> row(view).asMap()).toList())
                    .and("blocks", watch.height())
                    .and("seconds", Math.round(seconds * 10) / 10.0));
            return;
        }
        console.say("");
        try (Rows rows = console.rows("role", "name", "account", "scorePpm", "standing", "items")) {
            for (ReputationView view : reputation) rows.add(row(view));
        }
        console.say(String.format("%nall of it held: %d blocks, %.1f s", watch.height(), seconds));
        if (!keep) console.next("stella dev");
    }

    private static Facts row(ReputationView view) {
        return Facts.of("role", view.role())
                .and("account", view.account())
                .and("name", view.name() == null ? "" : view.name())
                .and("scorePpm", view.scorePpm())
                .and("standing", view.standing())
                .and("items", view.items());
    }

    private void stay(DevNetwork network) {
        Informant informant = new Informant(console);
        try (var _ = network.ledger().follow(informant::block)) {
            console.say("the network stays until Ctrl-C: " + network.info().api());
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            console.say("stopping");
        }
    }

    private static Path readable(Path source) {
        if (Files.isDirectory(source))
            throw CommandException.of(ExitCode.USAGE, "not-a-file", source + " is a directory, and demo takes one file")
                    .hint("run `stella dev`, then `stella put " + source + "`");
        if (!Files.exists(source))
            throw CommandException.of(ExitCode.NOT_FOUND, "file-missing", "there is no file " + source);
        if (!Files.isReadable(source))
            throw CommandException.of(ExitCode.FAILED, "file-unreadable", source + " cannot be read")
                    .hint("check its permissions");
        return source;
    }

    /** The model that comes with Stella; the launcher says where Stella is. */
    private static Path model() {
        return Path.of(System.getProperty("stella.home", "."), "examples", "digits.onnx");
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
