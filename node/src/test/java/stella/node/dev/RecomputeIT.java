package stella.node.dev;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.node.api.client.ApiClient;
import stella.node.api.document.PlacementOrder;
import stella.node.cli.CliRun;
import stella.node.content.CarImport;
import stella.node.content.Imported;
import stella.node.content.Progress;
import stella.protocol.chain.Event;
import stella.protocol.unixfs.Profile;

/** {@code stella reputation recompute} against a running network: from its blocks alone to the digest its Inspectors adopted. */
class RecomputeIT {
    @TempDir
    private static Path folder;

    @Test
    void comesToTheAdoptedDigestFromTheBlocksAlone() throws Exception {
        DevSettings settings =
                new DevSettings(folder.resolve("network"), 2, 1, 3, Duration.ofMillis(200), "127.0.0.1", 0, 0);
        try (DevNetwork network = DevNetwork.start(settings)) {
            ChainWatch watch = new ChainWatch();
            var _ = network.ledger().follow(watch::see);
            long length = network.ledger().constants().epochLength();
            store(network);
            long inspected = watch.height() / length + 1; // the first epoch with live deals from its first block on

            ChainWatch.Seen adopted = requireNonNull(watch.await(
                    event -> event instanceof Event.ReputationAdopted result && result.epoch() >= inspected,
                    watch.height() + 8 * length));
            Event.ReputationAdopted result = (Event.ReputationAdopted) adopted.event();
            watch.await(_ -> false, (result.epoch() + 3) * length + 1);

            CliRun run = recompute(network, result.epoch());

            assertThat(run.exitCode()).as(run.err()).isZero();
            JsonNode facts = new ObjectMapper().readTree(run.out());
            assertThat(facts.get("adopted").textValue())
                    .isEqualTo(result.digest().toString());
            assertThat(facts.get("epochs").longValue()).isEqualTo(result.epoch() + 1);
            assertThat(facts.get("subjects").intValue()).isEqualTo(3);

            CliRun tooEarly = recompute(network, 1_000_000);
            assertThat(tooEarly.exitCode()).isEqualTo(3);
            assertThat(tooEarly.err()).contains("epoch-unsettled");
        }
    }

    @Test
    void aChainThatIsNotThereIsUnreachable() {
        CliRun run = CliRun.stella("reputation", "recompute", "--epoch", "1", "--rpc", "ws://127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(5);
    }

    private static CliRun recompute(DevNetwork network, long epoch) {
        return CliRun.stella(
                "reputation",
                "recompute",
                "--epoch",
                Long.toString(epoch),
                "--rpc",
                network.info().rpc(),
                "--output",
                "json");
    }

    private static void store(DevNetwork network) throws Exception {
        byte[] bytes = new byte[50_000];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(folder.resolve("file"), bytes);
        Path car = folder.resolve("file.car");
        Imported content = CarImport.pack(file, car, Profile.UNIXFS_V1_2025, Progress.NONE);
        try (ApiClient client = Demo.client(network)) {
            client.upload().send(content.piece(), car, _ -> {});
            var placement = client.place(
                    "recompute",
                    new PlacementOrder(
                            content.root().toString(), content.piece().cid().toString(), 2, 100, null, "alice"));
            client.follow(placement.id(), event -> !event.isLast());
        }
    }
}
