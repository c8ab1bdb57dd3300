package stella.node.content;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.car.CarReader;
import stella.protocol.cid.BlockSource;
import stella.protocol.cid.Cid;
import stella.protocol.piece.Payload;
import stella.protocol.piece.Piece;
import stella.protocol.piece.Segment;
import stella.protocol.possession.LeafProof;
import stella.protocol.possession.Prover;

/**
 * A CAR on disk, open for looking up blocks and for proving possession. Missing or foreign companions are made anew, which reads the
 * CAR once. Blocks come as they lie on the disk; whoever uses them checks them against their CIDs.
 *
 * <p>Any number of threads may read at once.
 */
public final class CarFile implements BlockSource, Payload, Closeable {
    private static final int BUFFER_BYTES = 1 << 18;

    private final CarPaths paths;
    private final FileChannel channel;
    private final long length;
    private final Cid root;
    private final BlockIndex index;
    private final IndexedBlocks blocks;

    private CarFile(CarPaths paths, FileChannel channel, Cid root) throws IOException {
        this.paths = paths;
        this.channel = channel;
        this.length = channel.size();
        this.root = root;
        this.index = openIndex(paths, length);
        this.blocks = new IndexedBlocks(channel, index);
    }

    /** Opens {@code car}, which has exactly one root. */
    public static CarFile open(Path car) throws IOException {
        Cid root;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(car))) {
            root = new CarReader(in).root();
        }
        FileChannel channel = FileChannel.open(car, StandardOpenOption.READ);
        try {
            return new CarFile(CarPaths.of(car), channel, root);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    public Cid root() {
        return root;
    }

    /** Blocks in the file. */
    public long blockCount() {
        return index.count();
    }

    @Override
    public Optional<Bytes> block(Cid cid) throws IOException {
        return blocks.block(cid);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long position, byte[] target, int offset, int count) throws IOException {
        IndexedBlocks.read(channel, position, ByteBuffer.wrap(target, offset, count));
    }

    /** The piece that this file is: taken from its tree if that is there, else computed by reading the file once. */
    public synchronized Piece piece(Progress progress) throws IOException {
        int height = Piece.heightFor(length);
        if (height > Segment.HEIGHT && Files.exists(paths.tree())) {
            Piece shape = new Piece(Hash.ZERO, height, Piece.capacity(height) - length);
            if (Files.size(paths.tree()) == TreeFile.size(shape))
                return new Piece(TreeFile.root(paths.tree()), height, shape.padding());
        }
        Path partial = paths.partial(paths.tree());
        progress.phase("hashing", length);
        try (TreeFile.Writer tree = new TreeFile.Writer(partial);
                InputStream in = Files.newInputStream(paths.car())) {
            Piece found = ParallelCommitment.of(in, tree, progress);
            tree.complete(found);
            paths.publish(paths.tree());
            return found;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /**
     * Proves leaves of the piece that this file is (clauses PP-3 and PP-6).
     *
     * @throws stella.protocol.possession.DamagedPieceException when the bytes are not those of {@code piece} any more
     */
    public List<LeafProof> prove(Piece piece, List<Long> leaves) throws IOException {
        if (piece.payloadSize() != length)
            throw new IOException(paths.car() + " has " + length + " bytes, but the piece has " + piece.payloadSize());
        try (TreeFile tree = openTree(piece)) {
            return new Prover(piece, this, tree).prove(leaves);
        }
    }

    @Override
    public void close() throws IOException {
        index.close();
        channel.close();
    }

    private static BlockIndex openIndex(CarPaths paths, long length) throws IOException {
        if (Files.exists(paths.index())) {
            try {
                return BlockIndex.open(paths.index(), length);
            } catch (IOException foreign) {
                Files.delete(paths.index());
            }
        }
        Path partial = paths.partial(paths.index());
        try (BlockIndex index = BlockIndex.create(partial);
                InputStream in = new BufferedInputStream(Files.newInputStream(paths.car()), BUFFER_BYTES)) {
            CarReader reader = new CarReader(in);
            for (Optional<CarReader.Section> next = reader.next(); next.isPresent(); next = reader.next())
                index.add(next.get().cid().hash(), next.get().start());
            index.seal(length);
            paths.publish(paths.index());
        } finally {
            Files.deleteIfExists(partial);
        }
        return BlockIndex.open(paths.index(), length);
    }

    private synchronized TreeFile openTree(Piece piece) throws IOException {
        if (Files.exists(paths.tree())) {
            try {
                return TreeFile.open(paths.tree(), piece);
            } catch (IOException foreign) {
                Files.delete(paths.tree());
            }
        }
        Piece found = piece(Progress.NONE);
        if (!found.equals(piece))
            throw new IOException(paths.car() + " is piece " + found.cid() + ", not " + piece.cid());
        return TreeFile.open(paths.tree(), piece);
    }
}
