package stella.node.api.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deals, newest first.
 *
 * @param next cursor for the page after this one ({@code ?before=}); none on the last page
 * @param block finalized block at which they were read
 */
public record DealPage(List<DealView> deals, @Nullable Long next, long block) {
    public DealPage {
        deals = List.copyOf(deals);
    }
}
