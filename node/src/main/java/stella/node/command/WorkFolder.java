package stella.node.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A folder for files on their way, gone when it is closed. What a killed process left behind is removed by the next one: a folder
 * whose lock nobody holds has no owner any more.
 */
final class WorkFolder implements AutoCloseable {
    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel lock;

    private WorkFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** A fresh folder inside {@code parent}, which is made when it is not there. */
    static WorkFolder in(Path parent) throws IOException {
        Files.createDirectories(parent);
        removeRemains(parent);
        Path folder = Files.createTempDirectory(parent, "work-");
        FileChannel lock = tryLock(folder);
        if (lock == null) throw new IOException(folder + " was taken by another process");
        return new WorkFolder(folder, lock);
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() throws IOException {
        remove(folder);
        lock.close();
    }

    private static void removeRemains(Path parent) throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, "work-*")) {
            for (Path other : others) {
                // Without its lock file a folder is just being made, or just being removed.
                if (!Files.exists(other.resolve(LOCK))) continue;
                try (FileChannel lock = tryLock(other)) {
                    if (lock != null) remove(other);
                }
            }
        }
    }

    private static @Nullable FileChannel tryLock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) return channel;
        } catch (OverlappingFileLockException e) {
            // another thread of this process owns it
        }
        channel.close();
        return null;
    }

    private static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}
