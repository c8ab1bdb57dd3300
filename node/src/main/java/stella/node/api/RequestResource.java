package stella.node.api;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import stella.node.api.document.DealView;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.RequestDetail;
import stella.node.api.document.RequestPage;
import stella.protocol.Hash;
import stella.protocol.chain.Block;
import stella.protocol.deal.Deal;
import stella.protocol.deal.Request;

/** {@code requests} and {@code requests/{id}}. */
final class RequestResource implements Resource {
    /** Deals looked at, newest first, to find those of one request. */
    private static final int DEALS_SEARCHED_MAX = 5_000;

    private final Finalized finalized;
    private final Catalog<Request> requests;
    private final Catalog<Deal> deals;
    private final Descriptions descriptions;

    RequestResource(Finalized finalized, Catalog<Request> requests, Catalog<Deal> deals, Descriptions descriptions) {
        this.finalized = finalized;
        this.requests = requests;
        this.deals = deals;
        this.descriptions = descriptions;
    }

    @Override
    public HttpResponse answer(Exchange exchange, List<String> rest) {
        if (!exchange.isRead()) throw Resource.notAllowed(exchange, "GET and HEAD");
        return switch (rest.size()) {
            case 0 -> page(exchange);
            case 1 -> detail(Exchange.number("a request's id", rest.getFirst()));
            default -> throw Resource.noSuchPath("requests and requests/{id}");
        };
    }

    private HttpResponse page(Exchange exchange) {
        long before = exchange.number("before", Long.MAX_VALUE, 0, Long.MAX_VALUE);
        int limit = (int) exchange.number("limit", DealResource.PAGE_DEFAULT, 1, DealResource.PAGE_MAX);
        Block head = finalized.head();
        Catalog.Page<Request> page = requests.page(before, limit, head.hash());
        return Answers.ok(new RequestPage(
                page.entries().stream().map(descriptions::request).toList(), page.next(), head.number()));
    }

    private HttpResponse detail(long id) {
        Block head = finalized.head();
        Request request = requests.find(id, head.hash())
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NO_SUCH_REQUEST,
                        "there is no request " + id + " in finalized block " + head.number(),
                        "see `stella request ls`"));
        return Answers.ok(
                new RequestDetail(descriptions.request(request), dealsOf(request, head.hash()), head.number()));
    }

    /** Deals are numbered in the order of their acceptance, so none is older than the request. */
    private List<DealView> dealsOf(Request request, Hash at) {
        List<DealView> found = new ArrayList<>();
        @Nullable Long before = Long.MAX_VALUE;
        for (int searched = 0; before != null && searched < DEALS_SEARCHED_MAX; searched += DealResource.PAGE_MAX) {
            Catalog.Page<Deal> page = deals.page(before, DealResource.PAGE_MAX, at);
            before = page.next();
            for (Deal deal : page.entries()) {
                if (deal.request() == request.id()) found.addFirst(descriptions.deal(deal));
                if (deal.acceptedAt() < request.createdAt()) before = null;
            }
        }
        return found;
    }
}
