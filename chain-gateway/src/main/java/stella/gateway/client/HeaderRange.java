package stella.gateway.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.gateway.rpc.RpcException;

/** Fetches headers by number. */
final class HeaderRange {
    static final int BATCH = 32;

    private final ChainClient chain;

    HeaderRange(ChainClient chain) {
        this.chain = chain;
    }

    /** Headers {@code from} to {@code to}, both included, at most a batch of them; fewer when the node does not know one yet. */
    CompletionStage<List<Header>> fetch(long from, long to) {
        List<CompletableFuture<Optional<Header>>> asked = new ArrayList<>();
        for (long number = from; number <= to && asked.size() < BATCH; number++)
            asked.add(header(number).toCompletableFuture());
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(_ -> {
            List<Header> headers = new ArrayList<>();
            for (CompletableFuture<Optional<Header>> each : asked) {
                if (each.resultNow().isEmpty()) break;
                headers.add(each.resultNow().get());
            }
            return headers;
        });
    }

    private CompletionStage<Optional<Header>> header(long number) {
        return chain.blockHash(number)
                .thenCompose(hash -> hash.isEmpty()
                        ? CompletableFuture.completedStage(Optional.empty())
                        : chain.header(hash.get()).thenApply(header -> Optional.of(numbered(header, number))));
    }

    private static Header numbered(Header header, long number) {
        if (header.number() == number) return header;
        throw RpcException.malformed("chain_getBlockHash", "block " + header.number() + " instead of " + number);
    }
}
