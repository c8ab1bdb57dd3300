package stella.gateway.metadata;

/** Metadata that cannot be used: malformed, of an unknown version, or without what is asked of it. The message says which. */
public final class MetadataException extends RuntimeException {
    public MetadataException(String message) {
        super(message);
    }

    public MetadataException(String message, Throwable cause) {
        super(message, cause);
    }
}
