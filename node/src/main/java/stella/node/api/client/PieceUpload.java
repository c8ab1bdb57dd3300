package stella.node.api.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.UploadView;
import stella.protocol.piece.Piece;

/** Brings a piece to the node, going on where an earlier attempt, or another run of the program, was cut off. */
public final class PieceUpload {
    private static final MediaType CAR = MediaType.get("application/vnd.ipld.car");
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int FRUITLESS_MAX = 5;
    private static final long PAUSE_MILLIS = 300;

    private final ApiClient client;

    PieceUpload(ApiClient client) {
        this.client = client;
    }

    /** Told how many bytes of the piece are at the node. */
    @FunctionalInterface
    public interface Progress {
        void at(long bytes);
    }

    /**
     * Uploads {@code car}, whose bytes are the payload of {@code piece}.
     *
     * @throws IOException an {@link ApiFailure}, or the file cannot be read
     */
    public void send(Piece piece, Path car, Progress progress) throws IOException {
        long last = -1;
        int fruitless = 0;
        while (true) {
            UploadView known = find(piece);
            progress.at(known.received());
            if (known.complete()) return;
            fruitless = known.received() > last ? 0 : fruitless + 1;
            last = known.received();
            try {
                if (put(piece, car, known.received(), progress).complete()) {
                    progress.at(piece.payloadSize());
                    return;
                }
            } catch (ApiFailure e) {
                // The node may not have noticed yet that an earlier connection is gone.
                boolean again = e.code().equals(ApiFailure.UNREACHABLE)
                        || e.is(ErrorCode.UPLOAD_RUNNING)
                        || e.is(ErrorCode.UPLOAD_OFFSET);
                if (!again || fruitless >= FRUITLESS_MAX) throw e;
                pause();
            }
        }
    }

    private UploadView find(Piece piece) throws ApiFailure {
        Request request = new Request.Builder()
                .url(client.url("uploads", piece.cid().toString()))
                .build();
        try {
            return ApiClient.parse(client.text(request), UploadView.class);
        } catch (ApiFailure e) {
            if (e.is(ErrorCode.NO_SUCH_UPLOAD))
                return new UploadView(piece.cid().toString(), 0, piece.payloadSize(), false);
            throw e;
        }
    }

    private UploadView put(Piece piece, Path car, long from, Progress progress) throws IOException {
        long size = piece.payloadSize();
        Request request = new Request.Builder()
                .url(client.url("uploads", piece.cid().toString()))
                // The node's refusal comes before the bytes are sent, not into the middle of them.
                .header("Expect", "100-continue")
                .header("Content-Range", "bytes " + from + "-" + (size - 1) + "/" + size)
                .put(new Part(car, from, size, progress))
                .build();
        return ApiClient.parse(client.text(request), UploadView.class);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the upload was interrupted", e);
        }
    }

    /** The bytes of a file from one position to its end. */
    private static final class Part extends RequestBody {
        private final Path file;
        private final long from;
        private final long size;
        private final Progress progress;

        Part(Path file, long from, long size, Progress progress) {
            this.file = file;
            this.from = from;
            this.size = size;
            this.progress = progress;
        }

        @Override
        public MediaType contentType() {
            return CAR;
        }

        @Override
        public long contentLength() {
            return size - from;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                channel.position(from);
                InputStream in = Channels.newInputStream(channel);
                long at = from;
                while (at < size) {
                    int count = in.read(buffer, 0, (int) Math.min(buffer.length, size - at));
                    if (count < 0) throw new IOException(file + " has become shorter than " + size + " bytes");
                    sink.write(buffer, 0, count);
                    at += count;
                    progress.at(at);
                }
            }
        }
    }
}
