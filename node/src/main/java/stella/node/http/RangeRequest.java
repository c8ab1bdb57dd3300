package stella.node.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the header {@code Range} for one content of known size (RFC 9110, 14.2).
 *
 * <p>What is no single range of bytes is answered with the whole, as the RFC allows: other units, several ranges, bad forms.
 */
sealed interface RangeRequest {
    Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    enum Whole implements RangeRequest {
        INSTANCE
    }

    /** Bytes {@code first} to {@code last}, both inclusive and inside the content. */
    record Part(long first, long last) implements RangeRequest {
        long length() {
            return last - first + 1;
        }
    }

    /** Begins behind the end: status 416. */
    enum Unsatisfiable implements RangeRequest {
        INSTANCE
    }

    static RangeRequest of(Optional<String> header, long size) {
        if (header.isEmpty()) return Whole.INSTANCE;
        Matcher matcher = FORM.matcher(header.get().strip());
        if (!matcher.matches()) return Whole.INSTANCE;
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty()) return to.isEmpty() ? Whole.INSTANCE : suffix(Long.parseLong(to), size);
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
        if (!to.isEmpty() && Long.parseLong(to) < first) return Whole.INSTANCE;
        return first >= size ? Unsatisfiable.INSTANCE : new Part(first, last);
    }

    private static RangeRequest suffix(long length, long size) {
        if (length == 0 || size == 0) return Unsatisfiable.INSTANCE;
        return new Part(Math.max(0, size - length), size - 1);
    }
}
