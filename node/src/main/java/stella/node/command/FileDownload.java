package stella.node.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import stella.node.content.Progress;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.unixfs.ContentException;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.FileStream;

/**
 * Writes a file, or a range of one, to the disk. It grows in a part file beside its target, named after content and range, and takes
 * its final name when it is whole; an interrupted download goes on where the part file ends.
 */
final class FileDownload {
    private static final int NAME_OF_CONTENT = 12;

    private final ContentReader reader;
    private final Cid file;
    private final ByteRange range;
    private final Path target;

    FileDownload(ContentReader reader, Cid file, ByteRange range, Path target) {
        this.reader = reader;
        this.file = file;
        this.range = range;
        this.target = target;
    }

    /**
     * Bytes of the target, of which {@code resumed} were there already.
     */
    record Done(long bytes, long resumed) {}

    /** @param overwrite whether an existing file may be replaced */
    Done write(boolean overwrite, Progress progress) throws IOException {
        Path part = part();
        long length = length();
        long had = alreadyHad(part, length);
        progress.phase("getting", length);
        progress.advance(had);
        try (FileChannel channel = FileChannel.open(
                        part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileStream in = reader.open(file, range.from() + had, end())) {
            channel.truncate(had);
            channel.position(had);
            OutputStream out = Channels.newOutputStream(channel);
            for (Optional<Bytes> bytes = in.nextPart(); bytes.isPresent(); bytes = in.nextPart()) {
                bytes.get().writeTo(out);
                progress.advance(bytes.get().length());
            }
            if (channel.position() != length)
                throw new ContentException.MalformedDag(
                        file, "it delivered " + channel.position() + " bytes of " + length);
            channel.force(true);
        } catch (ContentException.WrongBlock | ContentException.MalformedDag e) {
            // All before the bad block is verified; but content that is bad in itself will never be whole.
            if (e instanceof ContentException.MalformedDag) Files.deleteIfExists(part);
            throw e;
        }
        publish(part, overwrite);
        return new Done(length, had);
    }

    private long end() {
        return range.to();
    }

    private long length() throws IOException {
        try (FileStream whole = reader.open(file, range.from(), range.to())) {
            return whole.length();
        }
    }

    /** A part file that is too long is not ours. */
    private static long alreadyHad(Path part, long length) throws IOException {
        if (!Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)) return 0;
        long size = Files.size(part);
        return size > length ? 0 : size;
    }

    /** Only the same bytes may go on where these end, so the name says which they are. */
    private Path part() {
        String cid = file.toString();
        String name = "." + target.getFileName() + "." + cid.substring(Math.max(0, cid.length() - NAME_OF_CONTENT))
                + (range.isAll() ? "" : "." + range.from() + "-" + range.to()) + ".part";
        return target.resolveSibling(name);
    }

    private void publish(Path part, boolean overwrite) throws IOException {
        if (overwrite) Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        else if (Files.exists(target, LinkOption.NOFOLLOW_LINKS))
            throw new FileAlreadyExistsException(target.toString());
        else Files.move(part, target);
    }
}
