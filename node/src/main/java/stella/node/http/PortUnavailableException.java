package stella.node.http;

import java.net.BindException;

/** A server cannot listen where it should: another program has the port, or the address is not of this machine. */
public final class PortUnavailableException extends RuntimeException {
    private final String host;
    private final int port;

    private PortUnavailableException(String host, int port, String message, Throwable cause) {
        super(message, cause);
        this.host = host;
        this.port = port;
    }

    static PortUnavailableException of(HttpBinding where, Throwable failure) {
        String reason = reason(failure);
        return new PortUnavailableException(
                where.host(),
                where.port(),
                "cannot listen on " + where.host() + ":" + where.port() + ": " + reason
                        + "; choose another port, or end the program that has this one",
                failure);
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    private static String reason(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String message = at.getMessage();
            if (at instanceof BindException && message != null) return message;
            int said = message == null ? -1 : message.indexOf("BindException: ");
            if (said >= 0) return String.valueOf(message).substring(said + "BindException: ".length());
        }
        return String.valueOf(failure.getMessage());
    }
}
