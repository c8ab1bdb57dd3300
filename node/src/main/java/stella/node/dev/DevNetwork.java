package stella.node.dev;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.devchain.BlockMode;
import stella.devchain.DevChain;
import stella.devchain.DevChainSettings;
import stella.gateway.client.ChainClient;
import stella.gateway.keys.Ss58;
import stella.gateway.stella.StellaFace;
import stella.node.api.ApiServer;
import stella.node.api.ApiSettings;
import stella.node.api.Network;
import stella.node.api.document.NetworkInfo;
import stella.node.fault.FaultSwitch;
import stella.node.fault.Misbehaviour;
import stella.node.http.Handler;
import stella.node.http.HttpBinding;
import stella.node.http.Listener;
import stella.node.http.OfferFolder;
import stella.node.http.PublishedServer;
import stella.node.http.SourceServer;
import stella.node.ledger.FinalizedFeed;
import stella.node.transfer.DownloadSettings;
import stella.node.transfer.HttpTransfer;
import stella.node.transfer.PieceDownload;
import stella.node.transfer.TransferSettings;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.chain.Block;
import stella.protocol.chain.Call;
import stella.protocol.deal.StorageRequest;
import stella.protocol.piece.Piece;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.roles.Ledger;
import stella.roles.client.Placement;
import stella.roles.client.ReputationWatch;
import stella.roles.inspector.Inspector;
import stella.roles.inspector.InspectorSettings;
import stella.roles.inspector.ReputationAnswer;
import stella.roles.inspector.ReputationQuery;

/**
 * A whole network in this process, over a real chain and real sockets. Closing it stops everything in the opposite order of its
 * start; what is in the data folder goes on with the next start.
 */
public final class DevNetwork implements Network, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DevNetwork.class);

    /** Largest body of one request to the front door; uploads are streamed and have their own limit. */
    private static final int BODY_BYTES_MAX = 1 << 20;

    private static final Duration ASK_MAX = Duration.ofSeconds(5);

    private final DataFolder data;
    private final Path uploads;
    private final SystemChance chance = new SystemChance();
    /** What has been started, newest first. */
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    private final List<StoreNode> stores = new ArrayList<>();
    private final List<FetchNode> fetches = new ArrayList<>();
    private final List<ActorRef<Inspector.Command>> inspectors = new ArrayList<>();
    private final List<NetworkInfo.Node> nodes = new ArrayList<>();
    private final List<RoleId> roles = new ArrayList<>();
    private final List<DevNode> devNodes = new ArrayList<>();

    private @Nullable ActorSystem<SpawnProtocol.Command> system;
    private @Nullable Accounts accounts;
    private @Nullable ActorRef<ReputationWatch.Command> watch;
    private @Nullable Ledger reader;
    private @Nullable NetworkInfo info;
    private volatile @Nullable Block head;

    private DevNetwork(DataFolder data) throws IOException {
        this.data = data;
        this.uploads = data.folder("uploads");
    }

    /**
     * Starts everything and returns when the network is ready for deals.
     *
     * @throws IOException when the data folder cannot be used
     * @throws stella.node.http.PortUnavailableException when the HTTP port is taken
     * @throws stella.devchain.PortInUseException when the RPC port is taken
     */
    public static DevNetwork start(DevSettings settings) throws IOException {
        DataFolder data = DataFolder.open(settings.data());
        LogFile.start(data.folder("log"));
        DevNetwork network = new DevNetwork(data);
        network.running.push(data);
        try {
            network.run(settings);
            return network;
        } catch (IOException | RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    private void run(DevSettings settings) throws IOException {
        Journal.initialiseFiles();
        // The chain and the actor system take about as long to start, and do not need one another yet.
        CompletableFuture<DevChain> starting = onThread("chain", () -> startChain(settings));
        try {
            startSystem();
        } catch (IOException | RuntimeException e) {
            var _ = starting.whenComplete((chain, _) -> {
                if (chain != null) chain.close();
            });
            throw e;
        }
        DevChain chain = Waiting.on(starting);
        running.push(chain);

        ActorSystem<SpawnProtocol.Command> actors = started(system);
        FrontDoor door = new FrontDoor(actors);
        HttpBinding where = new HttpBinding(settings.host(), settings.httpPort(), 4096, 512, BODY_BYTES_MAX);
        Listener front = Waiting.on(Listener.bind(actors, where, door));
        running.push(() -> Waiting.on(front.close()));

        ChainClient client = Waiting.on(ChainClient.connect(chain.rpcUri()));
        running.push(client);
        StellaFace.check(client.runtime().metadata());
        FinalizedFeed feed = new FinalizedFeed(client);
        running.push(feed);
        Accounts signing = new Accounts(actors, client, feed);
        accounts = signing;
        reader = signing.client(Accounts.CLIENTS.getFirst());
        running.push(feed.follow(block -> head = block));
        Block first = Waiting.on(feed.first());

        startNodes(settings, signing, actors, front.url(), first);
        NetworkInfo known = describe(chain.rpcUri(), front.url(), signing);
        info = known;

        ApiServer api = ApiServer.create(
                actors, this, ApiSettings.DEFAULT, data.folder("api").resolve("history"));
        running.push(api);
        ExecutorService disk = threads("offers");
        Handler offered = new SourceServer(actors, new OfferFolder(uploads, disk));
        Handler published = new PublishedServer(actors, digest -> published(digest, inspectors));
        door.open(
                new FrontDoor.Inside(api, offered, published, fetches.getFirst().gateway()));
        data.announce(front.url());
    }

    private static DevChain startChain(DevSettings settings) {
        return DevChain.start(DevChainSettings.standard()
                .withData(settings.data().resolve("chain"))
                .withMode(BlockMode.interval(settings.blockTime()))
                .withHost(settings.host())
                .withPort(settings.rpcPort()));
    }

    private void startSystem() throws IOException {
        String journal = Journal.url(data.folder("journal"));
        // Nothing is persisted before the first account opens, so the database can get ready meanwhile.
        CompletableFuture<Void> prepared = onThread("journal", () -> {
            try {
                Journal.prepare(journal);
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(
                        "the journal in " + data.root() + " cannot be opened: " + e.getMessage(), e);
            }
            return null;
        });
        ActorSystem<SpawnProtocol.Command> actors = Systems.start(journal);
        system = actors;
        try {
            Waiting.on(prepared);
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            running.push(() -> Journal.close(journal));
            running.push(() -> {
                actors.terminate();
                Waiting.on(actors.getWhenTerminated());
            });
        }
    }

    private void startNodes(
            DevSettings settings,
            Accounts signing,
            ActorSystem<SpawnProtocol.Command> actors,
            String frontUrl,
            Block first)
            throws IOException {
        HttpTransfer transfer = new HttpTransfer(TransferSettings.defaults());
        running.push(transfer);
        PieceDownload download = new PieceDownload(TransferSettings.defaults(), DownloadSettings.defaults(), chance);
        running.push(download);
        ExecutorService readers = threads("gateway");
        List<CompletionStage<Void>> registered = new ArrayList<>();

        for (int number = 1; number <= settings.stores(); number++) {
            DevNode node = new DevNode(Role.STORE, number);
            Ledger ledger = signing.open(node.suri());
            StoreNode store = StoreNode.start(
                    node,
                    data.folder("stores").resolve(node.name()),
                    settings.host(),
                    download,
                    ledger,
                    signing,
                    actors,
                    chance);
            running.push(store);
            stores.add(store);
            registered.add(register(node, ledger, store.endpoint(), first));
        }
        for (int number = 1; number <= settings.fetches(); number++) {
            DevNode node = new DevNode(Role.FETCH, number);
            Ledger ledger = signing.open(node.suri());
            FetchNode fetch = FetchNode.start(node, ledger, transfer, signing, actors, readers, chance);
            fetches.add(fetch);
            registered.add(register(node, ledger, fetchUrl(fetch, settings, actors, frontUrl), first));
        }
        for (int number = 1; number <= settings.inspectors(); number++) {
            DevNode node = new DevNode(Role.INSPECTOR, number);
            Ledger ledger = signing.open(node.suri());
            InspectorSettings pace = settings.blockTime().compareTo(Duration.ofSeconds(6)) < 0
                    ? InspectorSettings.FAST
                    : InspectorSettings.DEFAULT;
            inspectors.add(signing.spawn(Inspector.create(node.name(), ledger, transfer, chance, pace), node.name()));
            // Inspectors ask and are not asked: the network's own address stands for them.
            registered.add(register(node, ledger, frontUrl, first));
        }
        registered.forEach(Waiting::on);
        watch = signing.spawn(ReputationWatch.create(roles), "reputation-watch");
    }

    /** The first Fetch is behind the front door, each other one has a port of its own. */
    private String fetchUrl(FetchNode fetch, DevSettings settings, ActorSystem<?> actors, String frontUrl) {
        if (fetch.node().number() == 1) return frontUrl;
        Listener listener = Waiting.on(Listener.bind(actors, HttpBinding.at(settings.host(), 0), fetch.gateway()));
        running.push(() -> Waiting.on(listener.close()));
        return listener.url();
    }

    private CompletionStage<Void> register(DevNode node, Ledger ledger, String endpoint, Block first) {
        String address = Ss58.encode(ledger.account(), Ss58.GENERIC_PREFIX);
        roles.add(new RoleId(node.role(), ledger.account()));
        devNodes.add(node);
        nodes.add(new NetworkInfo.Node(node.name(), node.role().word(), address, endpoint));
        return Registration.ensure(ledger, node, endpoint, StoreNode.CAPACITY, first);
    }

    private NetworkInfo describe(URI rpc, String url, Accounts signing) {
        List<NetworkInfo.Account> clients = signing.clients().entrySet().stream()
                .map(entry -> new NetworkInfo.Account(entry.getKey(), entry.getValue()))
                .toList();
        return new NetworkInfo(
                "stella-dev",
                ledger().genesis().toString(),
                rpc.toString(),
                url,
                url,
                data.root().toString(),
                "STL",
                12,
                nodes,
                clients);
    }

    @Override
    public NetworkInfo info() {
        return started(info);
    }

    @Override
    public Ledger ledger() {
        return started(reader);
    }

    @Override
    public Optional<Block> head() {
        return Optional.ofNullable(head);
    }

    @Override
    public void place(String key, String account, StorageRequest terms, ActorRef<Placement.Progress> listener) {
        Ledger ledger = started(accounts).client(account);
        started(accounts).spawn(Placement.create(ledger, chance, key, terms, listener), "");
    }

    @Override
    public String sourceUrl(Piece piece) {
        return info().api() + OfferFolder.urlPath(piece);
    }

    @Override
    public Path uploads() {
        return uploads;
    }

    @Override
    public CompletionStage<Boolean> misbehave(String node, Misbehaviour how) {
        Optional<FaultSwitch> faults = stores.stream()
                .filter(store -> store.node().name().equals(node))
                .map(StoreNode::faults)
                .findFirst()
                .or(() -> fetches.stream()
                        .filter(fetch -> fetch.node().name().equals(node))
                        .map(FetchNode::faults)
                        .findFirst());
        faults.ifPresent(found -> found.set(how));
        return CompletableFuture.completedFuture(faults.isPresent());
    }

    @Override
    public CompletionStage<ReputationAnswer.Explanation> explain(RoleId id) {
        return AskPattern.ask(
                inspector(),
                replyTo -> new ReputationQuery.Why(id, replyTo),
                ASK_MAX,
                started(system).scheduler());
    }

    @Override
    public CompletionStage<ReputationAnswer.Past> history(RoleId id) {
        return AskPattern.ask(
                inspector(),
                replyTo -> new ReputationQuery.History(id, replyTo),
                ASK_MAX,
                started(system).scheduler());
    }

    /** One appeal an epoch is one intent, whoever asks for it how often. */
    @Override
    public CompletionStage<Optional<Ledger.Submission>> appeal(String node) {
        Optional<DevNode> own =
                devNodes.stream().filter(known -> known.name().equals(node)).findFirst();
        Block newest = head;
        if (own.isEmpty() || newest == null) return CompletableFuture.completedFuture(Optional.empty());
        Ledger ledger = started(accounts).open(own.get().suri());
        long epoch = newest.number() / ledger.constants().epochLength();
        return ledger.submit(
                        "appeal/" + own.get().role() + "/" + epoch,
                        new Call.Appeal(own.get().role()))
                .thenApply(Optional::of);
    }

    @Override
    public CompletionStage<List<Alarm>> alarms() {
        CompletionStage<List<Alarm>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (StoreNode store : stores)
            all = all.thenCombine(store.alarms(started(system)), (known, texts) -> {
                texts.forEach(text -> known.add(new Alarm(store.node().name(), text)));
                return known;
            });
        CompletionStage<ReputationWatch.Standing> warned = AskPattern.ask(
                started(watch),
                ReputationWatch.GetWarnings::new,
                ASK_MAX,
                started(system).scheduler());
        return all.thenCombine(warned, (known, standing) -> {
            standing.warnings()
                    .forEach((id, sentences) -> known.add(new Alarm(nameOf(id), String.join(" ", sentences))));
            return known;
        });
    }

    private String nameOf(RoleId id) {
        String address = Ss58.encode(id.account(), Ss58.GENERIC_PREFIX);
        return nodes.stream()
                .filter(node -> node.address().equals(address))
                .map(NetworkInfo.Node::name)
                .findFirst()
                .orElse(address);
    }

    /** What the first of {@code left} that has it publishes under the digest. */
    private CompletionStage<Optional<Bytes>> published(Hash digest, List<ActorRef<Inspector.Command>> left) {
        if (left.isEmpty()) return CompletableFuture.completedFuture(Optional.empty());
        List<ActorRef<Inspector.Command>> rest = left.subList(1, left.size());
        return AskPattern.<Inspector.Command, Inspector.Published>ask(
                        left.getFirst(),
                        replyTo -> new Inspector.GetPublished(digest, replyTo),
                        ASK_MAX,
                        started(system).scheduler())
                .thenApply(Inspector.Published::data)
                .exceptionally(_ -> Optional.empty())
                .thenCompose(found ->
                        found.isPresent() ? CompletableFuture.completedFuture(found) : published(digest, rest));
    }

    /** Any Inspector's actor, for questions about reputation. */
    public ActorRef<Inspector.Command> inspector() {
        return inspectors.getFirst();
    }

    public ActorSystem<?> system() {
        return started(system);
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("a part of the network did not stop cleanly", e);
            }
        }
    }

    private ExecutorService threads(String name) {
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
        running.push(threads::shutdownNow);
        return threads;
    }

    private static <T> CompletableFuture<T> onThread(String name, java.util.function.Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().name(name).start(task));
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) throw new IllegalStateException("the network is not started yet");
        return part;
    }
}
