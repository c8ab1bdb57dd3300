package stella.node.api.document;

import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 problem details, {@code application/problem+json}.
 *
 * @param type {@code about:blank}: {@code code} is the stable name
 * @param title the status in words
 * @param status HTTP status
 * @param detail what happened, with names and limits
 * @param code stable word, see {@link ErrorCode}
 * @param hint what mends it
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String hint) {}
