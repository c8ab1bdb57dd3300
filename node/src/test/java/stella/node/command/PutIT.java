package stella.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.node.api.FakeNetwork;
import stella.node.api.TestServer;
import stella.node.cli.CliRun;
import stella.protocol.AccountId;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Tier;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.roles.client.Placement;

/** {@code stella put} against a node whose placements say what the test makes them say. */
class PutIT {
    private static final String CID = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq"; // "hello"

    @TempDir
    private Path folder;

    private TestServer server;
    private FakeNetwork network;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(folder.resolve("node"));
        network = server.network;
        network.ledger.finalizes(1);
        file = Files.writeString(folder.resolve("hello.txt"), "hello");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsEachStepAndEndsWithCidRequestAndDeals() throws Exception {
        CompletableFuture<CliRun> run = put(file.toString());
        placed(placement -> active(placement, 3, 7, 8));

        CliRun done = run.get(30, TimeUnit.SECONDS);

        assertThat(done.err())
                .contains(
                        "cid " + CID,
                        "uploaded to the node",
                        "sets aside at most 0.000000000002 STL",
                        "request 3 is on chain since block 40",
                        "offered to store-1",
                        "deal 7: store-1 has verified the bytes",
                        "deal 8: store-2 proved possession in block 44",
                        "all 2 replicas are proven");
        assertThat(done.out())
                .contains("cid      " + CID, "request  3", "deals    7 (store-1), 8 (store-2)", "state    active");
        assertThat(done.exitCode()).isZero();
    }

    @Test
    void printsOneObjectWithStableKeys() throws Exception {
        CompletableFuture<CliRun> run = put(file.toString(), "--output", "json");
        placed(placement -> active(placement, 3, 7, 8));

        JsonNode json =
                new ObjectMapper().readTree(run.get(30, TimeUnit.SECONDS).out());

        List<String> keys = new ArrayList<>();
        json.fieldNames().forEachRemaining(keys::add);
        assertThat(keys)
                .containsExactly(
                        "cid",
                        "pieceCid",
                        "profile",
                        "contentBytes",
                        "carBytes",
                        "key",
                        "priceMax",
                        "reserve",
                        "request",
                        "state",
                        "deals");
        assertThat(json.get("deals").get(1).toString())
                .isEqualTo("{\"id\":8,\"store\":\"" + FakeNetwork.address(FakeNetwork.STORE_2)
                        + "\",\"storeName\":\"store-2\",\"state\":\"Active\"}");
    }

    @Test
    void stopsWaitingWhenTheRequestIsOnChain() throws Exception {
        CompletableFuture<CliRun> run = put(file.toString(), "--wait", "requested");
        placed(placement -> placement.listener().tell(new Placement.Requested(3, 40)));

        CliRun done = run.get(30, TimeUnit.SECONDS);

        assertThat(done.exitCode()).isZero();
        assertThat(done.out()).contains("request  3", "state    requested");
    }

    @Test
    void saysWhyNoStoreFits() throws Exception {
        CompletableFuture<CliRun> run = put(file.toString());
        placed(placement -> placement
                .listener()
                .tell(new Placement.Failed(
                        "no-store-fits",
                        "2 Stores are needed and 0 fit: " + FakeNetwork.STORE_1 + " has 0 bytes free, not 256",
                        "ask for fewer --replicas")));

        CliRun done = run.get(30, TimeUnit.SECONDS);

        assertThat(done.exitCode()).isEqualTo(4);
        assertThat(done.err())
                .contains(
                        "error: 2 Stores are needed and 0 fit",
                        "cause: store-1 has 0 bytes free, not 256",
                        "try: ask for fewer --replicas");
    }

    @Test
    void offersThePackedContentToStores() throws Exception {
        CompletableFuture<CliRun> run = put(file.toString(), "--replicas", "1", "--periods", "9", "--max-price", "0.5");
        FakeNetwork.Placed placed =
                placed(placement -> placement.listener().tell(new Placement.Failed("refused", "no", "")));
        run.get(30, TimeUnit.SECONDS);

        assertThat(network.uploads().resolve(placed.terms().piece().cid() + ".car"))
                .isNotEmptyFile();
        assertThat(placed.terms().replicas()).isEqualTo(1);
        assertThat(placed.terms().periods()).isEqualTo(9);
        assertThat(placed.terms().priceMax()).isEqualTo(new BigInteger("500000000000"));
        assertThat(placed.account()).isEqualTo("alice");
    }

    @Test
    void leavesNothingOnTheDiskOfItsUser() throws Exception {
        CompletableFuture<CliRun> run = put(file.toString());
        placed(placement -> active(placement, 3, 7, 8));
        run.get(30, TimeUnit.SECONDS);

        assertThat(folder.resolve("data").resolve("put")).isEmptyDirectory();
    }

    @Test
    void readsStandardInput() throws Exception {
        CompletableFuture<CliRun> run = CompletableFuture.supplyAsync(
                () -> CliRun.withInput("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8), arguments("-")));
        placed(placement -> active(placement, 3, 7, 8));

        assertThat(run.get(30, TimeUnit.SECONDS).out()).contains(CID);
    }

    @Test
    void quotesWithoutTouchingAnything() throws Exception {
        offers(FakeNetwork.STORE_1, 1_000_000_000_000L, 1 << 20);
        offers(FakeNetwork.STORE_2, 2_000_000_000_000L, 1 << 20);

        CliRun quote = put(file.toString(), "--dry-run").get(30, TimeUnit.SECONDS);

        assertThat(quote.exitCode()).isZero();
        assertThat(quote.out()).contains("costs at most", "up to 2 STL per GiB and period", "store-1, store-2");
        assertThat(network.placed).isEmpty();
        assertThat(network.uploads()).isEmptyDirectory();
    }

    @Test
    void quotesNothingWhenTooFewStoresFit() throws Exception {
        offers(FakeNetwork.STORE_1, 1_000_000_000_000L, 1 << 20);
        offers(FakeNetwork.STORE_2, 1_000_000_000_000L, 64);

        CliRun quote = put(file.toString(), "--dry-run").get(30, TimeUnit.SECONDS);

        assertThat(quote.exitCode()).isEqualTo(4);
        assertThat(quote.err())
                .contains("does not fit: store-2 has 64 bytes free", "error: 2 Stores are needed and 1 fit");
    }

    @Test
    void saysThatThereIsNoSuchFile() throws Exception {
        CliRun run = put(folder.resolve("nothing").toString()).get(30, TimeUnit.SECONDS);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("error: there is no file or directory");
    }

    @Test
    void refusesAnAccountThatNobodyKnows() throws Exception {
        CliRun run = put(file.toString(), "--account", "mallory").get(30, TimeUnit.SECONDS);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("error: this node has no such account");
    }

    @Test
    void refusesAPriceThatIsNoAmount() throws Exception {
        CliRun run = put(file.toString(), "--max-price", "cheap").get(30, TimeUnit.SECONDS);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'cheap' is no amount");
    }

    @Test
    void saysThatNoNodeRuns() {
        CliRun run = CliRun.stella(
                "put", file.toString(), "--data", folder.resolve("empty").toString());

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("error: no node is running", "try: ./stella dev");
    }

    @Test
    void saysThatTheNodeDoesNotAnswer() {
        server.close();

        CliRun run = CliRun.stella("put", file.toString(), "--node", server.url);

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("error: the node at " + server.url, "does not answer", "try: ./stella dev");
        server = TestServer.start(folder.resolve("other"));
    }

    private CompletableFuture<CliRun> put(String... arguments) {
        return CompletableFuture.supplyAsync(() -> CliRun.stella(arguments(arguments)));
    }

    private String[] arguments(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "put", "--node", server.url, "--data", folder.resolve("data").toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private FakeNetwork.Placed placed(java.util.function.Consumer<FakeNetwork.Placed> story)
            throws InterruptedException {
        FakeNetwork.Placed placed = network.placed.poll(30, TimeUnit.SECONDS);
        if (placed == null) throw new AssertionError("nothing was placed");
        story.accept(placed);
        return placed;
    }

    private static void active(FakeNetwork.Placed placement, long request, long first, long second) {
        var listener = placement.listener();
        listener.tell(new Placement.Quoted(BigInteger.ONE, BigInteger.TWO, BigInteger.TWO));
        listener.tell(new Placement.Requested(request, 40));
        listener.tell(new Placement.Offered(FakeNetwork.STORE_1));
        listener.tell(new Placement.Transferring(FakeNetwork.STORE_1, 50, 100));
        listener.tell(new Placement.Taken(FakeNetwork.STORE_1, first, BigInteger.ONE));
        listener.tell(new Placement.Taken(FakeNetwork.STORE_2, second, BigInteger.ONE));
        listener.tell(new Placement.Proved(FakeNetwork.STORE_1, first, 43));
        listener.tell(new Placement.Proved(FakeNetwork.STORE_2, second, 44));
        TreeMap<AccountId, Long> deals = new TreeMap<>();
        deals.put(FakeNetwork.STORE_1, first);
        deals.put(FakeNetwork.STORE_2, second);
        listener.tell(new Placement.Active(request, deals));
    }

    private void offers(AccountId store, long price, long capacity) {
        network.ledger.roles.add(new RoleEntry(
                Role.STORE, store, BigInteger.TEN, "http://127.0.0.1:5", Optional.empty(), 1, Optional.empty(), 0));
        network.ledger.asks.put(
                store, new Ask(BigInteger.valueOf(price), 128, 1 << 30, 1_000, capacity, Tier.HOT, 1_000));
    }
}
