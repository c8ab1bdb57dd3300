package stella.node.vault;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import stella.protocol.piece.Piece;

/**
 * Who holds how many bytes of a vault: kept pieces and pieces that are coming in. What waits in trash or intake holds nothing, as it
 * goes when its room is needed. Safe for use by any thread.
 */
final class Space {
    private final long bytesMax;
    private final long diskFreeMin;
    private final Map<Piece, Long> held = new HashMap<>();
    private long heldBytes;
    private long diskBytes;
    private long coming;

    Space(long bytesMax, long diskFreeMin) {
        this.bytesMax = bytesMax;
        this.diskFreeMin = diskFreeMin;
    }

    /** Tells how many bytes the disk could still take if everything that may go went. */
    synchronized void disk(long bytes) {
        diskBytes = bytes;
    }

    synchronized long free() {
        return Math.max(0, Math.min(bytesMax - heldBytes, diskBytes - diskFreeMin - coming));
    }

    /** Sets the piece's bytes aside for an intake; present with what is free when that is not enough. */
    synchronized OptionalLong reserve(Piece piece) {
        long needed = piece.payloadSize();
        long free = free();
        if (needed > free) return OptionalLong.of(free);
        hold(piece);
        coming += needed;
        return OptionalLong.empty();
    }

    /** The intake is over and the piece kept. */
    synchronized void arrived(Piece piece) {
        coming -= piece.payloadSize();
    }

    /** The intake is over and nothing came of it. */
    synchronized void failed(Piece piece) {
        coming -= piece.payloadSize();
        release(piece);
    }

    synchronized void hold(Piece piece) {
        if (held.putIfAbsent(piece, piece.payloadSize()) == null) heldBytes += piece.payloadSize();
    }

    synchronized void release(Piece piece) {
        Long bytes = held.remove(piece);
        if (bytes != null) heldBytes -= bytes;
    }
}
