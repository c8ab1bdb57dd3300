package stella.node.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.car.CarHeader;
import stella.protocol.car.CarWriter;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.piece.Piece;
import stella.protocol.unixfs.DagPb;
import stella.protocol.unixfs.Link;
import stella.protocol.unixfs.Profile;

/** CT-4: a receiver says it has a piece only after recomputing all of it. */
class CarCheckTest {
    @TempDir
    Path folder;

    private Path car;
    private Imported imported;

    @BeforeEach
    void packAFile() throws IOException {
        Path source = Files.write(folder.resolve("source"), SeededBytes.of("check", 2_500_000));
        car = folder.resolve("a.car");
        imported = CarImport.pack(source, car, Profile.UNIXFS_V1_2025, Progress.NONE);
    }

    @Test
    void findsAnImportSoundAndMakesItsCompanions() throws IOException {
        Files.delete(folder.resolve("a.car.index"));
        Files.delete(folder.resolve("a.car.tree"));

        CarCheck.Result result = CarCheck.check(car, imported.root(), imported.piece(), Progress.NONE);

        assertThat(result)
                .isEqualTo(
                        new CarCheck.Sound(imported.root(), imported.piece(), imported.carBytes(), imported.blocks()));
        assertThat(folder.resolve("a.car.index")).exists();
        assertThat(folder.resolve("a.car.tree")).exists();
    }

    @Test
    void findsAnyChangedByte() throws IOException {
        byte[] bytes = Files.readAllBytes(car);
        for (int at = 0; at < bytes.length; at += at < 500 ? 1 : 99_991) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            assertThat(checkBytes(changed).isSound()).as("byte %d", at).isFalse();
        }
    }

    @Test
    void findsAnyMissingEnd() throws IOException {
        byte[] bytes = Files.readAllBytes(car);
        for (int cut : List.of(0, 1, 50, 59, 60, 300, 1_000_000, bytes.length - 1))
            assertThat(CarCheck.check(write(Arrays.copyOf(bytes, cut)), Progress.NONE)
                            .isSound())
                    .as("cut at %d", cut)
                    .isFalse();
    }

    @Test
    void namesTheBlockWhoseBytesAreWrong() throws IOException {
        byte[] bytes = Files.readAllBytes(car);
        bytes[bytes.length - 1] ^= 1;

        assertThat(checkBytes(bytes)).isInstanceOfSatisfying(CarCheck.WrongBlock.class, wrong -> {
            assertThat(wrong.cid().codec()).isEqualTo(Codec.RAW);
            assertThat(wrong.position()).isEqualTo(bytes.length - 402_848);
        });
    }

    @Test
    void namesThePieceThatTheBytesAreInstead() throws IOException {
        Piece other =
                new Piece(Hash.ZERO, imported.piece().height(), imported.piece().padding());

        assertThat(CarCheck.check(car, imported.root(), other, Progress.NONE))
                .isEqualTo(new CarCheck.WrongPiece(other, imported.piece()));
    }

    @Test
    void namesAnotherRoot() throws IOException {
        Cid other = Cid.of(Codec.RAW, Bytes.EMPTY);

        assertThat(CarCheck.check(car, other, imported.piece(), Progress.NONE))
                .isEqualTo(new CarCheck.WrongRoot(other, imported.root()));
    }

    @Test
    void refusesADagWithAHole() throws IOException {
        Bytes here = Bytes.utf8("here");
        Bytes away = Bytes.utf8("away");
        Bytes root = new DagPb(List.of(link(here), link(away)), Bytes.EMPTY).encode();

        assertThat(CarCheck.check(write(Codec.DAG_PB, root, here), Progress.NONE))
                .isEqualTo(new CarCheck.Incomplete(cid(away)));
    }

    @Test
    void refusesBlocksThatNobodyLinksTo() throws IOException {
        Bytes root = Bytes.utf8("root");
        Bytes stray = Bytes.utf8("stray");

        assertThat(CarCheck.check(write(Codec.RAW, root, stray), Progress.NONE))
                .isInstanceOfSatisfying(CarCheck.OutOfOrder.class, wrong -> {
                    assertThat(wrong.found()).isEqualTo(cid(stray));
                    assertThat(wrong.expected()).isEqualTo(Optional.empty());
                });
    }

    @Test
    void refusesAnotherOrderAndABlockTwice() throws IOException {
        Bytes one = Bytes.utf8("one");
        Bytes two = Bytes.utf8("two");
        Bytes root = new DagPb(List.of(link(one), link(two), link(one)), Bytes.EMPTY).encode();

        assertThat(CarCheck.check(write(Codec.DAG_PB, root, one, two), Progress.NONE)
                        .isSound())
                .isTrue();
        assertThat(CarCheck.check(write(Codec.DAG_PB, root, two, one), Progress.NONE))
                .isInstanceOf(CarCheck.OutOfOrder.class);
        assertThat(CarCheck.check(write(Codec.DAG_PB, root, one, two, one), Progress.NONE))
                .isInstanceOf(CarCheck.OutOfOrder.class);
    }

    @Test
    void refusesTwoRootsAndGarbage() throws IOException {
        Cid cid = cid(Bytes.EMPTY);

        assertThat(CarCheck.check(
                        write(new CarHeader(List.of(cid, cid)).encode().toArray()), Progress.NONE))
                .isInstanceOf(CarCheck.NotAPiece.class);
        assertThat(CarCheck.check(write(SeededBytes.of("garbage", 10_000)), Progress.NONE))
                .isInstanceOf(CarCheck.NotAPiece.class);
    }

    @Test
    void leavesNoCompanionsBesideAnUnsoundFile() throws IOException {
        byte[] bytes = Files.readAllBytes(car);
        bytes[bytes.length - 1] ^= 1;
        checkBytes(bytes);

        assertThat(folder.resolve("b.car.index")).doesNotExist();
        assertThat(folder.resolve("b.car.tree")).doesNotExist();
        assertThat(folder.resolve("b.car.index.partial")).doesNotExist();
    }

    private CarCheck.Result checkBytes(byte[] bytes) throws IOException {
        return CarCheck.check(write(bytes), imported.root(), imported.piece(), Progress.NONE);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("b.car"), bytes);
    }

    private Path write(long rootCodec, Bytes root, Bytes... raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter car = new CarWriter(out, Cid.of(rootCodec, root));
        car.block(Cid.of(rootCodec, root), root);
        for (Bytes block : raw) car.block(cid(block), block);
        return write(out.toByteArray());
    }

    private static Cid cid(Bytes raw) {
        return Cid.of(Codec.RAW, raw);
    }

    private static Link link(Bytes raw) {
        return new Link(cid(raw), "", raw.length());
    }
}
