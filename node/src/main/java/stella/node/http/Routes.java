package stella.node.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Paths and answers that every server has. */
final class Routes {
    private Routes() {}

    static boolean isPossession(List<String> path) {
        return path.equals(List.of("stella", "v1", "possession"));
    }

    static boolean isAsk(List<String> path) {
        return path.equals(List.of("stella", "v1", "ask"));
    }

    static boolean isLive(List<String> path) {
        return path.equals(List.of("health", "live"));
    }

    static CompletionStage<HttpResponse> live() {
        HttpResponse alive =
                HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, "live\n"));
        return done(Replies.with(alive, List.of(RawHeader.create("Cache-Control", "no-store"))));
    }

    static CompletionStage<HttpResponse> preflight() {
        return done(Replies.with(HttpResponse.create().withStatus(StatusCodes.NO_CONTENT), List.of()));
    }

    static CompletionStage<HttpResponse> onlyReads() {
        return done(Replies.refusal(405, "here one can only read: GET and HEAD")
                .addHeader(RawHeader.create("Allow", "GET, HEAD, OPTIONS")));
    }

    static CompletionStage<HttpResponse> nothingHere(String whatIs) {
        return refused(404, "nothing is served at this path; there are " + whatIs);
    }

    static CompletionStage<HttpResponse> refused(int status, String sentence) {
        return done(Replies.refusal(status, sentence));
    }

    private static CompletionStage<HttpResponse> done(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
