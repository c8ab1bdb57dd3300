package stella.node.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stella.node.Seeded;
import stella.node.content.CarImport;
import stella.node.content.Imported;
import stella.node.content.Progress;
import stella.node.http.GatewayServer;
import stella.node.http.HttpBinding;
import stella.node.http.Listener;
import stella.node.http.OfferFolder;
import stella.node.http.SourceServer;
import stella.node.http.StoreServer;
import stella.node.http.TestDesk;
import stella.node.transfer.DownloadSettings;
import stella.node.transfer.HttpTransfer;
import stella.node.transfer.PieceDownload;
import stella.node.transfer.TransferSettings;
import stella.protocol.piece.Piece;
import stella.protocol.unixfs.Profile;
import stella.roles.Transfer;
import stella.roles.Vault;

/** One piece on its way: offered by a client, pulled and kept by a Store, served, proved, and read through a gateway. */
@Timeout(120)
class DiskVaultIT {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path temp;

    @Test
    void aPieceTravelsFromItsClientToAReader() throws Exception {
        byte[] model = new byte[5_000_000];
        new Random(3).nextBytes(model);
        Path packed = temp.resolve("packed.car");
        Imported content =
                CarImport.pack(new ByteArrayInputStream(model), packed, Profile.UNIXFS_V1_2025, Progress.NONE);
        Piece piece = content.piece();
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "travel");
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
        try (HttpTransfer transfer = new HttpTransfer(TransferSettings.defaults());
                PieceDownload download =
                        new PieceDownload(TransferSettings.defaults(), DownloadSettings.defaults(), Seeded.chance(1));
                DiskVault vault = DiskVault.open(
                        new VaultSettings(temp.resolve("vault"), 1 << 30, 0, Duration.ofDays(1), Duration.ofDays(1)),
                        download,
                        VaultThreads.start("vault", 2, 4),
                        Clock.systemUTC())) {
            OfferFolder offered = new OfferFolder(Files.createDirectory(temp.resolve("offered")), readers);
            Files.copy(packed, offered.fileOf(piece));
            Listener source = listen(system, new SourceServer(system, offered));
            Listener store = listen(system, new StoreServer(system, vault, vault, vault.publicProver(), TestDesk.NONE));
            Listener gateway = listen(
                    system,
                    new GatewayServer(
                            system,
                            TestDesk.sources(
                                    vault,
                                    (asked, leaves) -> transfer.possession(store.url(), asked, leaves, DEADLINE)),
                            readers));

            Vault.Intake intake = await(vault.keep(
                    piece, content.root().toBytes(), source.url() + OfferFolder.urlPath(piece), (_, _) -> {}));
            Transfer.Answer block =
                    await(transfer.block(store.url(), content.root().toString(), DEADLINE));
            Transfer.Possession receipt =
                    await(transfer.possession(gateway.url(), piece, List.of(4L, 70_000L), DEADLINE));
            byte[] read = java.net
                    .URI
                    .create(gateway.url() + "/ipfs/" + content.root())
                    .toURL()
                    .openStream()
                    .readAllBytes();

            assertThat(intake).isEqualTo(new Vault.Intake.Kept(content.carBytes()));
            assertThat(block)
                    .isInstanceOfSatisfying(
                            Transfer.Answer.Block.class,
                            b -> assertThat(content.root().matches(b.data())).isTrue());
            assertThat(receipt)
                    .isInstanceOfSatisfying(
                            Transfer.Possession.Proven.class,
                            p -> assertThat(p.leaves()).allMatch(leaf -> leaf.leadsTo(piece)));
            assertThat(read).isEqualTo(model);
        } finally {
            system.terminate();
            readers.shutdownNow();
        }
    }

    private static Listener listen(ActorSystem<?> system, stella.node.http.Handler handler) throws Exception {
        return await(Listener.bind(system, HttpBinding.at("127.0.0.1", 0), handler));
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
