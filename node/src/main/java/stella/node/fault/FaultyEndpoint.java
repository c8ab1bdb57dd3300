package stella.node.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import stella.node.http.Handler;

/** An endpoint that may be silent or slow. */
final class FaultyEndpoint implements Handler {
    /** Less than any deadline allows for a block; the pause makes small answers late too. */
    private static final int DRIP_BYTES_PER_SECOND = 128;

    private static final Duration DRIP_BEGINS_AFTER = Duration.ofSeconds(20);

    private final Handler endpoint;
    private final FaultSwitch faults;

    FaultyEndpoint(Handler endpoint, FaultSwitch faults) {
        this.endpoint = endpoint;
        this.faults = faults;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        if (faults.get().off()) return CompletableFuture.completedFuture(cut());
        return endpoint.handle(request).thenApply(response -> faults.get().slow() ? drip(response) : response);
    }

    /** An answer that breaks off before its first byte: the connection is closed. */
    private static HttpResponse cut() {
        Source<ByteString, ?> nothing = Source.failed(new IOException("this node is told to be silent"));
        return HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.APPLICATION_OCTET_STREAM, 1, nothing));
    }

    private static HttpResponse drip(HttpResponse response) {
        ResponseEntity entity = response.entity();
        if (entity.isKnownEmpty()) return response;
        Source<ByteString, ?> slow = entity.getDataBytes()
                .mapConcat(FaultyEndpoint::drops)
                .initialDelay(DRIP_BEGINS_AFTER)
                .throttle(1, Duration.ofSeconds(1));
        HttpEntity dripping = entity.getContentLengthOption().isPresent()
                ? HttpEntities.create(
                        entity.getContentType(), entity.getContentLengthOption().getAsLong(), slow)
                : HttpEntities.createChunked(entity.getContentType(), slow);
        return response.withEntity((ResponseEntity) dripping);
    }

    private static List<ByteString> drops(ByteString bytes) {
        List<ByteString> drops = new ArrayList<>();
        for (int at = 0; at < bytes.size(); at += DRIP_BYTES_PER_SECOND)
            drops.add(bytes.slice(at, Math.min(bytes.size(), at + DRIP_BYTES_PER_SECOND)));
        return drops;
    }
}
