package stella.node.transfer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Content-Range: bytes first-last/size} (RFC 9110, 14.4).
 *
 * @param size of the whole; empty when the source does not say
 */
record ContentRange(long first, long last, Optional<Long> size) {
    private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    static Optional<ContentRange> parse(String header) {
        Matcher matcher = FORM.matcher(header);
        if (!matcher.matches()) return Optional.empty();
        Optional<Long> size =
                matcher.group(3).equals("*") ? Optional.empty() : Optional.of(Long.valueOf(matcher.group(3)));
        return Optional.of(new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), size));
    }
}
