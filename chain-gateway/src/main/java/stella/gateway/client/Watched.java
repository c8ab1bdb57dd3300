package stella.gateway.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import stella.gateway.extrinsic.ExtrinsicFormat;
import stella.gateway.rpc.RpcException;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** One transaction followed from the pool to its finalized block. */
final class Watched {
    private final ChainClient chain;
    private final Hash hash;
    private final Consumer<BlockRef> included;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    Watched(ChainClient chain, Bytes extrinsic, Consumer<BlockRef> included) {
        this.chain = chain;
        this.included = included;
        this.hash = ExtrinsicFormat.hash(extrinsic);
        chain.watch(extrinsic, this::heard);
    }

    CompletionStage<Outcome> outcome() {
        return outcome;
    }

    private void heard(PoolStatus status) {
        switch (status) {
            case PoolStatus.Waiting _ -> {}
            case PoolStatus.InBlock(Hash block) ->
                chain.header(block).thenAccept(header -> included.accept(header.ref()));
            case PoolStatus.Finalized(Hash block) -> finalized(block);
            case PoolStatus.Gone(PoolRefusal refusal) -> outcome.complete(new Outcome.Refused(refusal));
            case PoolStatus.Lost(String why) -> outcome.complete(new Outcome.Unknown(why));
        }
    }

    private void finalized(Hash block) {
        var _ = chain.header(block)
                .thenCompose(header -> chain.outcomeIn(header.ref(), hash))
                .whenComplete((found, failure) -> outcome.complete(
                        failure != null
                                ? new Outcome.Unknown(String.valueOf(
                                        RpcException.unwrap(failure).getMessage()))
                                : found.orElseGet(() -> new Outcome.Unknown(
                                        "the node called it final in block " + block + ", which does not have it"))));
    }
}
