package stella.node.vault;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a vault lies and how much it may take.
 *
 * @param folder made when it is not there; one vault per folder
 * @param bytesMax payload bytes of all pieces kept
 * @param diskFreeMin bytes of the disk that are left alone, whatever {@code bytesMax} allows
 * @param trashTime how long a discarded piece can be brought back (PP-8)
 * @param partTime how long the beginning of a piece waits for its source to come back
 */
public record VaultSettings(Path folder, long bytesMax, long diskFreeMin, Duration trashTime, Duration partTime) {
    public VaultSettings {
        if (bytesMax < 0 || diskFreeMin < 0) throw new IllegalArgumentException("limits are not negative");
    }

    public static VaultSettings at(Path folder, long bytesMax) {
        return new VaultSettings(folder, bytesMax, 1L << 30, Duration.ofDays(3), Duration.ofDays(1));
    }
}
