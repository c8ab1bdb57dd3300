package stella.node.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import stella.protocol.piece.Piece;

/** Keeps trash and intake within their time and out of the way of new pieces. */
final class Housekeeping {
    private final VaultSettings settings;
    private final VaultFolder folder;
    private final Space space;
    private final Clock clock;
    /** Whether a piece is coming in right now, so that its part is in use. */
    private final Predicate<Piece> coming;

    Housekeeping(VaultSettings settings, VaultFolder folder, Space space, Clock clock, Predicate<Piece> coming) {
        this.settings = settings;
        this.folder = folder;
        this.space = space;
        this.clock = clock;
        this.coming = coming;
    }

    /** Removes what has waited long enough. */
    void sweep() throws IOException {
        for (VaultFolder.Aged trashed : folder.trashed())
            if (isOlder(trashed, settings.trashTime())) Files.deleteIfExists(trashed.file());
        for (VaultFolder.Aged part : idleParts())
            if (isOlder(part, settings.partTime())) folder.deletePart(part.piece());
        measure();
    }

    /** Removes what waits, the oldest first, until the disk has room for {@code bytes}. */
    void makeRoom(long bytes) throws IOException {
        List<VaultFolder.Aged> mayGo =
                Stream.concat(folder.trashed().stream(), idleParts().stream()).toList();
        for (VaultFolder.Aged aged : mayGo) {
            if (folder.usableBytes() - settings.diskFreeMin() >= bytes) return;
            Files.deleteIfExists(aged.file());
        }
    }

    /** Tells {@link Space} what the disk can take. */
    void measure() throws IOException {
        long mayGo = Stream.concat(folder.trashed().stream(), idleParts().stream())
                .mapToLong(VaultFolder.Aged::bytes)
                .sum();
        space.disk(folder.usableBytes() + mayGo);
    }

    private List<VaultFolder.Aged> idleParts() throws IOException {
        return folder.parts().stream()
                .filter(part -> !coming.test(part.piece()))
                .toList();
    }

    private boolean isOlder(VaultFolder.Aged aged, Duration time) {
        return aged.since().plus(time).isBefore(clock.instant());
    }
}
