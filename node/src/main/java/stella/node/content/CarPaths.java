package stella.node.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The files that belong to one CAR. The companions can be made anew from the CAR at any time. */
record CarPaths(Path car) {
    Path index() {
        return beside(car, ".index");
    }

    Path tree() {
        return beside(car, ".tree");
    }

    Path spool() {
        return beside(car, ".spool");
    }

    /** Where {@code path} is written until it is whole. */
    static Path partial(Path path) {
        return beside(path, ".partial");
    }

    /** Puts a finished file in its place, at once and whole. */
    static void publish(Path path) throws IOException {
        Files.move(partial(path), path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static Path beside(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }
}
