package stella.node.dev;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The data folder of a dev network. One process at a time has it; {@code node.json} in it tells other commands where the API is.
 */
final class DataFolder implements AutoCloseable {
    static final String NODE_FILE = "node.json";

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /** Where {@code dev} keeps its network unless told otherwise: {@code $STELLA_DATA}, else the user's data folder. */
    static Path byDefault(Map<String, String> environment) {
        String named = environment.getOrDefault("STELLA_DATA", "");
        if (!named.isEmpty()) return Path.of(named);
        String home = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = home.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(home);
        return base.resolve("stella").resolve("dev");
    }

    /** @throws IOException when the folder cannot be written, or another process has it; the message says which */
    static DataFolder open(Path root) throws IOException {
        Files.createDirectories(root);
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // the same process has it: as much in use as by another
        }
        if (lock == null) {
            channel.close();
            throw new IOException("the data folder " + root + " is in use by another Stella");
        }
        return new DataFolder(root, channel, lock);
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    Path root() {
        return root;
    }

    /** Announces the running network; replaced in one step, so that a reader sees all of it or nothing. */
    void announce(String api) throws IOException {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("api", api);
        node.put("pid", ProcessHandle.current().pid());
        Path next = root.resolve(NODE_FILE + ".new");
        Files.write(next, new ObjectMapper().writeValueAsBytes(node));
        Files.move(next, root.resolve(NODE_FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(root.resolve(NODE_FILE));
        lock.release();
        channel.close();
    }
}
