package stella.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.node.api.FakeNetwork;
import stella.node.api.Network;
import stella.node.api.TestDeals;
import stella.node.api.TestServer;
import stella.node.cli.CliRun;
import stella.node.fault.Misbehaviour;
import stella.protocol.chain.Event;
import stella.protocol.deal.DealState;
import stella.protocol.deal.RequestState;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.Standing;
import stella.roles.Ledger;

/** The commands that look: deal, request, reputation, doctor; and fault. */
class InspectionIT {
    @TempDir
    private Path folder;

    private TestServer server;
    private FakeNetwork network;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        network = server.network;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsDealsInColumns() {
        network.ledger.deals.put(0L, TestDeals.over(0, DealState.COMPLETED));
        network.ledger.deals.put(1L, TestDeals.active(1, 2, true, 3, 1));
        network.ledger.finalizes(80);

        CliRun run = stella("deal", "ls");

        assertThat(run.out().lines())
                .containsExactly(
                        "DEAL  REQUEST  STATE      STORE    CONTENT          PERIOD  PROOFS  FAULTS  PAID             SLASHED",
                        "   1        3  Active     store-1  bafkreih…t3e7om  3/10         4       1  0.000000003 STL  0.000000001 STL",
                        "   0        3  Completed  store-1  bafkreih…t3e7om  10/10       11       0  0.00000001 STL   0 STL");
    }

    @Test
    void showsADealWithItsHistory() {
        network.ledger.deals.put(0L, TestDeals.active(0, 1, false, 1, 1));
        network.ledger.finalizes(
                9, new Event.DealAccepted(0, 3, FakeNetwork.STORE_1, FakeNetwork.ALICE, TestDeals.PRICE));
        network.ledger.finalizes(10, new Event.Fault(0, FakeNetwork.STORE_1, 1, BigInteger.valueOf(1_000), 1));

        CliRun run = eventually(
                () -> stella("deal", "show", "0"), shown -> shown.out().contains("Fault"));

        assertThat(run.out())
                .contains(
                        "state",
                        "store-1 proves period 2 of 10 in blocks 60 to 71, or loses collateral",
                        "block 71, in 61 blocks",
                        "alice (" + FakeNetwork.address(FakeNetwork.ALICE) + ")",
                        "block 9 DealAccepted",
                        "block 10 Fault",
                        "fault in period 2, 1 in a row: 0.000000001 STL of collateral slashed");
    }

    @Test
    void showsADealAsTheApiHasIt() throws IOException {
        network.ledger.deals.put(0L, TestDeals.active(0, 1, false, 1, 0));
        network.ledger.finalizes(10);

        JsonNode json = json(stella("deal", "show", "0", "--output", "json"));

        assertThat(json.get("deal").get("state").asText()).isEqualTo("Active");
        assertThat(json.get("deal").get("price").asText()).isEqualTo("1000");
        assertThat(json.get("history").isArray()).isTrue();
    }

    @Test
    void watchesADealUntilItIsOver() {
        network.ledger.deals.put(0L, TestDeals.over(0, DealState.TERMINATED));
        network.ledger.finalizes(
                10, new Event.DealEnded(0, FakeNetwork.STORE_1, DealState.TERMINATED, BigInteger.ZERO, BigInteger.TEN));

        CliRun run = eventually(
                () -> stella("deal", "watch", "0"), shown -> shown.out().contains("DealEnded"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("block 10  DealEnded  ended as Terminated: 0 STL of collateral");
        assertThat(run.err()).contains("Terminated: nothing: ended after");
    }

    @Test
    void saysThatThereIsNoSuchDeal() {
        network.ledger.finalizes(10);

        CliRun run = stella("deal", "show", "7");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("error: there is no deal 7 in finalized block 10", "try: see `stella deal ls`");
    }

    @Test
    void refusesADealThatIsNoNumber() {
        assertThat(stella("deal", "show", "seven").exitCode()).isEqualTo(2);
        assertThat(stella("deal", "show", "-1").exitCode()).isEqualTo(2);
    }

    @Test
    void needsACommandInAGroup() {
        CliRun run = CliRun.stella("deal");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'stella deal' needs a command: ls, show, watch");
    }

    @Test
    void showsARequestWithItsDeals() {
        for (long id = 0; id < 4; id++) network.ledger.requests.put(id, TestDeals.request(id, RequestState.OPEN, 1, 1));
        network.ledger.deals.put(0L, TestDeals.active(0, 0, false, 0, 0));
        network.ledger.finalizes(20);

        CliRun list = stella("request", "ls");
        CliRun show = stella("request", "show", "3");

        assertThat(list.out()).contains("      3  Open   alice", "1/2");
        assertThat(show.out())
                .contains("1 more Store may take it until block 125", "Active with store-1, 1 proofs, 0 faults");
    }

    @Test
    void listsReputationAsPeopleCount() {
        register(Role.INSPECTOR, FakeNetwork.INSPECTOR_1);
        register(Role.STORE, FakeNetwork.STORE_2);
        register(Role.STORE, FakeNetwork.STORE_1);
        network.ledger.reputation.put(
                new Ledger.Node(Role.STORE, FakeNetwork.STORE_1), new ReputationEntry(812_300, Standing.TRUSTED, 0, 3));
        network.ledger.finalizes(100);

        CliRun run = stella("reputation", "ls");

        assertThat(run.out().lines().map(line -> line.split(" ")[0]))
                .containsExactly("NODE", "store-1", "store-2", "inspector-1");
        assertThat(run.out()).contains("81.23 %", "Trusted");
    }

    @Test
    void showsTheReputationOfOneNode() {
        register(Role.STORE, FakeNetwork.STORE_1);
        network.ledger.finalizes(100);

        CliRun run = stella("reputation", "show", "store-1");

        assertThat(run.out()).contains("store-1 (" + FakeNetwork.address(FakeNetwork.STORE_1) + ")", "no evidence yet");
    }

    @Test
    void saysWhyAReputationIsWhatItIsAndWarnsFirst() {
        register(Role.STORE, FakeNetwork.STORE_1);
        network.ledger.finalizes(100);

        CliRun run = stella("why", "store-1");

        assertThat(run.out().lines().findFirst().orElse("")).startsWith("! Half of what suspends");
        assertThat(run.out()).contains("Suspended in epoch 57.", "item of deal 7", "evidence of epoch 57: 0x");
        assertThat(stella("why", "store-9").exitCode()).isEqualTo(3);
    }

    @Test
    void saysWhyOfADealWithItsStore() {
        register(Role.STORE, FakeNetwork.STORE_1);
        network.ledger.finalizes(100);
        network.ledger.deals.put(5L, TestDeals.active(5, 0, false, 0, 0));

        CliRun run = stella("why", "5");

        assertThat(run.out()).contains("deal", "Active", "Suspended in epoch 57.");
    }

    @Test
    void appealsForOwnNodesAndSaysWhyTheChainRefuses() {
        CliRun appealed = stella("appeal", "store-1");
        CliRun refused = stella("appeal", "store-2");

        assertThat(appealed.out()).contains("Store", "77");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("NotSuspended");
    }

    @Test
    void saysThatThereIsNoSuchNode() {
        network.ledger.finalizes(100);

        CliRun run = stella("reputation", "show", "store-9");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("no registered node is called 'store-9'");
    }

    @Test
    void makesANodeMisbehaveAndBehaveAgain() {
        CliRun bad = stella("fault", "store-1", "--drop", "50%", "--refuse-inspectors", "25", "--slow");
        Misbehaviour set = network.misbehaving.get("store-1");
        CliRun good = stella("fault", "store-1", "--none");

        assertThat(bad.exitCode()).isZero();
        assertThat(set).isEqualTo(new Misbehaviour(50, 25, false, true, false));
        assertThat(good.exitCode()).isZero();
        assertThat(network.misbehaving).containsEntry("store-1", Misbehaviour.NONE);
    }

    @Test
    void refusesUnclearFaults() {
        assertThat(stella("fault", "store-1").exitCode()).isEqualTo(2);
        assertThat(stella("fault", "store-1", "--none", "--off").exitCode()).isEqualTo(2);
        assertThat(stella("fault", "store-1", "--drop", "101%").err()).contains("--drop is 0% to 100%, not '101%'");
        assertThat(stella("fault", "store-7", "--off").exitCode()).isEqualTo(3);
        assertThat(network.misbehaving).isEmpty();
    }

    @Test
    void findsNothingWrongWithAHealthyNetwork() throws IOException {
        register(Role.STORE, FakeNetwork.STORE_1);
        network.ledger.finalizes(100);

        CliRun run = stella("doctor", "--output", "json");

        Map<String, String> results = results(run);
        assertThat(results)
                .containsEntry("chain", "ok")
                .containsEntry("health", "ok")
                .containsEntry("store-1", "ok");
        // the test's gateway serves nothing, not even the probe
        assertThat(results).containsEntry("gateway", "bad");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void namesTheNodeThatNeedsAPerson() throws IOException {
        register(Role.STORE, FakeNetwork.STORE_1);
        network.ledger.finalizes(100);
        network.alarms.add(new Network.Alarm("store-1", "disk full"));

        CliRun run = stella("doctor", "--output", "json");

        assertThat(results(run)).containsEntry("store-1", "bad").containsEntry("health", "bad");
        assertThat(run.out()).contains("disk full");
    }

    private static Map<String, String> results(CliRun run) throws IOException {
        Map<String, String> results = new java.util.HashMap<>();
        for (JsonNode check : json(run))
            results.put(check.get("check").asText(), check.get("result").asText());
        return results;
    }

    private static JsonNode json(CliRun run) throws IOException {
        return new ObjectMapper().readTree(run.out());
    }

    private void register(Role role, stella.protocol.AccountId account) {
        network.ledger.roles.add(new RoleEntry(
                role, account, BigInteger.TEN, "http://127.0.0.1:5", Optional.empty(), 1, Optional.empty(), 0));
    }

    private CliRun stella(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--node", server.url));
        return CliRun.stella(all.toArray(String[]::new));
    }

    /** Blocks are noted on a thread of their own: asks until it is so. */
    private static CliRun eventually(
            java.util.function.Supplier<CliRun> run, java.util.function.Predicate<CliRun> isSo) {
        for (int i = 0; i < 1_000; i++) {
            CliRun done = run.get();
            if (isSo.test(done)) return done;
        }
        throw new AssertionError("it never became so");
    }
}
