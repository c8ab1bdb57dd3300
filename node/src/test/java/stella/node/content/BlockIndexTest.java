package stella.node.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.protocol.Bytes;
import stella.protocol.cid.Multihash;

class BlockIndexTest {
    @TempDir
    Path folder;

    @Test
    void findsEachOfManyBlocksAfterGrowing() throws IOException {
        try (BlockIndex index = BlockIndex.create(folder.resolve("index"))) {
            for (int i = 0; i < 20_000; i++) index.add(hash(i), i * 7L);

            assertThat(index.count()).isEqualTo(20_000);
            for (int i = 0; i < 20_000; i++) {
                long position = i * 7L;
                assertThat(index.find(hash(i), at -> at == position)).isEqualTo(position);
            }
            assertThat(index.find(hash(20_000), _ -> true)).isEqualTo(-1);
        }
    }

    @Test
    void asksAgainWhenAPositionIsNotTheOneMeant() throws IOException {
        try (BlockIndex index = BlockIndex.create(folder.resolve("index"))) {
            index.add(hash(1), 10);
            index.add(hash(1), 20);

            assertThat(index.find(hash(1), at -> at == 20)).isEqualTo(20);
            assertThat(index.find(hash(1), at -> at == 30)).isEqualTo(-1);
        }
    }

    @Test
    void opensOnlyForTheFileItWasSealedFor() throws IOException {
        Path path = folder.resolve("index");
        try (BlockIndex index = BlockIndex.create(path)) {
            index.add(hash(1), 10);
            index.seal(500);
        }

        try (BlockIndex index = BlockIndex.open(path, 500)) {
            assertThat(index.find(hash(1), _ -> true)).isEqualTo(10);
        }
        assertThatThrownBy(() -> BlockIndex.open(path, 501)).isInstanceOf(IOException.class);
    }

    @Test
    void doesNotOpenWhatWasNeverSealed() throws IOException {
        Path path = folder.resolve("index");
        BlockIndex.create(path).close();

        assertThatThrownBy(() -> BlockIndex.open(path, 0)).isInstanceOf(IOException.class);
    }

    private static Multihash hash(int i) {
        return Multihash.sha256(Bytes.utf8("block " + i));
    }
}
