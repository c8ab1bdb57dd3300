package stella.node.content;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import stella.protocol.car.CarException;
import stella.protocol.car.CarReader;
import stella.protocol.car.DepthFirst;
import stella.protocol.cid.Cid;
import stella.protocol.piece.Piece;

/**
 * Checks a received CAR entirely (clauses CT-2 and CT-4): one root, every block what its CID says, all blocks of the DAG and no others,
 * depth first, none twice, and the commitment of all bytes. One pass, bounded memory; a sound CAR has its companions afterwards.
 */
public final class CarCheck {
    private static final int BUFFER_BYTES = 1 << 18;

    private CarCheck() {}

    /** What came out. Everything but {@link Sound} means: do not keep this file as this piece. */
    public sealed interface Result {
        /** Whether the file is a piece, and the expected one. */
        default boolean isSound() {
            return this instanceof Sound;
        }

        /** A sentence for people. */
        String sentence();
    }

    public record Sound(Cid root, Piece piece, long bytes, long blocks) implements Result {
        @Override
        public String sentence() {
            return "every block and the commitment are right: " + blocks + " blocks, " + bytes + " bytes, piece "
                    + piece.cid();
        }
    }

    /** The bytes stop being a CAR that can be a piece; {@code reason} says where. */
    public record NotAPiece(String reason) implements Result {
        @Override
        public String sentence() {
            return reason;
        }
    }

    public record WrongRoot(Cid expected, Cid found) implements Result {
        @Override
        public String sentence() {
            return "the root is " + found + ", not " + expected;
        }
    }

    /** A block whose bytes are not those of its CID. */
    public record WrongBlock(Cid cid, long position) implements Result {
        @Override
        public String sentence() {
            return "the bytes of block " + cid + " at byte " + position + " hash to something else";
        }
    }

    /** A block that does not come next in depth-first order, or a second time. */
    public record OutOfOrder(Cid found, Optional<Cid> expected, long position) implements Result {
        @Override
        public String sentence() {
            return "block " + found + " stands at byte " + position + " where "
                    + expected.map(cid -> "block " + cid).orElse("the end") + " belongs";
        }
    }

    /** The file ends before the DAG is complete. */
    public record Incomplete(Cid missing) implements Result {
        @Override
        public String sentence() {
            return "the CAR ends before the DAG is complete: block " + missing + " is missing";
        }
    }

    public record WrongPiece(Piece expected, Piece found) implements Result {
        @Override
        public String sentence() {
            return "the bytes are piece " + found.cid() + ", not " + expected.cid();
        }
    }

    /** Checks that {@code car} is {@code piece} with the content {@code root}. */
    public static Result check(Path car, Cid root, Piece piece, Progress progress) throws IOException {
        return check(car, Optional.of(root), Optional.of(piece), progress);
    }

    /** Checks {@code car} for itself, and tells which piece it is. */
    public static Result check(Path car, Progress progress) throws IOException {
        return check(car, Optional.empty(), Optional.empty(), progress);
    }

    /** Checks {@code car} for itself and against whatever is known of it. */
    public static Result check(Path car, Optional<Cid> root, Optional<Piece> piece, Progress progress)
            throws IOException {
        long size = Files.size(car);
        if (piece.isPresent() && size != piece.get().payloadSize())
            return new NotAPiece("the file has " + size + " bytes, the piece has "
                    + piece.get().payloadSize());
        progress.phase("checking", size);
        try (CompanionWriter companions = new CompanionWriter(CarPaths.of(car));
                FileChannel back = FileChannel.open(car, StandardOpenOption.READ);
                InputStream file = new BufferedInputStream(Files.newInputStream(car), BUFFER_BYTES)) {
            CarReader reader = new CarReader(new Tee(file, companions, progress));
            if (reader.version() != 1) return new NotAPiece("a CAR of version " + reader.version() + " is no piece");
            Cid found = reader.root();
            if (root.isPresent() && !root.get().equals(found)) return new WrongRoot(root.get(), found);
            Optional<Result> wrong = walk(reader, new IndexedBlocks(back, companions.index()), companions);
            if (wrong.isPresent()) return wrong.get();
            Piece computed = companions.piece();
            if (piece.isPresent() && !piece.get().equals(computed)) return new WrongPiece(piece.get(), computed);
            long blocks = companions.index().count();
            companions.publish(reader.position());
            return new Sound(found, computed, reader.position(), blocks);
        } catch (CarException e) {
            return new NotAPiece(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Result> walk(CarReader reader, IndexedBlocks seen, CompanionWriter companions)
            throws IOException {
        DepthFirst order = new DepthFirst(reader.root(), seen::contains);
        while (true) {
            Optional<Cid> expected = order.next();
            Optional<CarReader.Section> next = reader.next();
            if (next.isEmpty()) return expected.map(Incomplete::new);
            CarReader.Section section = next.get();
            if (!section.cid().hash().checkable())
                return Optional.of(new NotAPiece("the hash function of block " + section.cid() + " cannot be checked"));
            if (expected.isEmpty() || !expected.get().equals(section.cid()))
                return Optional.of(new OutOfOrder(section.cid(), expected, section.start()));
            if (!section.sound()) return Optional.of(new WrongBlock(section.cid(), section.blockStart()));
            companions.block(section.cid().hash(), section.start());
            order.enter(section.cid(), section.block());
        }
    }

    /** Passes what the reader reads to the companions. */
    private static final class Tee extends FilterInputStream {
        private final CompanionWriter companions;
        private final Progress progress;

        Tee(InputStream in, CompanionWriter companions, Progress progress) {
            super(in);
            this.companions = companions;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            int read = super.read(target, offset, count);
            if (read > 0) {
                companions.bytes(target, offset, read);
                progress.advance(read);
            }
            return read;
        }
    }
}
