package stella.node.cli.content;

import java.nio.file.Files;
import java.nio.file.Path;
import stella.node.cli.CommandException;
import stella.node.cli.ExitCode;

/** What the content commands have in common. */
final class SourceOptions {
    static final String STDIN = "-";
    static final String PROFILE =
            "How content is cut into blocks, which decides its CID: unixfs-v1-2025 (default), kubo-cidv1 or unixfs-v0-2015.";

    private SourceOptions() {}

    /** A file or directory that is there. */
    static Path existing(String name) {
        Path path = Path.of(name);
        if (Files.exists(path)) return path;
        throw CommandException.of(ExitCode.NOT_FOUND, "file-missing", "there is no file or directory " + name)
                .hint("name an existing one, or - for standard input");
    }

    /** Where a command may write: not there yet. */
    static Path free(Path path) {
        if (!Files.exists(path)) return path;
        throw CommandException.of(ExitCode.FAILED, "file-exists", path + " exists already")
                .hint("choose another name with -o, or remove it");
    }
}
