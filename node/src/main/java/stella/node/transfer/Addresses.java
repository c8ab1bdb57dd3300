package stella.node.transfer;

import java.net.InetAddress;
import okhttp3.HttpUrl;

/** Reads addresses that strangers wrote on the chain (RO-1, DL-1): http or https, at most {@value #LENGTH_MAX} characters, no secrets. */
final class Addresses {
    static final int LENGTH_MAX = 128;

    private Addresses() {}

    /**
     * The base URL of a node's endpoint.
     *
     * @throws IllegalArgumentException saying what is wrong with {@code text}
     */
    static HttpUrl endpoint(String text) {
        HttpUrl url = url(text);
        if (url.query() != null) throw new IllegalArgumentException("an endpoint has no query");
        return url;
    }

    /** The URL of a piece; unlike an endpoint it may carry a query. */
    static HttpUrl source(String text) {
        return url(text);
    }

    private static HttpUrl url(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX)
            throw new IllegalArgumentException(
                    "an address has 1 to " + LENGTH_MAX + " characters, not " + text.length());
        if (!text.startsWith("http://") && !text.startsWith("https://"))
            throw new IllegalArgumentException("an address begins with http:// or https://");
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) throw new IllegalArgumentException("the address is no URL");
        if (!url.username().isEmpty() || !url.password().isEmpty())
            throw new IllegalArgumentException("an address carries no user name or password");
        if (url.fragment() != null) throw new IllegalArgumentException("an address has no fragment");
        return url;
    }

    /** Whether {@code address} can belong to a stranger on the Internet rather than to this machine or its own network. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean carrierShared = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        return !(address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || carrierShared);
    }
}
