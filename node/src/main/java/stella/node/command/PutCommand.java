package stella.node.command;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stella.node.api.client.ApiClient;
import stella.node.api.client.PieceUpload;
import stella.node.api.document.Amounts;
import stella.node.api.document.NodeStatus;
import stella.node.api.document.PlacementEvent;
import stella.node.api.document.PlacementOrder;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.ProgressLine;
import stella.node.content.CarImport;
import stella.node.content.Imported;
import stella.protocol.unixfs.Profile;

/** {@code stella put}. */
@Command(
        name = "put",
        header = "Store a file or directory with Stores of the network.",
        description = {
            "Packs it into a piece, brings the piece to the node, requests storage on chain, and waits until every replica is proven.",
            "JSON keys: cid, pieceCid, profile, contentBytes, carBytes, key, priceMax, reserve, request, state, deals [id, store, storeName, state]."
        },
        footer = {
            "  stella put model.tflite",
            "  stella put photos/ --replicas 3 --periods 100 --max-price 0.5",
            "  stella put model.tflite --dry-run          what it would cost",
            "  stella put model.tflite --output json | jq -r .cid"
        })
public final class PutCommand extends NodeCommand {
    private static final String STDIN = "-";

    @Parameters(paramLabel = "FILE|DIR|-", description = "What to store; - is standard input.")
    private String source = "";

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "2",
            description = "Stores that keep a copy (default: ${DEFAULT-VALUE}).")
    private int replicas;

    @Option(
            names = "--periods",
            paramLabel = "N",
            defaultValue = "30",
            description = "Proving periods it is kept (default: ${DEFAULT-VALUE}).")
    private long periods;

    @Option(
            names = "--max-price",
            paramLabel = "STL",
            description = "Most to pay per GiB and period, such as 0.5 or 20planck (default: what fitting Stores ask).")
    private Optional<String> maxPrice = Optional.empty();

    @Option(
            names = "--account",
            paramLabel = "NAME|SURI",
            description = "Who pays: an account of the node, or a secret URI (default: the node's first).")
    private Optional<String> account = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "P",
            defaultValue = "unixfs-v1-2025",
            description =
                    "How content is cut into blocks, which decides its CID: unixfs-v1-2025 (default), kubo-cidv1 or unixfs-v0-2015.")
    private Profile profile = Profile.UNIXFS_V1_2025;

    @Option(
            names = "--wait",
            paramLabel = "STATE",
            defaultValue = "ACTIVE",
            description = "How far to wait: requested (on chain), taken (by every Store) or active (proven; default).")
    private Wait wait = Wait.ACTIVE;

    @Option(names = "--dry-run", description = "Only say what it would be and cost.")
    private boolean dryRun;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Name of the intent: the same key never pays twice (default: a fresh one).")
    private String key = "put-" + UUID.randomUUID();

    public PutCommand(Console console) {
        super(console);
    }

    @Override
    String resumption() {
        if (source.equals(STDIN)) return "";
        return spec().commandLine().getParseResult().hasMatchedOption("--key")
                ? TypedArguments.again(spec())
                : TypedArguments.again(spec(), "--key", key);
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        Optional<BigInteger> limit = maxPrice.map(PutCommand::price);
        checkSource();
        NodeStatus status = client.status();
        try (WorkFolder work = WorkFolder.in(options().data().resolve("put"))) {
            Path car = work.resolve("content.car");
            Imported imported = pack(car, interruption);
            if (dryRun) return quote(client, imported, limit);
            upload(client, imported, car, interruption);
            return place(client, imported, order(imported, limit, status));
        }
    }

    private void checkSource() {
        if (source.equals(STDIN)) return;
        Path path = Path.of(source);
        if (!Files.exists(path))
            throw CommandException.of(ExitCode.NOT_FOUND, "file-missing", "there is no file or directory " + source)
                    .hint("name an existing one, or - for standard input");
        if (!Files.isReadable(path))
            throw CommandException.of(ExitCode.FAILED, "access-denied", "the system denies access to " + source)
                    .hint("see its owner and rights with ls -ld");
    }

    private static BigInteger price(String text) {
        try {
            BigInteger price = Amounts.parse(text);
            if (price.signum() > 0) return price;
        } catch (IllegalArgumentException e) {
            throw CommandException.of(ExitCode.USAGE, "usage", String.valueOf(e.getMessage()));
        }
        throw CommandException.of(ExitCode.USAGE, "usage", "--max-price is above 0")
                .hint("leave it out to pay what fitting Stores ask");
    }

    private Imported pack(Path car, Interruption interruption) throws IOException {
        Imported imported = read(car, interruption);
        console.say("cid " + imported.root() + ": " + Documents.size(imported.contentBytes()) + " in "
                + imported.blocks() + (imported.blocks() == 1 ? " block" : " blocks"));
        console.say("piece " + imported.piece().cid() + ": " + Documents.size(imported.carBytes()) + " to keep, "
                + Documents.size(imported.piece().paddedSize()) + " to pay for");
        return imported;
    }

    private Imported read(Path car, Interruption interruption) throws IOException {
        try (ProgressLine progress = console.progress()) {
            return source.equals(STDIN)
                    ? CarImport.pack(console.in(), car, profile, interruption.checked(progress))
                    : CarImport.pack(Path.of(source), car, profile, interruption.checked(progress));
        }
    }

    private void upload(ApiClient client, Imported imported, Path car, Interruption interruption) throws IOException {
        try (ProgressLine progress = console.progress()) {
            progress.phase("uploading", imported.carBytes());
            client.upload().send(imported.piece(), car, new PieceUpload.Progress() {
                private long shown;

                @Override
                public void at(long bytes) {
                    interruption.check();
                    progress.advance(bytes - shown);
                    shown = bytes;
                }
            });
        }
        console.say("uploaded to the node, which offers it to Stores");
    }

    private PlacementOrder order(Imported imported, Optional<BigInteger> limit, NodeStatus status) {
        String payer = account.or(
                        () -> status.network().accounts().stream().findFirst().map(first -> first.name()))
                .orElseThrow(() -> CommandException.of(
                                ExitCode.NOT_FOUND, "no-such-account", "the node has no account of its own")
                        .hint("name one with --account"));
        return new PlacementOrder(
                imported.root().toString(),
                imported.piece().cid().toString(),
                replicas,
                periods,
                limit.orElse(null),
                payer);
    }

    private ExitCode place(ApiClient client, Imported imported, PlacementOrder order) throws IOException {
        client.place(key, order);
        PlacementReport report = follow(client);
        if (report.failure().isPresent()) throw report.failure().get();
        tell(imported, report);
        return ExitCode.OK;
    }

    private PlacementReport follow(ApiClient client) throws IOException {
        try (ProgressLine progress = console.progress()) {
            PlacementReport report = new PlacementReport(console, progress, replicas);
            client.follow(key, event -> {
                report.hear(event);
                return report.reached()
                        .filter(state -> state.compareTo(wait) >= 0)
                        .isEmpty();
            });
            return report;
        }
    }

    private void tell(Imported imported, PlacementReport report) {
        List<Facts> deals = report.taken().stream()
                .map(deal -> {
                    Facts facts = Facts.of("id", deal.deal()).and("store", deal.store());
                    String name = deal.storeName();
                    if (name != null) facts = facts.and("storeName", name);
                    return facts.and("state", report.isProven(deal.deal()) ? "Active" : "Accepted");
                })
                .toList();
        String state = report.reached().orElse(Wait.REQUESTED).name().toLowerCase(java.util.Locale.ROOT);
        long request = report.request().orElse(-1L);
        if (Documents.wantsJson(console)) {
            Facts facts = imported(imported).and("key", key);
            Optional<PlacementEvent.Quoted> quote = report.quote();
            if (quote.isPresent())
                facts = facts.and("priceMax", quote.get().priceMax().toString())
                        .and("reserve", quote.get().reserve().toString());
            console.facts(facts.and("request", request)
                    .and("state", state)
                    .and("deals", deals.stream().map(Facts::asMap).toList()));
        } else {
            console.facts(Facts.of("cid", imported.root())
                    .and("request", request)
                    .and(
                            "deals",
                            report.taken().stream()
                                    .map(deal ->
                                            deal.deal() + " (" + Documents.who(deal.storeName(), deal.store()) + ")")
                                    .collect(java.util.stream.Collectors.joining(", ")))
                    .and("state", state));
        }
        console.next("./stella get " + imported.root());
    }

    private ExitCode quote(ApiClient client, Imported imported, Optional<BigInteger> limit) throws IOException {
        Quote quote = Quote.of(client.nodes(), imported.piece(), replicas, periods, limit);
        quote.unfit().forEach(line -> console.say("does not fit: " + line));
        if (Documents.wantsJson(console))
            console.facts(imported(imported)
                    .and("priceMax", quote.priceMax().toString())
                    .and("reserve", quote.reserve().toString())
                    .and("fitting", quote.fitting()));
        else
            console.facts(Facts.of("cid", imported.root())
                    .and("piece", imported.piece().cid())
                    .and(
                            "costs at most",
                            Amounts.text(quote.reserve()) + " for " + replicas + " replicas and " + periods
                                    + " periods")
                    .and("price", "up to " + Amounts.text(quote.priceMax()) + " per GiB and period")
                    .and("fitting Stores", quote.fitting().isEmpty() ? "none" : String.join(", ", quote.fitting())));
        if (quote.fitting().size() < replicas)
            throw CommandException.of(
                            ExitCode.REFUSED,
                            "no-store-fits",
                            replicas + " Stores are needed and "
                                    + quote.fitting().size() + " fit")
                    .hint("ask for fewer --replicas or --periods, or raise --max-price");
        console.next(TypedArguments.without(spec(), "--dry-run"));
        return ExitCode.OK;
    }

    private Facts imported(Imported imported) {
        return Facts.of("cid", imported.root())
                .and("pieceCid", imported.piece().cid())
                .and("profile", profile)
                .and("contentBytes", imported.contentBytes())
                .and("carBytes", imported.carBytes());
    }
}
