package stella.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.node.api.client.ApiClient;
import stella.node.api.client.ApiFailure;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.PlacementEvent;
import stella.node.api.document.PlacementOrder;
import stella.protocol.deal.StorageRequest;
import stella.roles.client.Placement;

/** Placements over real HTTP. */
class PlacementIT {
    private static final PlacementOrder ORDER = new PlacementOrder(
            TestDeals.CONTENT.toString(), TestDeals.PIECE.cid().toString(), 2, 10, BigInteger.valueOf(500), "alice");

    @TempDir
    private Path folder;

    private TestServer server;
    private ApiClient client;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(folder);
        client = server.client();
        Files.copy(
                new ByteArrayInputStream(TestDeals.CAR),
                server.network.uploads().resolve(TestDeals.PIECE.cid() + ".car"));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void placesWhatTheOrderSays() throws Exception {
        client.place("k1", ORDER);

        StorageRequest terms = placed().terms();
        assertThat(terms.content()).isEqualTo(TestDeals.CONTENT.toBytes());
        assertThat(terms.piece()).isEqualTo(TestDeals.PIECE);
        assertThat(terms.replicas()).isEqualTo(2);
        assertThat(terms.periods()).isEqualTo(10);
        assertThat(terms.priceMax()).isEqualTo(500);
        assertThat(terms.source()).isEqualTo(server.network.sourceUrl(TestDeals.PIECE));
    }

    @Test
    void tellsEachStepUntilTheLastWord() throws Exception {
        client.place("k1", ORDER);
        var listener = placed().listener();
        listener.tell(new Placement.Quoted(BigInteger.TEN, BigInteger.TWO, BigInteger.ONE));
        listener.tell(new Placement.Requested(3, 40));
        listener.tell(new Placement.Offered(FakeNetwork.STORE_1));
        listener.tell(new Placement.Transferring(FakeNetwork.STORE_1, 5, 10));
        listener.tell(new Placement.Declined(FakeNetwork.STORE_2, FakeNetwork.STORE_2 + " has no space"));
        listener.tell(new Placement.Taken(FakeNetwork.STORE_1, 7, BigInteger.TEN));
        listener.tell(new Placement.Proved(FakeNetwork.STORE_1, 7, 44));
        TreeMap<stella.protocol.AccountId, Long> deals = new TreeMap<>();
        deals.put(FakeNetwork.STORE_1, 7L);
        listener.tell(new Placement.Active(3, deals));

        List<PlacementEvent> heard = follow("k1");

        String store = FakeNetwork.address(FakeNetwork.STORE_1);
        assertThat(heard)
                .containsExactly(
                        new PlacementEvent.Quoted(BigInteger.TEN, BigInteger.TWO, BigInteger.ONE),
                        new PlacementEvent.Requested(3, 40),
                        new PlacementEvent.Offered(store, "store-1"),
                        new PlacementEvent.Transferring(store, "store-1", 5, 10),
                        new PlacementEvent.Declined(
                                FakeNetwork.address(FakeNetwork.STORE_2), "store-2", "store-2 has no space"),
                        new PlacementEvent.Taken(store, "store-1", 7, BigInteger.TEN),
                        new PlacementEvent.Proved(store, "store-1", 7, 44),
                        new PlacementEvent.Active(3, List.of(new PlacementEvent.Replica(7, store, "store-1"))));
    }

    @Test
    void tellsAReaderThatIsAlreadyThere() throws Exception {
        client.place("k1", ORDER);
        CompletableFuture<List<PlacementEvent>> heard = CompletableFuture.supplyAsync(() -> follow("k1"));

        placed().listener().tell(new Placement.Failed("no-store-fits", "nobody", "wait"));

        assertThat(heard.get(20, TimeUnit.SECONDS))
                .containsExactly(new PlacementEvent.Failed("no-store-fits", "nobody", "wait"));
    }

    @Test
    void startsOnePlacementForOneKey() throws Exception {
        client.place("k1", ORDER);
        client.place("k1", ORDER);

        placed();

        assertThat(server.network.placed).isEmpty();
    }

    @Test
    void refusesAKeyThatStandsForAnotherOrder() throws Exception {
        client.place("k1", ORDER);

        ApiFailure failure = failure("k1", order(3, 10, "alice"));

        assertThat(failure.is(ErrorCode.KEY_REUSED)).isTrue();
    }

    @Test
    void refusesAnUnknownAccountWithoutRepeatingIt() {
        ApiFailure failure = failure("k1", order(2, 10, "bottom drive obey"));

        assertThat(failure.is(ErrorCode.NO_SUCH_ACCOUNT)).isTrue();
        assertThat(failure.getMessage()).doesNotContain("bottom drive");
        assertThat(catchThrowableOfType(ApiFailure.class, () -> client.follow("k1", _ -> true)))
                .matches(unknown -> unknown.is(ErrorCode.NO_SUCH_PLACEMENT));
    }

    @Test
    void refusesAPieceThatWasNotUploaded() throws Exception {
        Files.delete(server.network.uploads().resolve(TestDeals.PIECE.cid() + ".car"));

        ApiFailure failure = failure("k1", ORDER);

        assertThat(failure.is(ErrorCode.NOT_UPLOADED)).isTrue();
        assertThat(failure.hint().orElse("")).contains("/api/v1/uploads/");
    }

    @Test
    void refusesMoreReplicasThanTheChainTakes() {
        ApiFailure failure = failure("k1", order(17, 10, "alice"));

        assertThat(failure.is(ErrorCode.MALFORMED)).isTrue();
        assertThat(failure).hasMessageContaining("replicas are 1 to 16, not 17");
    }

    @Test
    void refusesNoPeriods() {
        assertThat(failure("k1", order(1, 0, "alice"))).hasMessageContaining("periods are 1 to");
    }

    @Test
    void refusesAKeyOfOtherCharacters() {
        assertThat(failure("../k", ORDER).is(ErrorCode.MALFORMED)).isTrue();
    }

    private static PlacementOrder order(int replicas, long periods, String account) {
        return new PlacementOrder(ORDER.content(), ORDER.pieceCid(), replicas, periods, null, account);
    }

    private ApiFailure failure(String key, PlacementOrder order) {
        return catchThrowableOfType(ApiFailure.class, () -> client.place(key, order));
    }

    private List<PlacementEvent> follow(String placement) {
        List<PlacementEvent> heard = new ArrayList<>();
        try {
            client.follow(placement, heard::add);
        } catch (ApiFailure e) {
            throw new AssertionError(e);
        }
        return heard;
    }

    private FakeNetwork.Placed placed() throws InterruptedException {
        FakeNetwork.Placed placed = server.network.placed.poll(20, TimeUnit.SECONDS);
        if (placed == null) throw new AssertionError("nothing was placed");
        return placed;
    }
}
