package stella.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    @TempDir
    private Path parent;

    @Test
    void isGoneWhenItIsClosed() throws IOException {
        try (WorkFolder work = WorkFolder.in(parent)) {
            Files.writeString(work.resolve("content.car"), "bytes");
        }

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void leavesTheFolderOfAnotherAlone() throws IOException {
        try (WorkFolder first = WorkFolder.in(parent)) {
            Files.writeString(first.resolve("content.car"), "bytes");
            try (WorkFolder second = WorkFolder.in(parent)) {
                assertThat(first.resolve("content.car")).hasContent("bytes");
                assertThat(second.resolve("content.car")).doesNotExist();
            }
        }
    }

    @Test
    void removesWhatAKilledProcessLeft() throws IOException {
        Path left = Files.createDirectory(parent.resolve("work-left"));
        Files.writeString(left.resolve("lock"), "");
        Files.writeString(left.resolve("content.car"), "bytes");

        try (WorkFolder work = WorkFolder.in(parent)) {
            assertThat(left).doesNotExist();
            assertThat(work.resolve("lock")).exists();
        }
    }
}
