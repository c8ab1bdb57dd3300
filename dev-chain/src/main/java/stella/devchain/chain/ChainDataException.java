package stella.devchain.chain;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import stella.protocol.Hash;

/** The data folder cannot be used. The message names the folder or file, the reason, and what to do. */
public final class ChainDataException extends RuntimeException {
    private ChainDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static ChainDataException inUse(Path file, Throwable cause) {
        return new ChainDataException(
                "the chain in " + file + " is in use by another process; stop that one, or name another data folder",
                cause);
    }

    static ChainDataException damaged(@Nullable Path file, String what, @Nullable Throwable cause) {
        return new ChainDataException(
                "the chain in " + (file == null ? "memory" : file) + " cannot be read: " + what
                        + "; restore it from a copy, or remove it to begin anew",
                cause);
    }

    static ChainDataException otherGenesis(@Nullable Path file, Hash stored, Hash wanted) {
        return new ChainDataException(
                "the chain in " + (file == null ? "memory" : file) + " began with " + stored
                        + ", but the specification begins with " + wanted
                        + "; name another data folder, or leave the specification out",
                null);
    }
}
