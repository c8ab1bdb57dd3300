package stella.node.transfer;

import java.time.Duration;

/**
 * Limits of {@link PieceDownload}.
 *
 * @param fruitlessMax attempts in a row that bring no byte; then the source counts as unreachable
 * @param pauseMin pause after the first fruitless attempt; doubled after each further one
 * @param pauseMax longest pause
 * @param silence longest wait for the next byte
 * @param grace time that every download has, whatever its size
 * @param bytesPerSecondMin pace below which a download ends when its grace is used up
 */
public record DownloadSettings(
        int fruitlessMax,
        Duration pauseMin,
        Duration pauseMax,
        Duration silence,
        Duration grace,
        long bytesPerSecondMin) {
    public DownloadSettings {
        if (fruitlessMax < 1 || bytesPerSecondMin < 1) throw new IllegalArgumentException("limits are positive");
    }

    public static DownloadSettings defaults() {
        return new DownloadSettings(
                6,
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofMinutes(2),
                64 << 10);
    }

    /** How long a download of {@code bytes} may last in all. */
    Duration patience(long bytes) {
        return grace.plusSeconds(bytes / bytesPerSecondMin);
    }
}
