package stella.node.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import stella.node.transfer.PossessionMessages;
import stella.protocol.AccountId;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.roles.Transfer;
import stella.roles.fetch.StoreRelay;

/** Answers {@code POST /stella/v1/possession}: leaves of a piece with their paths (DL-7, IN-4). */
final class Possessions {
    private static final ContentType TYPE = ContentTypes.parse(PossessionMessages.MEDIA_TYPE);
    private static final long BODY_MILLIS_MAX = 5_000;

    private Possessions() {}

    /** @param signer of a Fetch, which puts its name to what it delivers */
    static CompletionStage<HttpResponse> serve(
            HttpRequest request, LeafProver prover, Optional<DeliverySigner> signer, ActorSystem<?> system) {
        return read(
                request,
                system,
                challenge -> prover.prove(challenge.piece(), challenge.leaves())
                        .thenApply(possession -> answer(challenge, possession, signer)));
    }

    /** The same from the Store that the request names (IN-7). */
    static CompletionStage<HttpResponse> relay(
            HttpRequest request, StoreRelay relay, Optional<DeliverySigner> signer, ActorSystem<?> system) {
        Optional<AccountId> store = Relays.provider(request);
        if (store.isEmpty()) {
            request.discardEntityBytes(system);
            return refused(400, Relays.PARAMETER + " names no account");
        }
        return read(
                request,
                system,
                challenge -> relay.possession(store.get(), challenge.piece(), challenge.leaves())
                        .thenApply(relayed -> switch (relayed) {
                            case Transfer.Relayed.Passed<Transfer.Possession>(var possession) ->
                                marked(possession, answer(challenge, possession, signer));
                            case Transfer.Relayed.Broken<Transfer.Possession>(String detail) -> refusal(503, detail);
                        }));
    }

    private static HttpResponse marked(Transfer.Possession possession, HttpResponse response) {
        return switch (possession) {
            case Transfer.Possession.Proven _ -> response;
            case Transfer.Possession.Refused _ -> Relays.marked(response, "refused");
            case Transfer.Possession.Unreachable _ -> Relays.marked(response, "unreachable");
        };
    }

    private static CompletionStage<HttpResponse> read(
            HttpRequest request,
            ActorSystem<?> system,
            Function<PossessionMessages.Challenge, CompletionStage<HttpResponse>> answering) {
        return request.entity()
                .withSizeLimit(PossessionMessages.CHALLENGE_BYTES_MAX)
                .toStrict(BODY_MILLIS_MAX, system)
                .handle((body, failure) -> failure == null
                        ? answer(body.getData().toArray(), answering)
                        : refused(
                                413,
                                "the challenge has more than " + PossessionMessages.CHALLENGE_BYTES_MAX
                                        + " bytes, or did not come in time"))
                .thenCompose(answer -> answer);
    }

    private static CompletionStage<HttpResponse> answer(
            byte[] body, Function<PossessionMessages.Challenge, CompletionStage<HttpResponse>> answering) {
        PossessionMessages.Challenge challenge;
        try {
            challenge = PossessionMessages.readChallenge(body);
        } catch (IllegalArgumentException e) {
            return refused(400, String.valueOf(e.getMessage()));
        }
        return answering.apply(challenge);
    }

    private static HttpResponse answer(
            PossessionMessages.Challenge challenge, Transfer.Possession possession, Optional<DeliverySigner> signer) {
        return switch (possession) {
            case Transfer.Possession.Proven(List<LeafProof> leaves, var _) -> proven(challenge.piece(), leaves, signer);
            case Transfer.Possession.Refused(int status, String detail) ->
                refusal(status >= 400 ? status : 502, detail);
            case Transfer.Possession.Unreachable(String detail) -> refusal(504, detail);
        };
    }

    private static HttpResponse proven(Piece piece, List<LeafProof> leaves, Optional<DeliverySigner> signer) {
        byte[] body = PossessionMessages.write(piece, leaves, signer.map(one -> one.sign(piece, leaves)));
        return Replies.with(HttpResponse.create().withEntity(HttpEntities.create(TYPE, body)), List.of());
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
