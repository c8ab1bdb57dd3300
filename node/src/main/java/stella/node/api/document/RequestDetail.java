package stella.node.api.document;

import java.util.List;

/** One request and its deals, by ascending id. */
public record RequestDetail(RequestView request, List<DealView> deals, long block) {
    public RequestDetail {
        deals = List.copyOf(deals);
    }
}
