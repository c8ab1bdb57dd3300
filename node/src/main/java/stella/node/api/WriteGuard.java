package stella.node.api;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import stella.node.api.document.ErrorCode;

/**
 * Lets only this machine change anything, and no page of a stranger that runs in a browser on it: such a page can send requests here,
 * but only under its own origin, or under a host name of its maker that leads here.
 */
final class WriteGuard {
    private final boolean localOnly;

    WriteGuard(boolean localOnly) {
        this.localOnly = localOnly;
    }

    /** Throws when the request must not change anything. */
    void check(Exchange exchange) {
        if (!localOnly) return;
        Optional<InetAddress> remote =
                exchange.request().getAttribute(AttributeKeys.remoteAddress).flatMap(RemoteAddress::getAddress);
        // Without the attribute the server hides who calls, and then nobody may write.
        if (remote.isEmpty() || !remote.get().isLoopbackAddress())
            throw refused("only programs on the node's own machine may change anything here");
        String host = exchange.header("Host").orElse("").toLowerCase(Locale.ROOT);
        if (!isLocalName(host)) throw refused("the host name '" + host + "' is not one of this machine itself");
        Optional<String> origin = exchange.header("Origin");
        if (origin.isPresent() && !origin.get().toLowerCase(Locale.ROOT).equals("http://" + host))
            throw refused("a page of another origin (" + origin.get() + ") may not change anything here");
    }

    private static boolean isLocalName(String host) {
        return host.matches("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");
    }

    private static ApiException refused(String why) {
        return new ApiException(ErrorCode.LOCAL_ONLY, why, "run the command on the machine of the node");
    }
}
