package stella.node.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import stella.gateway.keys.Ss58;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.roles.Transfer.Answer;
import stella.roles.Transfer.Relayed;
import stella.roles.fetch.StoreRelay;

/**
 * Requests that name the Store to be asked: {@code ?provider=ADDRESS} (IN-7). A failure of that Store is told by the header {@value
 * #HEADER}; without it the failure is the relay's own.
 */
final class Relays {
    static final String PARAMETER = "provider";
    static final String HEADER = "Stella-Provider";

    private Relays() {}

    /** Whether a request names a Store. */
    static boolean isRelayed(HttpRequest request) {
        return Requests.parameter(request, PARAMETER).isPresent();
    }

    /** The Store that a request names; empty when what it names is no account. */
    static Optional<AccountId> provider(HttpRequest request) {
        try {
            return Requests.parameter(request, PARAMETER)
                    .map(text -> Ss58.decode(text).account());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static CompletionStage<HttpResponse> block(HttpRequest request, Cid cid, StoreRelay relay) {
        Optional<AccountId> store = provider(request);
        if (store.isEmpty()) return Routes.refused(400, PARAMETER + " names no account");
        return relay.block(store.get(), cid.toString()).thenApply(relayed -> switch (relayed) {
            case Relayed.Passed<Answer>(Answer.Block(Bytes data)) ->
                Replies.content(request, RawBlocks.content(cid, data).uncached());
            case Relayed.Passed<Answer>(Answer.Refused(int _, String detail)) -> failed(502, "refused", detail);
            case Relayed.Passed<Answer>(Answer.Unreachable(String detail)) -> failed(504, "unreachable", detail);
            case Relayed.Broken<Answer>(String detail) -> Replies.refusal(503, detail);
        });
    }

    static HttpResponse failed(int status, String word, String detail) {
        return marked(Replies.refusal(status, "the Store " + word + ": " + detail), word);
    }

    static HttpResponse marked(HttpResponse response, String word) {
        return response.addHeaders(List.of(RawHeader.create(HEADER, word)));
    }
}
