package stella.node.http;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stella.protocol.cid.Cid;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.Link;

/** A directory as a page for people: plain HTML, no scripts, every name escaped. */
final class Listing {
    /** A page with more rows helps nobody; programs list by the blocks themselves. */
    static final int ENTRIES_MAX = 5_000;

    /** Ends the walk through a directory that has too many entries. */
    private static final class EnoughException extends IOException {}

    private final String path;
    private final List<Link> entries;
    private final boolean cut;

    private Listing(String path, List<Link> entries, boolean cut) {
        this.path = path;
        this.entries = entries;
        this.cut = cut;
    }

    /** @param path decoded path of the directory, for the heading */
    static Listing of(String path, ContentReader reader, Cid directory) throws IOException {
        List<Link> entries = new ArrayList<>();
        try {
            reader.list(directory, entry -> {
                if (entries.size() == ENTRIES_MAX) throw new EnoughException();
                entries.add(entry);
            });
            return new Listing(path, entries, false);
        } catch (EnoughException enough) {
            return new Listing(path, entries, true);
        }
    }

    String html() {
        StringBuilder page = new StringBuilder(1024 + 160 * entries.size());
        String title = escaped(path);
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(title)
                .append("</title><style>body{font-family:system-ui,sans-serif;margin:2rem auto;max-width:60rem}"
                        + "td{padding:.2rem 1rem .2rem 0}td+td{text-align:right}"
                        + "code{color:#666}</style></head>\n<body><h1>")
                .append(title)
                .append("</h1>\n<table>\n");
        for (Link entry : entries) row(page, entry);
        page.append("</table>\n");
        if (cut)
            page.append("<p>… and more: only the first ").append(ENTRIES_MAX).append(" are shown</p>\n");
        return page.append("</body></html>\n").toString();
    }

    private static void row(StringBuilder page, Link entry) {
        page.append("<tr><td><a href=\"./")
                .append(encoded(entry.name()))
                .append("\">")
                .append(escaped(entry.name()))
                .append("</a></td><td>")
                .append(size(entry.tsize()))
                .append("</td><td><code>")
                .append(entry.cid())
                .append("</code></td></tr>\n");
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(Character.isISOControl(c) ? '\ufffd' : c);
            }
        });
        return safe.toString();
    }

    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String size(long bytes) {
        if (bytes < 1024) return bytes + " B";
        int exponent = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        return String.format(
                Locale.ROOT, "%.1f %ciB", Math.scalb((double) bytes, -10 * exponent), "KMGTPE".charAt(exponent - 1));
    }
}
