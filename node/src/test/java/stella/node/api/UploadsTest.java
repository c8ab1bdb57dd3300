package stella.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.UploadView;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Piece;

/** Pieces on their way to the node, on a real disk. */
class UploadsTest {
    private static final byte[] CAR = bytes(3 << 20, 7);
    private static final Piece PIECE = Commitment.of(CAR);

    @TempDir
    private Path folder;

    @Test
    void offersAPieceWhenAllItsBytesAreHere() throws IOException {
        Uploads uploads = uploads(ApiSettings.DEFAULT);

        UploadView view = uploads.append(PIECE, 0, new ByteArrayInputStream(CAR));

        assertThat(view.complete()).isTrue();
        assertThat(uploads.isOffered(PIECE)).isTrue();
        assertThat(folder.resolve(PIECE.cid() + ".car")).hasBinaryContent(CAR);
    }

    @Test
    void goesOnWhereABrokenStreamStopped() throws IOException {
        Uploads uploads = uploads(ApiSettings.DEFAULT);
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(CAR, 0, (1 << 20) + 100), new Failing());
        ApiException stopped = refusal(() -> uploads.append(PIECE, 0, broken));
        long received = uploads.find(PIECE).orElseThrow().received();

        UploadView view = uploads.append(
                PIECE, received, new ByteArrayInputStream(CAR, (int) received, CAR.length - (int) received));

        assertThat(stopped).hasMessageContaining("connection reset");
        assertThat(received).isEqualTo(1 << 20);
        assertThat(view.complete()).isTrue();
        assertThat(folder.resolve(PIECE.cid() + ".car")).hasBinaryContent(CAR);
    }

    @Test
    void isNotOfferedBeforeItsLastByte() throws IOException {
        Uploads uploads = uploads(ApiSettings.DEFAULT);

        UploadView view = uploads.append(PIECE, 0, new ByteArrayInputStream(CAR, 0, CAR.length - 1));

        assertThat(view).isEqualTo(new UploadView(PIECE.cid().toString(), CAR.length - 1, CAR.length, false));
        assertThat(uploads.isOffered(PIECE)).isFalse();
    }

    @Test
    void refusesAPartThatBeginsElsewhere() throws IOException {
        Uploads uploads = uploads(ApiSettings.DEFAULT);
        uploads.append(PIECE, 0, new ByteArrayInputStream(CAR, 0, 1000));

        ApiException refusal = refusal(() -> uploads.append(PIECE, 2000, new ByteArrayInputStream(CAR, 2000, 10)));

        assertThat(refusal.code()).isEqualTo(ErrorCode.UPLOAD_OFFSET);
        assertThat(refusal).hasMessageContaining("is 1000, not 2000");
    }

    @Test
    void beginsAnewAtByteZero() throws IOException {
        Uploads uploads = uploads(ApiSettings.DEFAULT);
        uploads.append(PIECE, 0, new ByteArrayInputStream(bytes(1000, 99)));

        UploadView view = uploads.append(PIECE, 0, new ByteArrayInputStream(CAR));

        assertThat(view.complete()).isTrue();
    }

    @Test
    void throwsBytesAwayThatMakeAnotherPiece() throws IOException {
        Uploads uploads = uploads(ApiSettings.DEFAULT);

        ApiException refusal = refusal(() -> uploads.append(PIECE, 0, new ByteArrayInputStream(bytes(CAR.length, 8))));

        assertThat(refusal.code()).isEqualTo(ErrorCode.COMMITMENT_MISMATCH);
        assertThat(folder).isEmptyDirectory();
        assertThat(uploads.find(PIECE)).isEmpty();
    }

    @Test
    void refusesMoreBytesThanThePieceHas() throws IOException {
        Uploads uploads = uploads(ApiSettings.DEFAULT);

        ApiException refusal =
                refusal(() -> uploads.append(PIECE, 0, new ByteArrayInputStream(Arrays.copyOf(CAR, CAR.length + 1))));

        assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(uploads.isOffered(PIECE)).isFalse();
    }

    @Test
    void refusesPiecesAboveItsLimitBeforeTheirFirstByte() throws IOException {
        Uploads uploads = uploads(limits(CAR.length - 1, Long.MAX_VALUE, 16));

        ApiException refusal = refusal(() -> uploads.append(PIECE, 0, new Failing()));

        assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesAPieceWhenAllUploadsTogetherWouldBeTooMuch() throws IOException {
        Uploads uploads = uploads(limits(Long.MAX_VALUE, CAR.length + 100, 16));
        uploads.append(PIECE, 0, new ByteArrayInputStream(CAR));
        byte[] other = bytes(101, 1);

        ApiException refusal = refusal(() -> uploads.append(Commitment.of(other), 0, new ByteArrayInputStream(other)));

        assertThat(refusal.code()).isEqualTo(ErrorCode.UPLOADS_FULL);
        assertThat(refusal).hasMessageContaining("101 bytes and 100 are free");
    }

    @Test
    void dropsTheUploadUntouchedForLongestWhenThereAreTooMany() throws IOException {
        Uploads uploads = uploads(limits(Long.MAX_VALUE, Long.MAX_VALUE, 1));
        byte[] other = bytes(500, 1);
        uploads.append(PIECE, 0, new ByteArrayInputStream(CAR, 0, 1000));

        uploads.append(Commitment.of(other), 0, new ByteArrayInputStream(other, 0, 100));

        assertThat(uploads.find(PIECE)).isEmpty();
        assertThat(uploads.find(Commitment.of(other))).isPresent();
    }

    @Test
    void removesRemainsOfAnEarlierRun() throws IOException {
        Files.write(folder.resolve(PIECE.cid() + ".part"), new byte[10]);

        uploads(ApiSettings.DEFAULT);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void keepsAnOfferedPieceThatComesAgain() throws IOException {
        Uploads uploads = uploads(ApiSettings.DEFAULT);
        uploads.append(PIECE, 0, new ByteArrayInputStream(CAR));

        UploadView view = uploads.append(PIECE, 0, new Failing());

        assertThat(view.complete()).isTrue();
    }

    private Uploads uploads(ApiSettings settings) throws IOException {
        return new Uploads(folder, settings);
    }

    private static ApiSettings limits(long pieceBytesMax, long uploadsBytesMax, int partialUploadsMax) {
        return new ApiSettings(
                pieceBytesMax,
                uploadsBytesMax,
                partialUploadsMax,
                Duration.ofSeconds(1),
                1,
                true,
                Duration.ofSeconds(1));
    }

    private static ApiException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ApiException.class, call);
    }

    /** Bytes that do not repeat soon. */
    static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static final class Failing extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("connection reset");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return read();
        }
    }
}
