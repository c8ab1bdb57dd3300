package stella.node.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import stella.node.api.document.ErrorCode;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Piece;

/** One unfinished upload: its bytes in a part file and their commitment so far. One thread appends, any may ask. */
final class Upload {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Piece piece;
    private final Path part;
    private final Commitment commitment = new Commitment();
    private volatile long received;
    private volatile boolean busy;

    Upload(Piece piece, Path part) {
        this.piece = piece;
        this.part = part;
    }

    Piece piece() {
        return piece;
    }

    Path part() {
        return part;
    }

    long size() {
        return piece.payloadSize();
    }

    /** Bytes from the start that are here. */
    long received() {
        return received;
    }

    boolean isWhole() {
        return received == size();
    }

    boolean isBusy() {
        return busy;
    }

    void setBusy(boolean value) {
        busy = value;
    }

    void append(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Bytes beyond the count were written by an attempt that failed before they counted.
            file.truncate(received);
            while (true) {
                int count = read(in, buffer);
                if (count == 0) return;
                if (count > size() - received)
                    throw new ApiException(
                            ErrorCode.TOO_LARGE, "more bytes came than the " + size() + " of piece " + piece.cid());
                write(file, buffer, count);
                if (isWhole()) file.force(true);
            }
        }
    }

    /** The caller's failures are told apart from those of the disk: they are its own, and no news for the log. */
    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.readNBytes(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw new ApiException(
                    ErrorCode.MALFORMED,
                    "the bytes stopped coming: " + e.getMessage(),
                    "go on with PUT where HEAD says");
        }
    }

    private void write(FileChannel file, byte[] buffer, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        long at = received;
        while (bytes.hasRemaining()) at += file.write(bytes, at);
        commitment.update(buffer, 0, count);
        received = at;
    }

    /** The piece that the bytes make; only when all are here. */
    Piece finish() {
        return commitment.finish();
    }
}
