package stella.node.content;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;
import stella.protocol.piece.Segment;
import stella.protocol.piece.TreeHash;
import stella.protocol.piece.ZeroTree;
import stella.protocol.possession.Prover;

/**
 * The upper part of a piece's tree on disk (PP-6): segment roots from left to right, then each level above them, ending with the root
 * of the piece. 1/1000 of the piece. A piece of a single segment has an empty file.
 */
final class TreeFile implements Prover.UpperTree, Closeable {
    private final Piece piece;
    private final FileChannel channel;

    private TreeFile(Piece piece, FileChannel channel) {
        this.piece = piece;
        this.channel = channel;
    }

    /**
     * Opens the tree of {@code piece}.
     *
     * @throws IOException also when the file is not of this piece: make it anew
     */
    static TreeFile open(Path path, Piece piece) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        TreeFile file = new TreeFile(piece, channel);
        try {
            if (channel.size() != size(piece)) throw new IOException(path + " is not the tree of piece " + piece.cid());
            if (piece.height() > Segment.HEIGHT && !file.node(piece.height(), 0).equals(piece.root()))
                throw new IOException(path + " is the tree of another piece than " + piece.cid());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return file;
    }

    @Override
    public Hash node(int level, long index) throws IOException {
        long position = start(piece, level) + index * Hash.LENGTH;
        return new Hash(Bytes.owning(IndexedBlocks.read(channel, position, Hash.LENGTH)));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Bytes of the file of a piece of this shape. */
    static long size(Piece piece) {
        return start(piece, piece.height() + 1);
    }

    /** The last node of a file, which is the root. */
    static Hash root(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new Hash(Bytes.owning(IndexedBlocks.read(channel, channel.size() - Hash.LENGTH, Hash.LENGTH)));
        }
    }

    /** Where a level begins. */
    private static long start(Piece piece, int level) {
        long nodes = 0;
        if (piece.height() > Segment.HEIGHT)
            for (int below = Segment.HEIGHT; below < level; below++) nodes += Prover.nodes(piece, below);
        return nodes * Hash.LENGTH;
    }

    /** Takes the segment roots as they come and completes the file when the piece is known. */
    static final class Writer implements ParallelCommitment.SegmentSink, Closeable {
        private final Path path;
        private final OutputStream out;

        Writer(Path path) throws IOException {
            this.path = path;
            this.out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
        }

        @Override
        public void segment(Hash root) throws IOException {
            root.bytes().writeTo(out);
        }

        /** Computes the levels above the segments: each is read as the one before was written, right behind it. */
        void complete(Piece piece) throws IOException {
            out.flush();
            MessageDigest sha = Digests.sha256();
            try (InputStream below = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
                for (int level = Segment.HEIGHT; level < piece.height(); level++) {
                    long nodes = Prover.nodes(piece, level);
                    for (long i = 0; i < nodes; i += 2) {
                        Hash left = next(below);
                        Hash right = i + 1 < nodes ? next(below) : ZeroTree.root(level);
                        TreeHash.node(sha, left, right).bytes().writeTo(out);
                    }
                    out.flush();
                }
            }
        }

        private static Hash next(InputStream in) throws IOException {
            byte[] node = in.readNBytes(Hash.LENGTH);
            if (node.length < Hash.LENGTH) throw new EOFException("the tree has fewer nodes than its piece");
            return new Hash(Bytes.owning(node));
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
