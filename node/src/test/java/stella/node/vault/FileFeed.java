package stella.node.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import stella.roles.Vault;

/** Brings pieces from a folder instead of the network: the source is a file's path. Can stop in the middle, as sources do. */
final class FileFeed implements PieceFeed {
    int pulls;
    long stopsAt = Long.MAX_VALUE;
    Runnable beforeBytes = () -> {};

    @Override
    public Pulled pull(String source, long size, Path part, Vault.Progress progress) throws IOException {
        pulls++;
        beforeBytes.run();
        byte[] all;
        try {
            all = Files.readAllBytes(Path.of(source));
        } catch (IOException e) {
            return new Pulled.Unreachable(1, "no such source");
        }
        if (all.length != size) return new Pulled.WrongSize(all.length);
        int had = Files.exists(part) ? Math.toIntExact(Files.size(part)) : 0;
        int to = (int) Math.min(size, stopsAt);
        if (had < to)
            Files.write(part, Arrays.copyOfRange(all, had, to), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        progress.at(to, size);
        return to < size ? new Pulled.Unreachable(1, "the source stopped") : new Pulled.Whole(1);
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
