package stella.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.node.api.client.ApiClient;
import stella.node.api.client.ApiFailure;
import stella.node.api.document.AppealView;
import stella.node.api.document.BlockRange;
import stella.node.api.document.DealDetail;
import stella.node.api.document.DealPage;
import stella.node.api.document.DealView;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.NodePage;
import stella.node.api.document.NodeStatus;
import stella.node.api.document.ReputationDetail;
import stella.node.api.document.ReputationPage;
import stella.node.api.document.ReputationWhy;
import stella.node.fault.Misbehaviour;
import stella.protocol.Hash;
import stella.protocol.chain.Event;
import stella.protocol.deal.DealState;
import stella.protocol.deal.RequestState;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.Standing;
import stella.roles.Ledger;

/** What is read from the API, over real HTTP. */
class ApiServerIT {
    @TempDir
    private Path folder;

    private TestServer server;
    private FakeNetwork network;
    private ApiClient client;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        network = server.network;
        client = server.client();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void isStartingUntilABlockIsFinalized() throws Exception {
        HttpResponse<String> before = get("/health/ready");

        network.ledger.finalizes(1);
        HttpResponse<String> after = get("/health/ready");

        assertThat(before.statusCode()).isEqualTo(503);
        assertThat(before.body()).contains("\"status\":\"starting\"");
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.body()).isEqualTo("{\"status\":\"ready\",\"reasons\":[]}");
    }

    @Test
    void isDegradedWhileANodeRaisesAnAlarm() throws Exception {
        network.ledger.finalizes(1);
        network.alarms.add(new Network.Alarm("store-1", "deal 4 is not proven and half of its window is over"));

        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("degraded", "store-1: deal 4 is not proven");
    }

    @Test
    void tellsTheNetworkAndItsHead() throws Exception {
        network.ledger.finalizes(47);

        var status = client.status();

        assertThat(status.network()).isEqualTo(network.info());
        assertThat(status.head())
                .isEqualTo(new NodeStatus.Head(47, MemoryLedger.hash(47).toString()));
        assertThat(status.epoch()).isEqualTo(2);
    }

    @Test
    void pagesThroughDealsFromTheNewestOn() throws Exception {
        network.ledger.finalizes(100);
        for (long id = 0; id < 5; id++) network.ledger.deals.put(id, TestDeals.active(id, 0, false, 0, 0));

        DealPage first = client.deals(Optional.empty(), 3);
        DealPage second = client.deals(Optional.ofNullable(first.next()), 3);

        assertThat(first.deals()).extracting(DealView::id).containsExactly(4L, 3L, 2L);
        assertThat(second.deals()).extracting(DealView::id).containsExactly(1L, 0L);
        assertThat(second.next()).isNull();
    }

    @Test
    void tellsTheHistoryOfADealFromFinalizedBlocks() throws Exception {
        network.ledger.deals.put(0L, TestDeals.active(0, 1, false, 1, 1));
        network.ledger.finalizes(42, new Event.ProofAccepted(0, FakeNetwork.STORE_1, 0, TestDeals.PRICE));
        network.ledger.finalizes(
                43,
                new Event.Fault(0, FakeNetwork.STORE_1, 1, BigInteger.valueOf(1_000), 1),
                new Event.ProofAccepted(1, FakeNetwork.STORE_1, 0, TestDeals.PRICE));

        DealDetail detail =
                eventually(() -> client.deal(0), found -> found.history().size() == 2);

        assertThat(detail.history().get(0).text()).isEqualTo("period 1 proven, 0.000000001 STL paid");
        assertThat(detail.history().get(1).event()).isEqualTo("Fault");
        assertThat(detail.unwatched()).containsExactly(new BlockRange(10, 41));
        assertThat(detail.deal().slashed()).isEqualTo(1_000);
        assertThat(detail.deal().proofs()).isEqualTo(2);
    }

    @Test
    void writesAmountsAsStrings() throws Exception {
        network.ledger.finalizes(100);
        network.ledger.deals.put(0L, TestDeals.active(0, 0, false, 0, 0));

        assertThat(get("/api/v1/deals/0").body()).contains("\"price\":\"1000\"");
    }

    @Test
    void saysThatThereIsNoSuchDeal() throws Exception {
        network.ledger.finalizes(100);

        HttpResponse<String> answer = get("/api/v1/deals/7");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"there is no deal 7 in finalized block 100\",\"code\":\"no-such-deal\","
                        + "\"hint\":\"see `stella deal ls`\"}");
    }

    @Test
    void refusesAnIdThatIsNoNumber() throws Exception {
        HttpResponse<String> answer = get("/api/v1/deals/%2e%2e%2fnode");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"malformed\"");
    }

    @Test
    void refusesAPageThatIsTooLong() throws Exception {
        assertThat(get("/api/v1/deals?limit=100000").body()).contains("limit is 1 to 500, not 100000");
    }

    @Test
    void saysWhatThereIsAtAnUnknownPath() throws Exception {
        HttpResponse<String> answer = get("/api/v2/deals");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no-such-path", "deals, node, nodes, placements, reputation");
    }

    @Test
    void refusesMethodsThatAResourceDoesNotHave() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(server.url + "/api/v1/deals"))
                .DELETE()
                .build());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).contains("method-not-allowed");
    }

    @Test
    void saysThatTheChainIsUnreachable() {
        network.ledger.finalizes(100);
        network.ledger.reachable = false;

        ApiFailure failure = catchThrowableOfType(ApiFailure.class, () -> client.deal(0));

        assertThat(failure.is(ErrorCode.CHAIN_UNREACHABLE)).isTrue();
        assertThat(failure).hasMessageContaining("connection refused");
    }

    @Test
    void showsARequestWithItsDeals() throws Exception {
        network.ledger.finalizes(100);
        for (long id = 0; id < 4; id++)
            network.ledger.requests.put(id, TestDeals.request(id, RequestState.FILLED, 0, 2));
        network.ledger.deals.put(0L, TestDeals.over(0, DealState.LAPSED));
        network.ledger.deals.put(1L, TestDeals.active(1, 0, false, 0, 0));

        var detail = client.request(3);

        assertThat(detail.request().state()).isEqualTo("Filled");
        assertThat(detail.deals()).extracting(DealView::state).containsExactly("Lapsed", "Active");
    }

    @Test
    void countsReportsOfTheEpochsThatTheChainStillHas() throws Exception {
        network.ledger.finalizes(100);
        register(Role.STORE, FakeNetwork.STORE_1);
        network.ledger.reputation.put(
                new Ledger.Node(Role.STORE, FakeNetwork.STORE_1), new ReputationEntry(812_345, Standing.TRUSTED, 0, 3));
        network.ledger.reveals.put(
                4L,
                Map.of(
                        FakeNetwork.INSPECTOR_1,
                        List.of(
                                new Verdict(Role.STORE, FakeNetwork.STORE_1, 0, new Outcome.Ok(Hash.ZERO)),
                                new Verdict(Role.STORE, FakeNetwork.STORE_1, 1, new Outcome.Refused()),
                                new Verdict(Role.STORE, FakeNetwork.STORE_2, 0, new Outcome.WrongBytes()))));
        network.ledger.hardRecords.put(5L, Map.of(FakeNetwork.STORE_1, HardEvidence.MISSED));

        ReputationPage page = client.reputation();
        ReputationDetail detail = client.reputation("store-1");

        assertThat(page.reputation()).singleElement().satisfies(view -> {
            assertThat(view.name()).isEqualTo("store-1");
            assertThat(view.scorePpm()).isEqualTo(812_345);
            assertThat(view.standing()).isEqualTo("Trusted");
            assertThat(view.items()).isEqualTo(2);
            assertThat(view.failed()).isEqualTo(1);
        });
        assertThat(detail.reports())
                .extracting(ReputationDetail.Report::outcome)
                .containsExactly("Ok", "Refused");
        assertThat(detail.hardRecords()).containsExactly(new ReputationDetail.HardRecord(5, "Missed"));
    }

    @Test
    void findsANodeByItsAddress() throws Exception {
        network.ledger.finalizes(100);
        register(Role.FETCH, FakeNetwork.FETCH_1);

        ReputationDetail detail = client.reputation(FakeNetwork.address(FakeNetwork.FETCH_1));

        assertThat(detail.node().name()).isEqualTo("fetch-1");
    }

    @Test
    void listsNodesAsPeopleCount() throws Exception {
        network.ledger.finalizes(100);
        register(Role.STORE, FakeNetwork.STORE_2);
        register(Role.STORE, FakeNetwork.STORE_1);
        network.alarms.add(new Network.Alarm("store-2", "disk full"));

        NodePage page = client.nodes();

        assertThat(page.nodes()).extracting(NodePage.RegisteredNode::name).containsExactly("store-1", "store-2");
        assertThat(page.nodes().get(1).alarms()).containsExactly("disk full");
    }

    @Test
    void makesANodeMisbehave() throws Exception {
        Misbehaviour half = new Misbehaviour(50, 0, false, false, false);

        client.misbehave("store-1", half);

        assertThat(network.misbehaving).containsExactly(Map.entry("store-1", half));
    }

    @Test
    void saysThatThereIsNoNodeToMisbehave() {
        ApiFailure failure =
                catchThrowableOfType(ApiFailure.class, () -> client.misbehave("store-9", Misbehaviour.NONE));

        assertThat(failure.is(ErrorCode.NO_SUCH_NODE)).isTrue();
    }

    @Test
    void refusesAMisspeltFault() throws Exception {
        HttpResponse<String> answer = post(
                "/api/v1/nodes/store-1/fault",
                "{\"dropPercent\":1,\"refuseInspectorsPercent\":0,\"corrupt\":false,\"slow\":false,\"off\":false,\"corupt\":true}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("key corupt: Unrecognized field");
        assertThat(network.misbehaving).isEmpty();
    }

    @Test
    void refusesShareAboveHundredPercent() throws Exception {
        HttpResponse<String> answer = post(
                "/api/v1/nodes/store-1/fault",
                "{\"dropPercent\":101,\"refuseInspectorsPercent\":0,\"corrupt\":false,\"slow\":false,\"off\":false}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("0 to 100 percent");
    }

    @Test
    void refusesChangesByAPageOfAnotherOrigin() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(server.url + "/api/v1/nodes/store-1/fault"))
                        .header("Origin", "https://example.org")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("local-only");
    }

    @Test
    void refusesABodyOfAnotherType() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(server.url + "/api/v1/nodes/store-1/fault"))
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("application/json");
    }

    private void register(Role role, stella.protocol.AccountId account) {
        network.ledger.roles.add(new RoleEntry(
                role, account, BigInteger.TEN, "http://127.0.0.1:5", Optional.empty(), 1, Optional.empty(), 0));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server.url + path)).build());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server.url + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Blocks are noted on a thread of their own: asks until it is so. */
    private static <T> T eventually(java.util.concurrent.Callable<T> read, java.util.function.Predicate<T> isSo)
            throws Exception {
        for (int i = 0; i < 10_000; i++) {
            T value = read.call();
            if (isSo.test(value)) return value;
        }
        throw new AssertionError("it never became so");
    }

    @Test
    void explainsAReputationInNamesAndServesTheEvidenceAsItIs() throws Exception {
        network.ledger.finalizes(100);
        register(Role.STORE, FakeNetwork.STORE_1);

        ReputationWhy why = client.why("store-1");

        assertThat(why.sentences()).anySatisfy(line -> assertThat(line).contains("item of deal 7", "inspector-1 FAIL"));
        assertThat(why.warning()).singleElement().asString().contains("store-1");
        assertThat(why.evidence()).singleElement().satisfies(one -> {
            String text = client.evidence("store-1", one.name());
            assertThat(text).isEqualTo("stella evidence 1\nepoch 57\n");
            assertThat(stella.protocol.Digests.blake2b256(stella.protocol.Bytes.utf8(text)))
                    .hasToString(one.name());
        });
        assertThat(get("/api/v1/reputation/store-1/history").body()).contains("retrieval", "Suspended");
        assertThat(get("/api/v1/reputation/store-1/evidence/0x00").body()).contains("no-such-evidence");
        assertThat(get("/api/v1/reputation/nobody/why").body()).contains("no-such-node");
        assertThat(get("/api/v1/reputation/store-1/other").body()).contains("no-such-path");
    }

    @Test
    void anAppealIsSignedForOwnNodesOnly() throws Exception {
        assertThat(client.appeal("store-1")).isEqualTo(new AppealView("store-1", "Store", 3, 77));
        assertThatThrownBy(() -> client.appeal("store-2")).hasMessageContaining("NotSuspended");
        assertThatThrownBy(() -> client.appeal("fetch-1")).hasMessageContaining("no node called 'fetch-1'");
        assertThat(get("/api/v1/nodes/store-1/appeal").statusCode()).isEqualTo(405);
    }
}
