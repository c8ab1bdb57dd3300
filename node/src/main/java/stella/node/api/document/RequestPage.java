package stella.node.api.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests, newest first; cursor and block as in {@link DealPage}. */
public record RequestPage(
        List<RequestView> requests, @Nullable Long next, long block) {
    public RequestPage {
        requests = List.copyOf(requests);
    }
}
