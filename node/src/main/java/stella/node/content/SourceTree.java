package stella.node.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import stella.protocol.cid.BlockSink;
import stella.protocol.unixfs.DagBuilder;
import stella.protocol.unixfs.Profile;
import stella.protocol.unixfs.Subtree;

/**
 * Reads a file or a directory of the disk, each byte once, into blocks (clause CT-1). Everything counts, hidden files too: storage that
 * drops files in silence would be none. Symlinks are kept as symlinks, never followed; what is neither file, directory nor symlink is
 * an error.
 */
public final class SourceTree {
    private final DagBuilder builder;
    private final Progress progress;

    private SourceTree(Profile profile, BlockSink sink, Progress progress) {
        this.builder = new DagBuilder(profile, sink);
        this.progress = progress;
    }

    public static Subtree read(Path source, Profile profile, BlockSink sink, Progress progress) throws IOException {
        progress.phase("reading", size(source));
        // a source that is itself a symlink was named by the user: it is followed
        Path start = Files.isSymbolicLink(source) ? source.toRealPath() : source;
        return new SourceTree(profile, sink, progress).entry(start);
    }

    /** A stream of unknown length, such as standard input. It stays open. */
    public static Subtree read(InputStream source, Profile profile, BlockSink sink, Progress progress)
            throws IOException {
        progress.phase("reading", -1);
        return new SourceTree(profile, sink, progress).stream(source);
    }

    private Subtree entry(Path path) throws IOException {
        if (Files.isSymbolicLink(path))
            return builder.symlink(Files.readSymbolicLink(path).toString());
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) return directory(path);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
            throw new IOException(
                    path + (Files.exists(path) ? " is neither a file nor a directory" : " does not exist"));
        try (InputStream in = Files.newInputStream(path)) {
            return stream(in);
        }
    }

    private Subtree directory(Path path) throws IOException {
        Map<String, Subtree> entries = new HashMap<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
            for (Path child : children) entries.put(name(child), entry(child));
        }
        return builder.directory(entries);
    }

    private static String name(Path child) {
        return Objects.requireNonNull(child.getFileName(), "an entry of a directory has a name")
                .toString();
    }

    private Subtree stream(InputStream in) throws IOException {
        return builder.file(new Counted(in, progress));
    }

    private static long size(Path source) throws IOException {
        if (Files.isRegularFile(source)) return Files.size(source);
        try (Stream<Path> all = Files.walk(source)) {
            long sum = 0;
            for (Path path : (Iterable<Path>) all::iterator)
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) sum += Files.size(path);
            return sum;
        }
    }

    private static final class Counted extends FilterInputStream {
        private final Progress progress;

        Counted(InputStream in, Progress progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            if (count > 0) progress.advance(count);
            return count;
        }
    }
}
