package stella.node.api;

import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import stella.node.api.document.DealDetail;
import stella.node.api.document.DealPage;
import stella.node.api.document.ErrorCode;
import stella.protocol.chain.Block;
import stella.protocol.deal.Deal;

/** {@code deals} and {@code deals/{id}}. */
final class DealResource implements Resource {
    static final int PAGE_DEFAULT = 50;
    static final int PAGE_MAX = 500;

    private final Finalized finalized;
    private final Catalog<Deal> deals;
    private final Descriptions descriptions;
    private final History history;

    DealResource(Finalized finalized, Catalog<Deal> deals, Descriptions descriptions, History history) {
        this.finalized = finalized;
        this.deals = deals;
        this.descriptions = descriptions;
        this.history = history;
    }

    @Override
    public HttpResponse answer(Exchange exchange, List<String> rest) {
        if (!exchange.isRead()) throw Resource.notAllowed(exchange, "GET and HEAD");
        return switch (rest.size()) {
            case 0 -> page(exchange);
            case 1 -> detail(Exchange.number("a deal's id", rest.getFirst()));
            default -> throw Resource.noSuchPath("deals and deals/{id}");
        };
    }

    private HttpResponse page(Exchange exchange) {
        long before = exchange.number("before", Long.MAX_VALUE, 0, Long.MAX_VALUE);
        int limit = (int) exchange.number("limit", PAGE_DEFAULT, 1, PAGE_MAX);
        Block head = finalized.head();
        Catalog.Page<Deal> page = deals.page(before, limit, head.hash());
        return Answers.ok(
                new DealPage(page.entries().stream().map(descriptions::deal).toList(), page.next(), head.number()));
    }

    private HttpResponse detail(long id) {
        Block head = finalized.head();
        Deal deal = deals.find(id, head.hash())
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NO_SUCH_DEAL,
                        "there is no deal " + id + " in finalized block " + head.number(),
                        "see `stella deal ls`"));
        return Answers.ok(new DealDetail(
                descriptions.deal(deal),
                history.of(id),
                history.unwatched(deal.acceptedAt(), head.number()),
                head.number()));
    }
}
