package stella.node.dev;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.node.api.client.ApiClient;
import stella.node.api.document.PlacementEvent;
import stella.node.api.document.PlacementOrder;
import stella.node.content.CarImport;
import stella.node.content.Extraction;
import stella.node.content.Imported;
import stella.node.content.Progress;
import stella.node.fault.Misbehaviour;
import stella.node.http.PortUnavailableException;
import stella.protocol.AccountId;
import stella.protocol.chain.Constants;
import stella.protocol.chain.Event;
import stella.protocol.deal.Deal;
import stella.protocol.role.Role;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.Profile;
import stella.roles.Ledger;

/** A whole network: real runtime, real sockets, real disks. Waits for blocks, never for time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DevNetworkIT {
    private static final int MIB = 1 << 20;

    @TempDir
    private static Path folder;

    private DevNetwork network;
    private ChainWatch watch;

    @BeforeAll
    void start() throws IOException {
        open();
    }

    @AfterAll
    void end() {
        network.close();
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(ints = {0, 1, MIB, MIB + 1})
    void filesComeBackEqual(int size) throws Exception {
        Path file = folder.resolve("file-" + size);
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Files.write(file, bytes);

        Path copy = storeAndFetch(file, "file-" + size);

        assertThat(Files.mismatch(file, copy)).isEqualTo(-1);
    }

    @Test
    @Order(2)
    void aDirectoryOfManyNamesComesBackEqual() throws Exception {
        Path directory = Files.createDirectories(folder.resolve("fotos"));
        for (int i = 0; i < 1000; i++) Files.writeString(directory.resolve("Größe-日本-" + i + ".txt"), "content " + i);

        Path copy = storeAndFetch(directory, "directory");

        for (int i = 0; i < 1000; i++) {
            String name = "Größe-日本-" + i + ".txt";
            assertThat(Files.mismatch(directory.resolve(name), copy.resolve(name)))
                    .isEqualTo(-1);
        }
        try (var entries = Files.list(copy)) {
            assertThat(entries.count()).isEqualTo(1000);
        }
    }

    @Test
    @Order(3)
    void aStoreThatDropsIsFaultedAndSlashedAndTheOthersAreUntouched() throws Exception {
        AccountId bad = account("store-1");
        Deal deal = network.ledger().liveDeals(head()).toCompletableFuture().join().stream()
                .filter(live -> live.store().equals(bad))
                .findFirst()
                .orElseThrow();
        Constants constants = network.ledger().constants();

        assertThat(network.misbehave("store-1", new Misbehaviour(100, 0, false, false, false))
                        .toCompletableFuture()
                        .join())
                .isTrue();
        ChainWatch.Seen seen = requireNonNull(watch.await(
                event -> event instanceof Event.Fault fault && fault.deal() == deal.id(),
                watch.height() + 3 * constants.provingPeriod()));

        assertThat(((Event.Fault) seen.event()).slashed()).isPositive();
        assertThat(watch.all(event ->
                        event instanceof Event.Fault fault && !fault.store().equals(bad)))
                .isEmpty();
        assertThat(network.alarms().toCompletableFuture().join())
                .anySatisfy(alarm -> assertThat(alarm.node()).isEqualTo("store-1"));
        // What it refused to Inspectors meanwhile shows in its score, three epochs later at most.
        ChainWatch.Seen adopted = watch.await(
                event -> event instanceof Event.ReputationAdopted result
                        && result.epoch() > seen.block() / constants.epochLength() - 1,
                watch.height() + 5 * constants.epochLength());
        assertThat(adopted).isNotNull();
        assertThat(score("store-1")).isLessThan(score("store-2"));
        assertThat(network.misbehave("store-1", Misbehaviour.NONE)
                        .toCompletableFuture()
                        .join())
                .isTrue();
    }

    @Test
    @Order(4)
    void unknownNodesCannotMisbehave() {
        assertThat(network.misbehave("store-99", Misbehaviour.NONE)
                        .toCompletableFuture()
                        .join())
                .isFalse();
    }

    @Test
    @Order(5)
    void theSameFolderCannotBeUsedTwice() {
        assertThatThrownBy(() -> DevNetwork.start(settings(0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use");
    }

    @Test
    @Order(6)
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DevSettings settings = new DevSettings(
                    folder.resolve("other"), 1, 1, 3, Duration.ofSeconds(1), "127.0.0.1", taken.getLocalPort(), 0);

            assertThatThrownBy(() -> DevNetwork.start(settings))
                    .isInstanceOf(PortUnavailableException.class)
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    @Order(7)
    void aRestartGoesOnWithTheSameChainAndDeals() throws Exception {
        var genesis = network.ledger().genesis();
        long height = watch.height();
        Deal before = network.ledger().liveDeals(head()).toCompletableFuture().join().stream()
                .filter(deal -> deal.store().equals(account("store-2"))
                        && deal.activatedAt().isPresent())
                .findFirst()
                .orElseThrow();

        network.close();
        open();

        assertThat(network.ledger().genesis()).isEqualTo(genesis);
        assertThat(watch.height()).isGreaterThanOrEqualTo(height);
        ChainWatch.Seen proof = watch.await(
                event -> event instanceof Event.ProofAccepted accepted && accepted.deal() == before.id(),
                watch.height() + 2 * network.ledger().constants().provingPeriod());
        assertThat(proof).isNotNull();
    }

    private void open() throws IOException {
        network = DevNetwork.start(settings(0));
        watch = new ChainWatch();
        var _ = network.ledger().follow(watch::see);
    }

    private static DevSettings settings(int port) {
        return new DevSettings(folder.resolve("network"), 3, 1, 3, Duration.ofMillis(200), "127.0.0.1", port, 0);
    }

    private Path storeAndFetch(Path source, String key) throws Exception {
        Path car = folder.resolve(key + ".car");
        Path copy = folder.resolve(key + ".copy");
        Imported content = CarImport.pack(source, car, Profile.UNIXFS_V1_2025, Progress.NONE);
        SortedMap<String, Object> last = new TreeMap<>();
        try (ApiClient client = Demo.client(network)) {
            client.upload().send(content.piece(), car, _ -> {});
            var placement = client.place(
                    key,
                    new PlacementOrder(
                            content.root().toString(), content.piece().cid().toString(), 3, 100, null, "alice"));
            client.follow(placement.id(), event -> {
                if (event.isLast()) last.put("last", event);
                return true;
            });
            assertThat(last.get("last")).isInstanceOf(PlacementEvent.Active.class);
            ContentReader reader =
                    new ContentReader(client.blocks(network.info().gateway()));
            Extraction.write(reader, content.root(), copy, Progress.NONE);
        }
        return copy;
    }

    private int score(String store) {
        var entries = network.ledger().reputation(head()).toCompletableFuture().join();
        return requireNonNull(entries.get(new Ledger.Node(Role.STORE, account(store))))
                .scorePpm();
    }

    private AccountId account(String node) {
        String address = network.info().nodes().stream()
                .filter(known -> known.name().equals(node))
                .findFirst()
                .orElseThrow()
                .address();
        return stella.gateway.keys.Ss58.decode(address).account();
    }

    private stella.protocol.Hash head() {
        return Optional.of(network).flatMap(DevNetwork::head).orElseThrow().hash();
    }
}
