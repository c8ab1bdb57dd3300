package stella.node.content;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.car.CarWriter;
import stella.protocol.car.DepthFirst;
import stella.protocol.cid.Cid;
import stella.protocol.piece.Piece;
import stella.protocol.unixfs.Profile;
import stella.protocol.unixfs.Subtree;

/**
 * Turns content into a piece (clauses CT-1 to CT-3): the source is read once into a spool of blocks; when the root is known the blocks
 * go depth first into the CAR, and index, tree and commitment are made from the bytes as they pass. Heap stays below 64 MiB for any
 * size; the disk holds the content twice until the end. An import that fails leaves nothing behind.
 */
public final class CarImport {
    private static final int BUFFER_BYTES = 1 << 18;

    private final CarPaths paths;
    private final Progress progress;

    private CarImport(Path car, Progress progress) {
        this.paths = CarPaths.of(car);
        this.progress = progress;
    }

    /** Packs the file or directory {@code source} into {@code car}, with its companions beside it. */
    public static Imported pack(Path source, Path car, Profile profile, Progress progress) throws IOException {
        return new CarImport(car, progress).run(spool -> SourceTree.read(source, profile, spool, progress));
    }

    /** Packs a stream as one file. */
    public static Imported pack(InputStream source, Path car, Profile profile, Progress progress) throws IOException {
        return new CarImport(car, progress).run(spool -> SourceTree.read(source, profile, spool, progress));
    }

    /** Makes blocks out of a source. */
    @FunctionalInterface
    private interface Reading {
        Subtree into(Spool spool) throws IOException;
    }

    private Imported run(Reading reading) throws IOException {
        try (Spool spool = new Spool(paths.spool())) {
            Subtree content = reading.into(spool);
            progress.phase("packing", spool.length());
            return pack(content, spool);
        } finally {
            Files.deleteIfExists(paths.partial(paths.car()));
        }
    }

    private Imported pack(Subtree content, Spool spool) throws IOException {
        Path partial = paths.partial(paths.car());
        try (CompanionWriter companions = new CompanionWriter(paths);
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(partial), BUFFER_BYTES);
                FileChannel back = FileChannel.open(partial, StandardOpenOption.READ)) {
            OutputStream out = new Tee(file, companions, progress);
            CarWriter car = new CarWriter(out, content.cid());
            IndexedBlocks written = new IndexedBlocks(back, companions.index());
            DepthFirst walk = new DepthFirst(content.cid(), cid -> isWritten(cid, companions.index(), file, written));
            int blocks = 0;
            for (Optional<Cid> next = walk.next(); next.isPresent(); next = walk.next(), blocks++) {
                Cid cid = next.get();
                Bytes block = spool.block(cid).orElseThrow(() -> new IOException("the spool has lost block " + cid));
                companions.block(cid.hash(), car.block(cid, block));
                walk.enter(cid, block);
            }
            file.flush();
            Piece piece = companions.piece();
            companions.publish(car.position());
            paths.publish(paths.car());
            return new Imported(content.cid(), piece, car.position(), content.payload(), blocks);
        }
    }

    /** Only if the index says "perhaps" is the file read, for which what is buffered must be in it. */
    private static boolean isWritten(Cid cid, BlockIndex index, OutputStream file, IndexedBlocks written)
            throws IOException {
        if (index.find(cid.hash(), _ -> true) < 0) return false;
        file.flush();
        return written.contains(cid);
    }

    /** Passes bytes to the file and to the companions. */
    private static final class Tee extends OutputStream {
        private final OutputStream file;
        private final CompanionWriter companions;
        private final Progress progress;

        Tee(OutputStream file, CompanionWriter companions, Progress progress) {
            this.file = file;
            this.companions = companions;
            this.progress = progress;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] data, int offset, int count) throws IOException {
            file.write(data, offset, count);
            companions.bytes(data, offset, count);
            progress.advance(count);
        }
    }
}
