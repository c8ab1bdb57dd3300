package stella.node.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import stella.node.transfer.AskMessages;
import stella.node.transfer.PossessionMessages;
import stella.roles.Transfer.Quoted;
import stella.roles.Transfer.Terms;

/** Answers {@code POST /stella/v1/ask}: what a Store asks for terms that a stranger names (DL-7, AS-1). */
final class Asks {
    private static final ContentType TYPE = ContentTypes.parse(PossessionMessages.MEDIA_TYPE);
    private static final long BODY_MILLIS_MAX = 5_000;

    private Asks() {}

    static CompletionStage<HttpResponse> serve(HttpRequest request, AskDesk desk, ActorSystem<?> system) {
        return request.entity()
                .withSizeLimit(AskMessages.QUERY_BYTES_MAX)
                .toStrict(BODY_MILLIS_MAX, system)
                .handle((body, failure) -> failure == null
                        ? answer(body.getData().toArray(), desk)
                        : CompletableFuture.completedFuture(refusal(
                                413,
                                "the query has more than " + AskMessages.QUERY_BYTES_MAX
                                        + " bytes, or did not come in time")))
                .thenCompose(answer -> answer);
    }

    private static CompletionStage<HttpResponse> answer(byte[] body, AskDesk desk) {
        Terms terms;
        try {
            terms = AskMessages.readTerms(body);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(refusal(400, String.valueOf(e.getMessage())));
        }
        return desk.quote(terms).thenApply(quoted -> switch (quoted) {
            case Quoted.Offered(var ask) -> response(200, AskMessages.write(desk.store(), ask));
            case Quoted.Refused(int status, String detail) -> refusal(status >= 400 ? status : 502, detail);
            case Quoted.Unreachable(String detail) -> refusal(504, detail);
        });
    }

    private static HttpResponse refusal(int status, String reason) {
        return response(status, PossessionMessages.refusal(reason));
    }

    private static HttpResponse response(int status, byte[] body) {
        return Replies.with(
                HttpResponse.create().withStatus(StatusCodes.get(status)).withEntity(HttpEntities.create(TYPE, body)),
                List.of());
    }
}
