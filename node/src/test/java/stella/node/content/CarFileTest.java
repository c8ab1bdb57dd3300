package stella.node.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Piece;
import stella.protocol.possession.DamagedPieceException;
import stella.protocol.possession.LeafProof;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.Profile;

class CarFileTest {
    @TempDir
    Path folder;

    private final byte[] data = SeededBytes.of("car file", 3_000_000);
    private Path car;
    private Imported imported;

    @BeforeEach
    void packAFile() throws IOException {
        car = folder.resolve("a.car");
        imported = CarImport.pack(Files.write(folder.resolve("source"), data), car, Profile.KUBO_CIDV1, Progress.NONE);
    }

    @Test
    void readsTheContentBack() throws IOException {
        assertContentComesBack();
    }

    private void assertContentComesBack() throws IOException {
        try (CarFile file = CarFile.open(car)) {
            assertThat(file.blockCount()).isEqualTo(imported.blocks());
            assertThat(new ContentReader(file).open(file.root()).readAllBytes()).isEqualTo(data);
            assertThat(file.block(Cid.of(Codec.RAW, Bytes.utf8("not here")))).isEmpty();
        }
    }

    @Test
    void makesAMissingOrForeignIndexAnew() throws IOException {
        Path index = folder.resolve("a.car.index");
        for (byte[] foreign : List.of(new byte[0], new byte[100], SeededBytes.of("index", 50_000))) {
            Files.write(index, foreign);
            assertContentComesBack();
        }
        Files.delete(index);
        assertContentComesBack();
    }

    @Test
    void doesNotUseTheIndexOfAnotherLength() throws IOException {
        Files.write(folder.resolve("source"), data, StandardOpenOption.APPEND);
        Path other = folder.resolve("other.car");
        Imported second = CarImport.pack(folder.resolve("source"), other, Profile.KUBO_CIDV1, Progress.NONE);
        Files.copy(
                folder.resolve("a.car.index"), folder.resolve("other.car.index"), StandardCopyOption.REPLACE_EXISTING);

        try (CarFile file = CarFile.open(other)) {
            assertThat(file.blockCount()).isEqualTo(second.blocks());
        }
    }

    @Test
    void provesLeavesOfItsPiece() throws IOException {
        assertLeavesAreProved();
    }

    private void assertLeavesAreProved() throws IOException {
        Piece piece = imported.piece();
        List<Long> leaves = List.of(0L, 2047L, 2048L, 50_000L, piece.leafCount() - 1);

        try (CarFile file = CarFile.open(car)) {
            List<LeafProof> proofs = file.prove(piece, leaves);

            assertThat(piece).isEqualTo(Commitment.of(Files.readAllBytes(car)));
            assertThat(proofs).hasSize(5).allMatch(proof -> proof.leadsTo(piece));
            assertThat(proofs.stream().map(LeafProof::index)).isEqualTo(leaves);
        }
    }

    @Test
    void makesAMissingOrForeignTreeAnew() throws IOException {
        Path tree = folder.resolve("a.car.tree");
        long size = Files.size(tree);
        for (byte[] foreign : List.of(new byte[0], new byte[(int) size], new byte[31])) {
            Files.write(tree, foreign);
            assertLeavesAreProved();
        }
        Files.delete(tree);
        assertLeavesAreProved();
        assertThat(tree).hasSize(size);
    }

    @Test
    void provesAPieceOfASingleSegment() throws IOException {
        Path small = folder.resolve("small.car");
        Imported one = CarImport.pack(
                Files.write(folder.resolve("s"), new byte[100]), small, Profile.UNIXFS_V1_2025, Progress.NONE);

        try (CarFile file = CarFile.open(small)) {
            for (long leaf = 0; leaf < one.piece().leafCount(); leaf++)
                assertThat(file.prove(one.piece(), List.of(leaf))).allMatch(proof -> proof.leadsTo(one.piece()));
        }
    }

    @Test
    void doesNotProveWhatIsDamaged() throws IOException {
        long position = 2_000_000;
        try (RandomAccessFile disk = new RandomAccessFile(car.toFile(), "rw")) {
            disk.seek(position);
            int old = disk.read();
            disk.seek(position);
            disk.write(old ^ 1);
        }

        try (CarFile file = CarFile.open(car)) {
            assertThatThrownBy(() -> file.prove(imported.piece(), List.of(position / 127 * 4)))
                    .isInstanceOf(DamagedPieceException.class);
        }
    }

    @Test
    void doesNotProveAnotherPiece() throws IOException {
        try (CarFile file = CarFile.open(car)) {
            assertThatThrownBy(() -> file.prove(Commitment.of(new byte[500]), List.of(0L)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("500");
        }
    }
}
