package stella.node.content;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import stella.protocol.cid.Multihash;
import stella.protocol.piece.Piece;

/** Makes index, tree and piece of a CAR while its bytes pass by once. What is not finished leaves nothing behind. */
final class CompanionWriter implements Closeable {
    private final CarPaths paths;
    private final BlockIndex index;
    private final TreeFile.Writer tree;
    private final ParallelCommitment commitment;

    CompanionWriter(CarPaths paths) throws IOException {
        this.paths = paths;
        this.index = BlockIndex.create(paths.partial(paths.index()));
        this.tree = new TreeFile.Writer(paths.partial(paths.tree()));
        this.commitment = new ParallelCommitment(tree);
    }

    /** All bytes of the CAR, in order. */
    void bytes(byte[] data, int offset, int count) throws IOException {
        commitment.update(data, offset, count);
    }

    void block(Multihash hash, long position) throws IOException {
        index.add(hash, position);
    }

    BlockIndex index() {
        return index;
    }

    /** The piece of the bytes that passed. */
    Piece piece() throws IOException {
        Piece piece = commitment.finish();
        tree.complete(piece);
        return piece;
    }

    /** Puts both companions in their place, for a CAR of {@code length} bytes. */
    void publish(long length) throws IOException {
        index.seal(length);
        paths.publish(paths.index());
        paths.publish(paths.tree());
    }

    @Override
    public void close() throws IOException {
        commitment.close();
        tree.close();
        index.close();
        Files.deleteIfExists(paths.partial(paths.index()));
        Files.deleteIfExists(paths.partial(paths.tree()));
    }
}
