package stella.devchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.devchain.chain.Archive;
import stella.devchain.chain.Chain;
import stella.protocol.Hash;

/** A process that is killed in the middle of its work leaves the chain up to a block it made, and goes on from there. */
final class KillIT {
    private static final List<Integer> BLOCKS_BEFORE_DEATH = List.of(1, 7, 23);

    @Test
    void chainOfAKilledProcessHasEveryBlockItTold(@TempDir Path folder) throws IOException, InterruptedException {
        long before = 0;
        for (int blocks : BLOCKS_BEFORE_DEATH) {
            String[] told = runAndKill(folder, blocks).split(" ");
            long number = Long.parseLong(told[0]);

            try (Archive archive = Archive.in(folder)) {
                Chain chain = TestRuntime.chain(archive, TestRuntime.CLOCK);
                assertThat(number).as("it went on where the last one died").isGreaterThan(before);
                assertThat(chain.blocks().hashAt(number)).contains(Hash.hex(told[1]));
                assertThat(chain.blocks().tip().state().root())
                        .isEqualTo(chain.blocks().best().header().stateRoot());
                before = chain.blocks().best().number();
            }
        }
    }

    /** The last line the process printed before it was killed. */
    private static String runAndKill(Path folder, int blocks) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledChain.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String last = "";
            for (int i = 0; i < blocks; i++) {
                last = lines.readLine();
                assertThat(last).as("the process made a block").isNotNull();
            }
            return last;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
