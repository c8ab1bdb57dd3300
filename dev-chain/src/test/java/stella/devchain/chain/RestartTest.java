package stella.devchain.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.devchain.TestRuntime;
import stella.devchain.state.State;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** What a chain in a folder keeps, however it ends. */
final class RestartTest {
    private static final Bytes NOW = Bytes.hex("f0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb");

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-24T00:00:00Z");

    @Test
    void restartContinuesAtTheLastBlockWithTheSameRoot() {
        BlockRecord last;
        try (Archive archive = Archive.in(folder)) {
            last = blocks(chain(archive), 5).getLast();
        }

        try (Archive archive = Archive.in(folder)) {
            Chain chain = chain(archive);
            assertThat(chain.blocks().best()).isEqualTo(last);
            assertThat(chain.blocks().tip().state().root())
                    .isEqualTo(last.header().stateRoot());
            assertThat(blocks(chain, 1).getFirst().header().parentHash()).isEqualTo(last.hash());
        }
    }

    @Test
    void storageOfEveryOldBlockIsReadAfterARestart() {
        List<BlockRecord> made;
        try (Archive archive = Archive.in(folder)) {
            made = blocks(chain(archive), 40);
        }

        try (Archive archive = Archive.in(folder)) {
            BlockTree blocks = chain(archive).blocks();
            List<Bytes> times = new ArrayList<>();
            for (BlockRecord block : made) {
                State state = blocks.stateAt(block.hash()).orElseThrow();
                assertThat(state.root())
                        .as("block %s", block.number())
                        .isEqualTo(block.header().stateRoot());
                times.add(state.get(NOW));
            }
            assertThat(times).doesNotContainNull().doesNotHaveDuplicates().hasSize(40);
        }
    }

    @Test
    void copyOfTheFileAfterAnyBlockIsAChainUpToThatBlock(@TempDir Path copies) throws IOException {
        List<Hash> hashes = new ArrayList<>();
        try (Archive archive = Archive.in(folder)) {
            Chain chain = chain(archive);
            for (int i = 0; i < 12; i++) {
                hashes.add(blocks(chain, 1).getFirst().hash());
                Path copy = Files.createDirectory(copies.resolve(String.valueOf(i)));
                Files.copy(folder.resolve("chain.mv"), copy.resolve("chain.mv"));
            }
        }

        for (int i = 0; i < 12; i++) {
            try (Archive archive = Archive.in(copies.resolve(String.valueOf(i)))) {
                assertThat(chain(archive).blocks().best().hash())
                        .as("copy %s", i)
                        .isEqualTo(hashes.get(i));
            }
        }
    }

    @Test
    void fileCutOffAnywhereInItsLastBlockIsAChainUpToTheBlockBefore(@TempDir Path copies) throws IOException {
        List<Hash> hashes = new ArrayList<>();
        long before;
        try (Archive archive = Archive.in(folder)) {
            Chain chain = chain(archive);
            hashes.add(chain.blocks().genesis());
            blocks(chain, 3).forEach(block -> hashes.add(block.hash()));
            before = Files.size(folder.resolve("chain.mv"));
            hashes.add(blocks(chain, 1).getFirst().hash());
            byte[] whole = Files.readAllBytes(folder.resolve("chain.mv"));
            for (int cut = 0; cut < 8; cut++) {
                Path copy = Files.createDirectory(copies.resolve(String.valueOf(cut)));
                int length = (int) (before + (whole.length - before) * cut / 8);
                Files.write(copy.resolve("chain.mv"), Arrays.copyOf(whole, length));
            }
        }

        for (int cut = 0; cut < 8; cut++) {
            try (Archive archive = Archive.in(copies.resolve(String.valueOf(cut)))) {
                assertThat(chain(archive).blocks().best().hash())
                        .as("cut %s", cut)
                        .isIn(hashes);
            }
        }
    }

    @Test
    void folderInUseIsRefusedWithItsName() {
        try (Archive archive = Archive.in(folder)) {
            chain(archive);

            assertThatThrownBy(() -> Archive.in(folder))
                    .isInstanceOf(ChainDataException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void fileThatIsNoChainIsRefusedWithItsName() throws IOException {
        Files.writeString(folder.resolve("chain.mv"), "not a chain at all".repeat(1000));

        assertThatThrownBy(() -> Archive.in(folder))
                .isInstanceOf(ChainDataException.class)
                .hasMessageContaining(folder.resolve("chain.mv").toString());
    }

    private Chain chain(Archive archive) {
        return TestRuntime.chain(archive, () -> now);
    }

    private List<BlockRecord> blocks(Chain chain, int count) {
        List<BlockRecord> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            now = now.plusSeconds(1);
            blocks.add(chain.produce());
        }
        return blocks;
    }
}
