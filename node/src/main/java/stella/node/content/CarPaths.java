package stella.node.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The files that belong to one CAR. The companions can be made anew from the CAR at any time.
 *
 * <p>Whatever is not finished has a name ending in {@code .partial}, different for each attempt of each process, so two that work on
 * one CAR do not write into the same file. After a crash such files may be deleted.
 *
 * @param attempt part of the names of unfinished files
 */
record CarPaths(Path car, String attempt) {
    private static final AtomicLong ATTEMPTS = new AtomicLong();

    static CarPaths of(Path car) {
        return new CarPaths(car, ProcessHandle.current().pid() + "-" + ATTEMPTS.incrementAndGet());
    }

    Path index() {
        return beside(car, ".index");
    }

    Path tree() {
        return beside(car, ".tree");
    }

    Path spool() {
        return partial(beside(car, ".spool"));
    }

    /** Where {@code path} is written until it is whole. */
    Path partial(Path path) {
        return beside(path, "." + attempt + ".partial");
    }

    /** Puts a finished file in its place, at once and whole. */
    void publish(Path path) throws IOException {
        Files.move(partial(path), path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path beside(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }
}
