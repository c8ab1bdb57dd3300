package stella.node.vault;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import stella.node.content.CarFile;
import stella.protocol.piece.Piece;

/** A kept piece with its open file. Any thread may read; closing waits for readers, and later ones find nothing. */
final class KeptPiece {
    private final Piece piece;
    private final CarFile car;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final AtomicBoolean mended = new AtomicBoolean();
    private boolean closed;

    KeptPiece(Piece piece, CarFile car) {
        this.piece = piece;
        this.car = car;
    }

    interface Reading<T> {
        T from(CarFile car) throws IOException;
    }

    /** True once: making the tree anew reads the whole piece, so it is tried a single time. */
    boolean mayMend() {
        return mended.compareAndSet(false, true);
    }

    Piece piece() {
        return piece;
    }

    /** What {@code reading} finds; empty when the piece was discarded meanwhile. */
    <T> Optional<T> read(Reading<T> reading) throws IOException {
        lock.readLock().lock();
        try {
            return closed ? Optional.empty() : Optional.of(reading.from(car));
        } finally {
            lock.readLock().unlock();
        }
    }

    void close() throws IOException {
        lock.writeLock().lock();
        try {
            closed = true;
            car.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
