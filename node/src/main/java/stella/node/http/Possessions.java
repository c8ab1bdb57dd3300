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
import stella.node.transfer.PossessionMessages;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.roles.Transfer;

/** Answers {@code POST /stella/v1/possession}: leaves of a piece with their paths (DL-7, IN-4). */
final class Possessions {
    private static final ContentType TYPE = ContentTypes.parse(PossessionMessages.MEDIA_TYPE);
    private static final long BODY_MILLIS_MAX = 5_000;

    private Possessions() {}

    static CompletionStage<HttpResponse> serve(HttpRequest request, LeafProver prover, ActorSystem<?> system) {
        return request.entity()
                .withSizeLimit(PossessionMessages.CHALLENGE_BYTES_MAX)
                .toStrict(BODY_MILLIS_MAX, system)
                .handle((body, failure) -> failure == null
                        ? answer(body.getData().toArray(), prover)
                        : refused(
                                413,
                                "the challenge has more than " + PossessionMessages.CHALLENGE_BYTES_MAX
                                        + " bytes, or did not come in time"))
                .thenCompose(answer -> answer);
    }

    private static CompletionStage<HttpResponse> answer(byte[] body, LeafProver prover) {
        PossessionMessages.Challenge challenge;
        try {
            challenge = PossessionMessages.readChallenge(body);
        } catch (IllegalArgumentException e) {
            return refused(400, String.valueOf(e.getMessage()));
        }
        return prover.prove(challenge.piece(), challenge.leaves()).thenApply(possession -> switch (possession) {
            case Transfer.Possession.Proven(List<LeafProof> leaves) -> proven(challenge.piece(), leaves);
            case Transfer.Possession.Refused(int status, String detail) ->
                refusal(status >= 400 ? status : 502, detail);
            case Transfer.Possession.Unreachable(String detail) -> refusal(504, detail);
        });
    }

    private static HttpResponse proven(Piece piece, List<LeafProof> leaves) {
        return Replies.with(
                HttpResponse.create().withEntity(HttpEntities.create(TYPE, PossessionMessages.write(piece, leaves))),
                List.of());
    }

    private static CompletionStage<HttpResponse> refused(int status, String reason) {
        return CompletableFuture.completedFuture(refusal(status, reason));
    }

    private static HttpResponse refusal(int status, String reason) {
        return Replies.with(
                HttpResponse.create()
                        .withStatus(StatusCodes.get(status))
                        .withEntity(HttpEntities.create(TYPE, PossessionMessages.refusal(reason))),
                List.of());
    }
}
