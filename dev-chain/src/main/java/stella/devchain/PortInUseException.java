package stella.devchain;

/** Another process listens on the port. The caller adds how to name another one. */
public final class PortInUseException extends RuntimeException {
    private final int port;

    public PortInUseException(String host, int port, Throwable cause) {
        super("port " + port + " on " + host + " is in use by another process", cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
