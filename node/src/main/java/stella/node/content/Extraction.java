package stella.node.content;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.unixfs.Content;
import stella.protocol.unixfs.ContentException;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.FileStream;
import stella.protocol.unixfs.Link;

/**
 * Writes verified content to the disk. The maker of the content is a stranger: names that would lead out of the target, symlinks that
 * point out of it, and a name used twice are refused. The target must not exist; it appears at once and whole or not at all.
 */
public final class Extraction {
    private static final int DEPTH_MAX = 512;

    private final ContentReader reader;
    private final Path root;
    private final Progress progress;

    private Extraction(ContentReader reader, Path root, Progress progress) {
        this.reader = reader;
        this.root = root;
        this.progress = progress;
    }

    /** Writes the file, directory or symlink {@code cid} to {@code target}. */
    public static void write(ContentReader reader, Cid cid, Path target, Progress progress) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) throw new FileAlreadyExistsException(target.toString());
        Path whole = target.toAbsolutePath().normalize();
        Path partial = CarPaths.of(whole).partial(whole);
        try {
            new Extraction(reader, partial, progress).entry(cid, partial, 0);
            Files.move(partial, target);
        } finally {
            delete(partial);
        }
    }

    private void entry(Cid cid, Path path, int depth) throws IOException {
        if (depth > DEPTH_MAX)
            throw new ContentException.MalformedDag(cid, "it lies deeper than " + DEPTH_MAX + " directories");
        switch (reader.content(cid)) {
            case Content.File file -> file(file, path);
            case Content.Directory directory -> {
                Files.createDirectory(path);
                reader.list(
                        directory.cid(), entry -> entry(entry.cid(), child(path, directory.cid(), entry), depth + 1));
            }
            case Content.Symlink link -> symlink(link, path);
        }
    }

    private void file(Content.File file, Path path) throws IOException {
        progress.phase("writing", file.size());
        try (FileStream in = reader.open(file.cid());
                OutputStream out = new BufferedOutputStream(
                        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            for (Optional<Bytes> part = in.nextPart(); part.isPresent(); part = in.nextPart()) {
                part.get().writeTo(out);
                progress.advance(part.get().length());
            }
        }
    }

    private void symlink(Content.Symlink link, Path path) throws IOException {
        Path target = path(link.cid(), link.target());
        Path parent = path.equals(root) ? root : path.resolveSibling("");
        if (target.isAbsolute() || !parent.resolve(target).normalize().startsWith(root) || path.equals(root))
            throw new ContentException.MalformedDag(
                    link.cid(), "the symlink to '" + link.target() + "' leads out of the directory that is written");
        Files.createSymbolicLink(path, target);
    }

    private static Path child(Path directory, Cid cid, Link entry) throws IOException {
        String name = entry.name();
        Path relative = path(cid, name);
        if (name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || relative.isAbsolute()
                || relative.getNameCount() != 1
                || name.indexOf('/') >= 0)
            throw new ContentException.MalformedDag(cid, "'" + name + "' is no name for a file");
        return directory.resolve(relative);
    }

    private static Path path(Cid cid, String name) throws IOException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ContentException.MalformedDag(cid, "'" + name + "' is no name on this system");
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
