package stella.devchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.devchain.chain.Archive;
import stella.devchain.chain.Block;
import stella.devchain.chain.BlockExecution;
import stella.devchain.chain.BlockRecord;
import stella.devchain.chain.BlockTree;
import stella.devchain.chain.Header;
import stella.devchain.state.State;
import stella.protocol.Hash;

/**
 * A process under load that is killed at any moment leaves a chain that has every block it announced, and goes on from there. {@code -Dstella.kills=100}
 * kills it more often than the usual run does.
 */
final class KillIT {
    private static final int KILLS = Integer.getInteger("stella.kills", 5);
    private static final int LINES_MAX = 40;
    private static final long SEED = 42;

    private final TreeMap<Long, Hash> finals = new TreeMap<>();
    private long lastBest;
    private long transactions;

    @Test
    void chainOfAKilledProcessHasEveryBlockItAnnounced(@TempDir Path folder) throws IOException, InterruptedException {
        SplittableRandom chance = new SplittableRandom(SEED);
        for (int kill = 1; kill <= KILLS; kill++) {
            runAndKill(folder, chance.nextInt(1, LINES_MAX));

            try (Archive archive = Archive.in(folder)) {
                BlockTree blocks = BlockTree.open(archive, TestRuntime.genesis(), TestRuntime.LOADER);
                assertThat(blocks.best().number()).as("kill %s", kill).isGreaterThanOrEqualTo(lastBest);
                assertThat(blocks.finalized().number())
                        .as("kill %s", kill)
                        .isGreaterThanOrEqualTo(finals.isEmpty() ? 0 : finals.lastKey());
                for (Map.Entry<Long, Hash> told : finals.entrySet())
                    assertThat(blocks.hashAt(told.getKey())).as("kill %s", kill).contains(told.getValue());
                assertThat(linkedFromGenesis(blocks)).as("kill %s", kill).isTrue();
                assertThat(reexecuted(blocks).root())
                        .isEqualTo(blocks.best().header().stateRoot());
            }
        }
        assertThat(transactions).as("there was load").isGreaterThan(KILLS);
    }

    private static boolean linkedFromGenesis(BlockTree blocks) {
        Hash parent = blocks.genesis();
        for (long number = 1; number <= blocks.best().number(); number++) {
            Header header =
                    blocks.hashAt(number).flatMap(blocks::block).orElseThrow().header();
            if (!header.parentHash().equals(parent)) return false;
            parent = header.hash();
        }
        return true;
    }

    /** The storage that the best block leads to from what is kept of its parent's. */
    private static State reexecuted(BlockTree blocks) {
        BlockRecord best = blocks.best();
        if (best.number() == 0) return blocks.tip().state();
        State parent = blocks.stateAt(best.header().parentHash()).orElseThrow();
        Block block = best.block();
        return new BlockExecution(TestRuntime.LOADER).execute(parent, block).apply(best.version());
    }

    /** Kills the process after it printed so many lines, and remembers what they said. */
    private void runAndKill(Path folder, int lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-DontCompileHugeMethods",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledChain.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) remember(output.readLine());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void remember(String line) {
        assertThat(line).as("the process made a block").isNotNull();
        String[] words = line.split(" ");
        long number = Long.parseLong(words[1]);
        if (words[0].equals("final")) finals.put(number, Hash.hex(words[2]));
        else lastBest = number;
        transactions += Long.parseLong(words[3]) - 1;
    }
}
