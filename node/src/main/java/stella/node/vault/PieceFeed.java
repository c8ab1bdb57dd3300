package stella.node.vault;

import java.io.IOException;
import java.nio.file.Path;
import stella.roles.Vault;

/** Brings the bytes of a piece into a part file: what the vault needs of the network. */
@FunctionalInterface
public interface PieceFeed {
    /**
     * Completes {@code part} to {@code size} bytes, going on after the bytes that it has; blocks until it knows how that ended.
     *
     * @throws IOException when the disk failed, not the network
     */
    Pulled pull(String source, long size, Path part, Vault.Progress progress) throws IOException;

    /** How pulling ended. */
    sealed interface Pulled {
        /** The part file has its size; nobody has looked at its bytes. */
        record Whole(int attempts) implements Pulled {}

        /** The source has something of another size. */
        record WrongSize(long found) implements Pulled {}

        record Unreachable(int attempts, String detail) implements Pulled {}
    }
}
