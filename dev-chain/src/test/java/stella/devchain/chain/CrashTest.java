package stella.devchain.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.devchain.TestRuntime;
import stella.devchain.host.RuntimeCode;
import stella.devchain.pool.PoolLimits;
import stella.devchain.pool.TransactionPool;
import stella.devchain.pool.Validity;
import stella.devchain.state.Overlay;
import stella.devchain.trie.StateVersion;

/** The chain on a disk that stops at its first write, at its second, and so on through all of them. */
final class CrashTest {
    private static final int BLOCKS = 9;
    private static final int FINALITY_LAG = 2;

    private static final Genesis GENESIS = TestRuntime.genesis();
    private static final List<Author.Authored> AUTHORED = new ArrayList<>();

    @TempDir
    private Path folder;

    /** What each block is, worked out once. */
    @BeforeAll
    static void author() {
        BlockTree tree = BlockTree.open(Archive.inMemory(), GENESIS, TestRuntime.LOADER);
        RuntimeCode code = TestRuntime.LOADER.load(TestRuntime.WASM);
        TransactionPool empty = new TransactionPool(
                _ -> new Validity.Refused(false, 0, "none"), TestRuntime.CLOCK, PoolLimits.DEFAULT, 0);
        AUTHORED.clear();
        for (int i = 0; i < BLOCKS; i++) {
            BlockTree.Tip tip = tree.tip();
            AUTHORED.add(Author.author(
                    tip.block().header(), tip.state(), code, empty, TestRuntime.CLOCK.millis() + 1000L * i));
            append(tree, i);
        }
    }

    @Test
    void processThatDiesAtAnyWriteLosesNoBlockItTold() throws IOException {
        int write = 1;
        while (run(write, false)) write++;

        assertThat(write).as("every block and every finality is a write").isGreaterThan(2 * BLOCKS);
    }

    @Test
    void machineThatDiesAtAnyWriteLosesNoFinalBlock() throws IOException {
        int write = 1;
        while (run(write, true)) write++;

        assertThat(write).as("every block and every finality is a write").isGreaterThan(2 * BLOCKS);
    }

    /** False when the chain was done before the write came. */
    private boolean run(int stopAt, boolean powerCut) throws IOException {
        Files.deleteIfExists(file());
        Archive.in(folder).close();
        FaultyDisk disk = FaultyDisk.stoppingAt(stopAt, Files.readAllBytes(file()));
        int best = 0;
        int finalized = 0;
        try {
            BlockTree tree = BlockTree.open(Archive.in(file(), FaultyDisk.fileName()), GENESIS, TestRuntime.LOADER);
            for (; best < BLOCKS; best++) {
                append(tree, best);
                if (best < FINALITY_LAG) continue;
                tree.finalizeChild(
                        tree.block(tree.hashAt(finalized + 1).orElseThrow()).orElseThrow());
                finalized++;
            }
        } catch (MVStoreException | ChainDataException e) {
            assertThat(disk.stopped())
                    .as("only the disk stops the chain: %s", e)
                    .isTrue();
        }
        if (!disk.stopped()) return false;

        Files.write(file(), powerCut ? disk.afterPowerCut(stopAt) : disk.afterKill());
        try (Archive archive = Archive.in(folder)) {
            BlockTree tree = BlockTree.open(archive, GENESIS, TestRuntime.LOADER);
            assertThat(tree.finalized().number()).as("write %s", stopAt).isGreaterThanOrEqualTo(finalized);
            if (!powerCut)
                assertThat(tree.best().number()).as("write %s", stopAt).isGreaterThanOrEqualTo(best);
            int there = (int) tree.best().number();
            for (int number = 1; number <= there; number++)
                assertThat(tree.hashAt(number))
                        .as("write %s", stopAt)
                        .contains(AUTHORED.get(number - 1).block().hash());
            if (there < BLOCKS) append(tree, there);
        }
        return true;
    }

    private Path file() {
        return folder.resolve("chain.mv");
    }

    /** Appends the block after the one with this number. */
    private static void append(BlockTree tree, int number) {
        Author.Authored next = AUTHORED.get(number);
        Overlay overlay = next.overlay();
        tree.setBest(tree.append(next.block(), overlay, StateVersion.V1));
    }
}
