package stella.node.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.node.content.CarImport;
import stella.node.content.Imported;
import stella.node.content.Progress;
import stella.node.http.BlockSupply.Reason;
import stella.node.http.BlockSupply.Supplied;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.piece.Commitment;
import stella.protocol.unixfs.Profile;
import stella.roles.Vault.Intake;
import stella.roles.Vault.Proving;

class DiskVaultTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final VaultThreads HERE = new VaultThreads(Runnable::run, Runnable::run, Runnable::run);

    @TempDir
    Path temp;

    private final FileFeed feed = new FileFeed();
    private DiskVault vault;
    private Imported model;

    @BeforeEach
    void begin() throws IOException {
        model = content("model", 3_000_000);
        vault = open(100_000_000, NOW);
    }

    @AfterEach
    void end() throws IOException {
        vault.close();
    }

    @Test
    void keepsAPieceAndServesIt() throws IOException {
        List<Long> progress = new ArrayList<>();

        Intake intake = now(vault.keep(
                model.piece(),
                model.root().toBytes(),
                car("model").toString(),
                (received, _) -> progress.add(received)));

        assertThat(intake).isEqualTo(new Intake.Kept(model.carBytes()));
        assertThat(progress).containsExactly(model.carBytes());
        assertThat(now(vault.pieces())).containsExactly(model.piece());
        assertThat(now(vault.find(model.piece())).orElseThrow().path()).hasSameBinaryContentAs(car("model"));
        assertThat(files("intake")).isEmpty();
    }

    @Test
    void everyBlockOfAKeptPieceCanBeRead() throws IOException {
        keep(model, "model");
        Imported other = content("other", 10_000);
        keep(other, "other");

        for (Cid root : List.of(model.root(), other.root(), model.root()))
            assertThat(now(vault.block(root.toString(), Optional.empty())))
                    .isInstanceOfSatisfying(
                            Supplied.Block.class,
                            block -> assertThat(root.matches(block.data())).isTrue());
    }

    @Test
    void unknownBlocksAreMissing() {
        Cid unknown = Cid.of(Codec.RAW, Bytes.utf8("nowhere"));

        assertThat(reason(unknown.toString())).isEqualTo(Reason.MISSING);
        assertThat(reason("no cid")).isEqualTo(Reason.MISSING);
    }

    @Test
    void provesLeavesThatLeadToTheRoot() throws IOException {
        keep(model, "model");
        List<Long> leaves = List.of(0L, 77L, model.piece().leafCount() - 1);

        assertThat(now(vault.prove(model.piece(), leaves)))
                .isInstanceOfSatisfying(
                        Proving.Proven.class,
                        proven ->
                                assertThat(proven.leaves()).hasSize(3).allMatch(proof -> proof.leadsTo(model.piece())));
    }

    @Test
    void aPieceThatIsNotKeptIsMissing() {
        assertThat(now(vault.prove(model.piece(), List.of(0L)))).isEqualTo(new Proving.Missing());
        assertThat(now(vault.find(model.piece()))).isEmpty();
    }

    @Test
    void keepingAgainPullsNothing() throws IOException {
        keep(model, "model");
        long free = vault.freeBytes();

        assertThat(keep(model, "model")).isInstanceOf(Intake.Kept.class);
        assertThat(feed.pulls).isEqualTo(1);
        assertThat(vault.freeBytes()).isEqualTo(free);
    }

    @Test
    void oneAlteredByteIsAMismatchAndLeavesNothing() throws IOException {
        byte[] bytes = FileFeed.read(car("model"));
        bytes[bytes.length / 2] ^= 1;
        Path altered = Files.write(temp.resolve("altered"), bytes);
        long free = vault.freeBytes();

        Intake intake = now(vault.keep(model.piece(), model.root().toBytes(), altered.toString(), (_, _) -> {}));

        assertThat(intake).isInstanceOf(Intake.CommitmentMismatch.class);
        assertThat(now(vault.pieces())).isEmpty();
        assertThat(files("intake")).isEmpty();
        assertThat(files("pieces")).isEmpty();
        assertThat(vault.freeBytes()).isEqualTo(free);
    }

    @Test
    void anotherRootThanPromisedIsAMismatch() throws IOException {
        Cid promised = Cid.of(Codec.RAW, Bytes.utf8("something else"));

        assertThat(now(vault.keep(
                        model.piece(), promised.toBytes(), car("model").toString(), (_, _) -> {})))
                .isEqualTo(new Intake.CommitmentMismatch(
                        promised.toString(), model.root().toString()));
    }

    @Test
    void aPieceThatIsNoCarIsAMismatch() throws IOException {
        byte[] noise = bytes(5000);
        Path file = Files.write(temp.resolve("noise"), noise);

        assertThat(now(vault.keep(Commitment.of(noise), model.root().toBytes(), file.toString(), (_, _) -> {})))
                .isInstanceOf(Intake.CommitmentMismatch.class);
    }

    @Test
    void contentThatIsNoCidIsRefusedBeforeAnythingIsPulled() throws IOException {
        assertThat(now(vault.keep(model.piece(), Bytes.utf8("x"), car("model").toString(), (_, _) -> {})))
                .isInstanceOf(Intake.CommitmentMismatch.class);
        assertThat(feed.pulls).isZero();
    }

    @Test
    void aPieceBeyondTheLimitHasNoSpace() throws IOException {
        reopen(model.carBytes() - 1, NOW);

        assertThat(keep(model, "model")).isEqualTo(new Intake.NoSpace(model.carBytes(), model.carBytes() - 1));
        assertThat(feed.pulls).isZero();
    }

    @Test
    void aFullDiskHasNoSpace() throws IOException {
        vault.close();
        vault = DiskVault.open(
                new VaultSettings(folder(), Long.MAX_VALUE, Long.MAX_VALUE / 2, Duration.ZERO, Duration.ZERO),
                feed,
                HERE,
                at(NOW));

        assertThat(keep(model, "model")).isEqualTo(new Intake.NoSpace(model.carBytes(), 0));
    }

    @Test
    void spaceIsTakenAndGivenBack() throws IOException {
        long before = vault.freeBytes();

        keep(model, "model");
        assertThat(vault.freeBytes()).isEqualTo(before - model.carBytes());
        now(vault.discard(model.piece()));
        assertThat(vault.freeBytes()).isEqualTo(before);
    }

    @Test
    void aBrokenTransferIsGoneOnWith() throws IOException {
        feed.stopsAt = 1_000_000;
        assertThat(keep(model, "model")).isEqualTo(new Intake.SourceUnreachable(1, "the source stopped"));
        assertThat(now(vault.pieces())).isEmpty();
        assertThat(files("intake")).hasSize(1);

        reopen(100_000_000, NOW);
        feed.stopsAt = Long.MAX_VALUE;

        assertThat(keep(model, "model")).isInstanceOf(Intake.Kept.class);
    }

    @Test
    void aPartWhoseSourceNeverCameBackIsSwept() throws IOException {
        feed.stopsAt = 1_000_000;
        keep(model, "model");
        Files.setLastModifiedTime(files("intake").getFirst(), FileTime.from(NOW));

        reopen(100_000_000, NOW.plus(Duration.ofHours(23)));
        assertThat(files("intake")).hasSize(1);
        reopen(100_000_000, NOW.plus(Duration.ofHours(25)));
        assertThat(files("intake")).isEmpty();
    }

    @Test
    void keptPiecesAreThereAfterARestart() throws IOException {
        keep(model, "model");

        reopen(100_000_000, NOW);

        assertThat(now(vault.pieces())).containsExactly(model.piece());
        assertThat(now(vault.prove(model.piece(), List.of(5L)))).isInstanceOf(Proving.Proven.class);
        assertThat(now(vault.block(model.root().toString(), Optional.empty()))).isInstanceOf(Supplied.Block.class);
    }

    @Test
    void whatACrashLeftIsClearedAtStart() throws IOException {
        Files.write(folder().resolve("pieces/" + model.piece().cid() + ".car.index"), new byte[10]);
        Files.write(folder().resolve("pieces/stray"), new byte[10]);
        Files.write(folder().resolve("intake/" + model.piece().cid() + ".car.tree.partial"), new byte[10]);

        reopen(100_000_000, NOW);

        assertThat(files("pieces")).isEmpty();
        assertThat(files("intake")).isEmpty();
    }

    @Test
    void lostCompanionsAreMadeAnew() throws IOException {
        keep(model, "model");
        vault.close();
        for (Path file : files("pieces")) if (!file.toString().endsWith(".car")) Files.delete(file);

        vault = open(100_000_000, NOW);

        assertThat(now(vault.prove(model.piece(), List.of(9L)))).isInstanceOf(Proving.Proven.class);
        assertThat(now(vault.block(model.root().toString(), Optional.empty()))).isInstanceOf(Supplied.Block.class);
    }

    @Test
    void aPieceCutShortIsNotServedButTheOthersAre() throws IOException {
        Imported other = content("other", 10_000);
        keep(model, "model");
        keep(other, "other");
        vault.close();
        try (RandomAccessFile file = new RandomAccessFile(pieceFile(model).toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }

        vault = open(100_000_000, NOW);

        assertThat(now(vault.pieces())).containsExactly(other.piece());
    }

    @Test
    void damageIsFoundBeforeItLeaves() throws IOException {
        keep(model, "model");
        Cid leaf = lastBlock();
        spoil(pieceFile(model), model.carBytes() - 100);
        long leafOfDamage = (model.carBytes() - 100) * 128 / 127 / 32;

        assertThat(now(vault.prove(model.piece(), List.of(leafOfDamage)))).isInstanceOf(Proving.Damaged.class);
        assertThat(now(vault.prove(model.piece(), List.of(0L)))).isInstanceOf(Proving.Proven.class);
        assertThat(now(vault.prove(model.piece(), List.of(leafOfDamage)))).isInstanceOf(Proving.Damaged.class);
        assertThat(reason(leaf.toString())).isEqualTo(Reason.DAMAGED);
        assertThat(now(vault.block(model.root().toString(), Optional.empty()))).isInstanceOf(Supplied.Block.class);
        assertThat(now(vault.scrub(model.piece()))).isPresent();
    }

    @Test
    void aDamagedTreeIsMadeAnew() throws IOException {
        keep(model, "model");
        spoil(folder().resolve("pieces/" + model.piece().cid() + ".car.tree"), 40);

        assertThat(now(vault.prove(model.piece(), List.of(0L)))).isInstanceOf(Proving.Proven.class);
    }

    @Test
    void aSoundPieceIsScrubbedWithoutComplaint() throws IOException {
        keep(model, "model");

        assertThat(now(vault.scrub(model.piece()))).isEmpty();
        assertThat(now(vault.prove(model.piece(), List.of(3L)))).isInstanceOf(Proving.Proven.class);
    }

    @Test
    void aDiscardedPieceWaitsInTheTrash() throws IOException {
        keep(model, "model");

        assertThat(now(vault.discard(model.piece()))).isTrue();
        assertThat(now(vault.pieces())).isEmpty();
        assertThat(now(vault.prove(model.piece(), List.of(0L)))).isEqualTo(new Proving.Missing());
        assertThat(reason(model.root().toString())).isEqualTo(Reason.MISSING);
        assertThat(files("trash")).hasSize(1);

        reopen(100_000_000, NOW.plus(Duration.ofDays(2)));
        assertThat(files("trash")).hasSize(1);
        reopen(100_000_000, NOW.plus(Duration.ofDays(4)));
        assertThat(files("trash")).isEmpty();
    }

    @Test
    void aPieceComesBackFromTheTrashVerified() throws IOException {
        keep(model, "model");
        now(vault.discard(model.piece()));
        feed.stopsAt = 0;
        Files.delete(car("model"));
        Files.createDirectories(car("model").getParent());
        Files.copy(files("trash").getFirst(), car("model"));

        assertThat(keep(model, "model")).isInstanceOf(Intake.SourceUnreachable.class);
        feed.stopsAt = Long.MAX_VALUE;
        assertThat(keep(model, "model")).isInstanceOf(Intake.Kept.class);
        assertThat(files("trash")).isEmpty();
    }

    @Test
    void discardingAnUnknownPieceIsNoError() {
        assertThat(now(vault.discard(model.piece()))).isFalse();
    }

    @Test
    void aFolderInUseIsNotOpenedTwice() {
        assertThatThrownBy(() -> open(1, NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by another node");
    }

    @Test
    void aFullQueueIsAnAnswerToo() throws IOException {
        vault.close();
        VaultThreads full = new VaultThreads(DiskVaultTest::reject, DiskVaultTest::reject, DiskVaultTest::reject);
        vault = DiskVault.open(VaultSettings.at(folder(), 1_000_000), feed, full, at(NOW));

        assertThat(keep(model, "model")).isInstanceOf(Intake.DiskFailed.class);
        assertThat(now(vault.prove(model.piece(), List.of(0L)))).isInstanceOf(Proving.Damaged.class);
        assertThat(reason(model.root().toString())).isEqualTo(Reason.BUSY);
    }

    @Test
    void aPieceThatIsDiscardedWhileItComesInIsGoneAfterwards() throws IOException {
        List<CompletionStage<Boolean>> discarded = new ArrayList<>();
        feed.beforeBytes = () -> discarded.add(vault.discard(model.piece()));

        keep(model, "model");

        assertThat(now(discarded.getFirst())).isTrue();
        assertThat(now(vault.pieces())).isEmpty();
    }

    private static void reject(Runnable work) {
        throw new RejectedExecutionException("full");
    }

    private Intake keep(Imported content, String name) {
        return now(
                vault.keep(content.piece(), content.root().toBytes(), car(name).toString(), (_, _) -> {}));
    }

    private Reason reason(String cid) {
        return ((Supplied.Refused) now(vault.block(cid, Optional.empty()))).reason();
    }

    private Cid lastBlock() throws IOException {
        try (var in = Files.newInputStream(car("model"))) {
            var reader = new stella.protocol.car.CarReader(in);
            Cid last = reader.root();
            for (var next = reader.next(); next.isPresent(); next = reader.next())
                last = next.get().cid();
            return last;
        }
    }

    private DiskVault open(long bytesMax, Instant now) throws IOException {
        VaultSettings settings = new VaultSettings(folder(), bytesMax, 0, Duration.ofDays(3), Duration.ofDays(1));
        return DiskVault.open(settings, feed, HERE, at(now));
    }

    private void reopen(long bytesMax, Instant now) throws IOException {
        vault.close();
        vault = open(bytesMax, now);
    }

    private Imported content(String name, int size) throws IOException {
        Files.createDirectories(temp.resolve("sources"));
        return CarImport.pack(new ByteArrayInputStream(bytes(size)), car(name), Profile.UNIXFS_V1_2025, Progress.NONE);
    }

    private Path car(String name) {
        return temp.resolve("sources").resolve(name + ".car");
    }

    private Path folder() {
        return temp.resolve("vault");
    }

    private Path pieceFile(Imported content) {
        return folder().resolve("pieces/" + content.piece().cid() + ".car");
    }

    private List<Path> files(String part) throws IOException {
        try (Stream<Path> files = Files.list(folder().resolve(part))) {
            return files.toList();
        }
    }

    private static void spoil(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int old = bytes.read();
            bytes.seek(at);
            bytes.write(old ^ 1);
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static <T> T now(CompletionStage<T> stage) {
        assertThat(stage.toCompletableFuture()).isDone();
        return stage.toCompletableFuture().join();
    }
}
