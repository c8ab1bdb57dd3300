package stella.node.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import stella.node.api.client.ApiClient;
import stella.node.api.client.NodeAddress;
import stella.node.api.document.Amounts;
import stella.node.api.document.NetworkInfo;
import stella.node.api.document.PlacementEvent;
import stella.node.api.document.PlacementOrder;
import stella.node.api.document.PlacementView;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.ProgressLine;
import stella.node.content.CarImport;
import stella.node.content.Extraction;
import stella.node.content.Imported;
import stella.protocol.Digests;
import stella.protocol.chain.Constants;
import stella.protocol.chain.Event;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.Profile;

/**
 * The whole story of one file on a running network, through the same HTTP that any client uses: store, prove twice, inspect a full
 * epoch, rate, fetch back, compare. Each step fails by itself when the chain passes the block by which it must have happened.
 */
final class Demo {
    private static final int REPLICAS = 2;
    private static final int PERIODS = 30;

    private final Console console;
    private final DevNetwork network;
    private final ChainWatch watch;
    private final Path work;
    private final long started;

    /** What was seen; the keys of {@code --output json} come from here. */
    record Story(
            Imported content,
            long request,
            SortedMap<Long, String> stores,
            long epoch,
            long fetchedBytes,
            String sha256,
            boolean equal) {}

    Demo(Console console, DevNetwork network, ChainWatch watch, Path work, long started) {
        this.console = console;
        this.network = network;
        this.watch = watch;
        this.work = work;
        this.started = started;
    }

    Story tell(Path file, ApiClient client) throws IOException, InterruptedException {
        NetworkInfo info = network.info();
        step(
                "network",
                info.name() + " is ready: " + count(info, "Store") + ", " + count(info, "Fetch") + ", "
                        + count(info, "Inspector") + " over a real chain in this process");
        more("genesis " + info.genesis());
        more("rpc " + info.rpc() + "   gateway " + info.gateway());

        Imported content = store(file, client);
        SortedMap<Long, String> stores = new TreeMap<>();
        long request = place(content, client, stores);
        long epoch = proveAndInspect(stores);
        return fetch(file, client, content, request, stores, epoch);
    }

    private Imported store(Path file, ApiClient client) throws IOException {
        Path car = work.resolve("content.car");
        Imported content;
        try (ProgressLine progress = console.progress()) {
            content = CarImport.pack(file, car, Profile.UNIXFS_V1_2025, progress);
            progress.phase("uploading", content.carBytes());
            long[] before = {0};
            client.upload().send(content.piece(), car, bytes -> {
                progress.advance(bytes - before[0]);
                before[0] = bytes;
            });
        }
        Files.delete(car);
        step(
                "content",
                file.getFileName() + ", " + bytes(content.contentBytes()) + " in " + content.blocks()
                        + (content.blocks() == 1 ? " block" : " blocks"));
        more("CID   " + content.root());
        more("piece " + content.piece().cid());
        return content;
    }

    private long place(Imported content, ApiClient client, SortedMap<Long, String> stores) throws IOException {
        PlacementView placement = client.place(
                "demo-" + content.root(),
                new PlacementOrder(
                        content.root().toString(), content.piece().cid().toString(), REPLICAS, PERIODS, null, "alice"));
        long[] request = {-1};
        client.follow(placement.id(), event -> {
            told(event, request, stores);
            return true;
        });
        return request[0];
    }

    private void told(PlacementEvent event, long[] request, SortedMap<Long, String> stores) {
        switch (event) {
            case PlacementEvent.Quoted quoted ->
                step(
                        "quote",
                        Amounts.text(quoted.reserve()) + " for " + REPLICAS + " replicas over " + PERIODS
                                + " proving periods, set aside from alice's credits");
            case PlacementEvent.Requested requested -> {
                request[0] = requested.request();
                step("request", "request " + requested.request() + " is on chain in block " + requested.block());
            }
            case PlacementEvent.Taken taken -> {
                stores.put(taken.deal(), String.valueOf(taken.storeName()));
                step(
                        "deal",
                        "deal " + taken.deal() + ": " + taken.storeName()
                                + " pulled the piece, verified every block, and accepted at "
                                + Amounts.text(taken.price())
                                + " per GiB and period");
            }
            case PlacementEvent.Declined declined -> step("declined", declined.storeName() + ": " + declined.reason());
            case PlacementEvent.Proved proved ->
                step(
                        "proof",
                        "deal " + proved.deal() + " is Active: the chain verified " + proved.storeName()
                                + "'s first possession proof in block " + proved.block());
            case PlacementEvent.Failed failed ->
                throw CommandException.of(ExitCode.REFUSED, failed.code(), failed.message())
                        .hint(failed.hint());
            case PlacementEvent.Offered _,
                    PlacementEvent.Transferring _,
                    PlacementEvent.Active _,
                    PlacementEvent.Waiting _ -> {}
        }
    }

    private long proveAndInspect(SortedMap<Long, String> stores) throws InterruptedException {
        Constants constants = network.ledger().constants();
        long active = 0;
        for (long deal : stores.keySet()) {
            var seen = need(
                    event -> event instanceof Event.DealActivated activated && activated.deal() == deal,
                    watch.height() + 1,
                    "deal " + deal + " was never activated");
            active = Math.max(active, seen.block());
        }
        for (long deal : stores.keySet()) {
            var seen = need(
                    event -> event instanceof Event.ProofAccepted proof && proof.deal() == deal,
                    active + constants.provingPeriod() + 1,
                    "deal " + deal + " was not proved in its first period");
            Event.ProofAccepted proof = (Event.ProofAccepted) seen.event();
            step(
                    "proof",
                    "deal " + deal + ": period " + proof.period() + " proved in block " + seen.block() + ", "
                            + stores.get(deal) + " earned " + Amounts.text(proof.paid()));
        }

        // The first epoch that began with both deals active: inspected in it, said in the next, attested in the one
        // after.
        long epoch = active / constants.epochLength() + 1;
        long next = (epoch + 1) * constants.epochLength();
        need(
                event -> event instanceof Event.VerdictsCommitted said && said.epoch() == epoch,
                next + constants.epochLength() / 2 + 1,
                "no Inspector committed to what it saw in epoch " + epoch);
        step(
                "inspected",
                "epoch " + epoch
                        + ": Inspectors fetched items unannounced, like any client, and commit to their verdicts");
        need(
                event -> event instanceof Event.VerdictsRevealed said && said.epoch() == epoch,
                next + constants.epochLength() + 1,
                "no Inspector revealed what it saw in epoch " + epoch);
        var adopted = need(
                event -> event instanceof Event.ReputationAdopted found && found.epoch() == epoch,
                next + 2 * constants.epochLength() + 1,
                "epoch " + epoch + " found no quorum");
        long verdicts = 0;
        List<ChainWatch.Seen> reveals =
                watch.all(event -> event instanceof Event.VerdictsRevealed said && said.epoch() == epoch);
        for (ChainWatch.Seen seen : reveals) verdicts += ((Event.VerdictsRevealed) seen.event()).verdicts();
        step("revealed", "epoch " + epoch + ": " + reveals.size() + " Inspectors revealed " + verdicts + " verdicts");
        step(
                "rated",
                "epoch " + epoch + ": the chain adopted the reputation that they attested, in block "
                        + adopted.block());
        return epoch;
    }

    private Story fetch(
            Path file, ApiClient client, Imported content, long request, SortedMap<Long, String> stores, long epoch)
            throws IOException {
        Path copy = work.resolve("copy");
        try (ProgressLine progress = console.progress()) {
            ContentReader reader =
                    new ContentReader(client.blocks(network.info().gateway()));
            Extraction.write(reader, content.root(), copy, progress);
        }
        String original = sha256(file);
        String fetched = sha256(copy);
        boolean equal = original.equals(fetched) && Files.mismatch(file, copy) < 0;
        step(
                "fetched",
                bytes(Files.size(copy)) + " through the gateway, every block verified here: "
                        + (equal ? "equal to the original" : "NOT equal to the original"));
        more("SHA-256 " + fetched);
        return new Story(content, request, stores, epoch, Files.size(copy), fetched, equal);
    }

    private ChainWatch.Seen need(Predicate<Event> wanted, long deadline, String otherwise) throws InterruptedException {
        ChainWatch.Seen seen = watch.await(wanted, deadline);
        if (seen == null) throw failed(otherwise + " (block " + watch.height() + ")");
        return seen;
    }

    private CommandException failed(String what) {
        return CommandException.of(ExitCode.FAILED, "demo-failed", what)
                .because("the log of the network is in " + network.info().dataDir() + "/log")
                .hint("run again with --keep and look at `stella deal ls` and `stella reputation ls`");
    }

    private void step(String what, String text) {
        console.say(String.format("[%5.1f s] %-10s %s", (System.nanoTime() - started) / 1e9, what, text));
    }

    private void more(String text) {
        console.say(" ".repeat(21) + text);
    }

    private static String count(NetworkInfo info, String role) {
        long count =
                info.nodes().stream().filter(node -> node.role().equals(role)).count();
        return count + " " + role + (count == 1 ? "" : role.endsWith("h") ? "es" : "s");
    }

    private static String bytes(long count) {
        return String.format("%,d bytes", count);
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (var in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read; (read = in.read(buffer)) >= 0; ) digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A client of the network's API. */
    static ApiClient client(DevNetwork network) {
        return new ApiClient(new NodeAddress(network.info().api(), "this process"));
    }
}
