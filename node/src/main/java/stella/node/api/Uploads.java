package stella.node.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.UploadView;
import stella.protocol.piece.Piece;

/**
 * Pieces that clients bring to this node. A piece is offered to Stores ({@code <pieceCid>.car}) only when all its bytes are here and
 * lead to its CID; the commitment is computed while the bytes arrive, so nothing is read twice.
 *
 * <p>Unfinished uploads can be resumed while the program runs; at its start their remains are removed. Any thread; methods block.
 */
final class Uploads {

    private final Path folder;
    private final ApiSettings settings;
    /** Unfinished uploads, the longest untouched first. */
    private final Map<Piece, Upload> partial = new LinkedHashMap<>(16, 0.75f, true);

    Uploads(Path folder, ApiSettings settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        Files.createDirectories(folder);
        try (DirectoryStream<Path> remains = Files.newDirectoryStream(folder, "*.part")) {
            for (Path part : remains) Files.deleteIfExists(part);
        }
    }

    boolean isOffered(Piece piece) {
        Path file = file(piece);
        return Files.isRegularFile(file) && file.toFile().length() == piece.payloadSize();
    }

    /** What is here of a piece; empty when nothing is. */
    Optional<UploadView> find(Piece piece) {
        if (isOffered(piece)) return Optional.of(view(piece, piece.payloadSize(), true));
        synchronized (this) {
            return Optional.ofNullable(partial.get(piece)).map(upload -> view(piece, upload.received(), false));
        }
    }

    /**
     * Takes bytes of {@code piece} from {@code offset} on until {@code in} ends. What came stays, also when {@code in} fails.
     *
     * @throws ApiException when the offset is not where the next byte belongs, the piece is too large or does not match its CID
     */
    UploadView append(Piece piece, long offset, InputStream in) throws IOException {
        if (isOffered(piece)) return view(piece, piece.payloadSize(), true);
        Upload upload = enter(piece, offset);
        try {
            upload.append(in);
            if (!upload.isWhole()) return view(piece, upload.received(), false);
            offer(upload);
            return view(piece, piece.payloadSize(), true);
        } finally {
            leave(upload);
        }
    }

    private synchronized Upload enter(Piece piece, long offset) throws IOException {
        Upload known = partial.get(piece);
        if (known != null && known.isBusy())
            throw new ApiException(
                    ErrorCode.UPLOAD_RUNNING,
                    "another caller is uploading " + piece.cid() + " now",
                    "wait for it, or try again when it has gone");
        if (known != null && offset == 0 && known.received() > 0) {
            drop(known);
            known = null;
        }
        if (offset != (known == null ? 0 : known.received()))
            throw new ApiException(
                    ErrorCode.UPLOAD_OFFSET,
                    "the next byte of " + piece.cid() + " is " + (known == null ? 0 : known.received()) + ", not "
                            + offset,
                    "ask with HEAD where to go on");
        Upload upload = known != null ? known : begin(piece);
        upload.setBusy(true);
        return upload;
    }

    private Upload begin(Piece piece) throws IOException {
        long size = piece.payloadSize();
        if (size < 1 || size > settings.pieceBytesMax())
            throw new ApiException(
                    ErrorCode.TOO_LARGE,
                    "the piece has " + size + " bytes; this node takes 1 to " + settings.pieceBytesMax());
        if (partial.size() >= settings.partialUploadsMax()) dropIdle();
        long used = bytesOffered();
        for (Upload upload : partial.values()) used += upload.size();
        long free = Math.min(
                settings.uploadsBytesMax() - used, Files.getFileStore(folder).getUsableSpace());
        if (size > free)
            throw new ApiException(
                    ErrorCode.UPLOADS_FULL,
                    "the piece has " + size + " bytes and " + Math.max(0, free) + " are free for uploads",
                    "remove pieces that no open request needs from " + folder);
        Upload upload = new Upload(piece, folder.resolve(piece.cid() + ".part"));
        partial.put(piece, upload);
        return upload;
    }

    private void dropIdle() throws IOException {
        for (Iterator<Upload> uploads = partial.values().iterator(); uploads.hasNext(); ) {
            Upload upload = uploads.next();
            if (upload.isBusy()) continue;
            uploads.remove();
            Files.deleteIfExists(upload.part());
            return;
        }
        throw new ApiException(
                ErrorCode.BUSY, settings.partialUploadsMax() + " uploads are running already", "try again later");
    }

    private void drop(Upload upload) throws IOException {
        partial.remove(upload.piece());
        Files.deleteIfExists(upload.part());
    }

    private void offer(Upload upload) throws IOException {
        Piece found = upload.finish();
        synchronized (this) {
            partial.remove(upload.piece());
        }
        if (!found.equals(upload.piece())) {
            Files.deleteIfExists(upload.part());
            throw new ApiException(
                    ErrorCode.COMMITMENT_MISMATCH,
                    "the bytes make the piece " + found.cid() + ", not "
                            + upload.piece().cid() + "; they were thrown away",
                    "pack the CAR again and upload it from its start");
        }
        Files.move(
                upload.part(),
                file(upload.piece()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private synchronized void leave(Upload upload) {
        upload.setBusy(false);
    }

    private long bytesOffered() throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> cars = Files.newDirectoryStream(folder, "*.car")) {
            for (Path car : cars) bytes += car.toFile().length();
        }
        return bytes;
    }

    private Path file(Piece piece) {
        return folder.resolve(piece.cid() + ".car");
    }

    private static UploadView view(Piece piece, long received, boolean complete) {
        return new UploadView(piece.cid().toString(), received, piece.payloadSize(), complete);
    }
}
