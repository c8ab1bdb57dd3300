package stella.node.content;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.cid.BlockSink;
import stella.protocol.cid.BlockSource;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Varint;

/**
 * Blocks in the order they were made, each once, on disk. An import needs it because a CAR begins with the root, which is known last,
 * while the source is read only once (CT-3). Deleted on close.
 */
final class Spool implements BlockSink, BlockSource, Closeable {
    private static final int BUFFER_BYTES = 1 << 18;

    private final Path path;
    private final Path indexPath;
    private final OutputStream out;
    private final FileChannel channel;
    private final BlockIndex index;
    private final IndexedBlocks blocks;
    private long length;

    Spool(Path path) throws IOException {
        this.path = path;
        this.indexPath = path.resolveSibling(path.getFileName() + ".index");
        this.out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES);
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.index = BlockIndex.create(indexPath);
        this.blocks = new IndexedBlocks(channel, index);
    }

    @Override
    public void put(Cid cid, Bytes block) throws IOException {
        if (contains(cid)) return;
        Bytes name = cid.toBytes();
        Bytes size = Varint.encode((long) name.length() + block.length());
        size.writeTo(out);
        name.writeTo(out);
        block.writeTo(out);
        index.add(cid.hash(), length);
        length += size.length() + name.length() + block.length();
    }

    @Override
    public Optional<Bytes> block(Cid cid) throws IOException {
        out.flush();
        return blocks.block(cid);
    }

    /** Bytes of the different blocks, with their CIDs: those of a CAR without its header. */
    long length() {
        return length;
    }

    private boolean contains(Cid cid) throws IOException {
        return index.find(cid.hash(), position -> {
                            out.flush();
                            return true;
                        })
                        >= 0
                && blocks.contains(cid);
    }

    @Override
    public void close() throws IOException {
        index.close();
        channel.close();
        out.close();
        Files.deleteIfExists(path);
        Files.deleteIfExists(indexPath);
    }
}
