package stella.node.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stella.protocol.unixfs.Profile;

/** CT-3: memory does not grow with the content. A JVM with 40 MiB of heap imports, checks and proves 192 MiB. */
class ImportMemoryIT {
    private static final int MIB = 1 << 20;
    private static final int CONTENT_MIB = 192;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void importsContentFarLargerThanItsHeap() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Program.class.getName(),
                        folder.resolve("out.car").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();

        int exitCode = process.waitFor();

        assertThat(new File(folder.toFile(), "said")).hasContent("sound");
        assertThat(exitCode).isZero();
    }

    /** What the small JVM runs. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            Path car = Path.of(arguments[0]);
            Imported imported = CarImport.pack(new Counting(), car, Profile.UNIXFS_V1_2025, Progress.NONE);
            CarCheck.Result result = CarCheck.check(car, imported.root(), imported.piece(), Progress.NONE);
            try (CarFile file = CarFile.open(car)) {
                file.prove(imported.piece(), List.of(0L, imported.piece().leafCount() - 1));
            }
            System.out.println(result.isSound() && imported.blocks() == CONTENT_MIB + 1 ? "sound" : result.sentence());
        }
    }

    /** Chunks that all differ. */
    private static final class Counting extends InputStream {
        private long position;

        @Override
        public int read() {
            if (position == (long) CONTENT_MIB * MIB) return -1;
            long chunk = position / MIB;
            return (int) (chunk * 31 + position++) & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = 0;
            for (int value; count < length && (value = read()) >= 0; count++) target[offset + count] = (byte) value;
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
