package stella.gateway.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.gateway.extrinsic.ExtrinsicFormat;
import stella.gateway.metadata.ChainEvent;
import stella.gateway.metadata.DispatchFailure;
import stella.gateway.rpc.RpcException;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** Finds transactions in blocks and says what they did. */
final class Outcomes {
    private final ChainClient chain;

    Outcomes(ChainClient chain) {
        this.chain = chain;
    }

    CompletionStage<Optional<Outcome>> find(BlockRef block, Hash extrinsic) {
        return chain.encodedBody(block.hash()).thenCompose(body -> {
            int index = indexOf(body, extrinsic);
            return index < 0
                    ? CompletableFuture.completedStage(Optional.empty())
                    : at(block, index).thenApply(Optional::of);
        });
    }

    CompletionStage<Outcome> at(BlockRef block, int index) {
        return chain.runtimeOf(block).thenCombine(chain.events(block), (runtime, all) -> {
            List<ChainEvent> own = all.stream()
                    .filter(event -> event.extrinsic().orElse(-1) == index)
                    .toList();
            for (ChainEvent event : own) {
                if (event.is("System", "ExtrinsicSuccess"))
                    return new Outcome.Succeeded(block, index, own, BatchItem.read(runtime.metadata(), own));
                if (event.is("System", "ExtrinsicFailed"))
                    return new Outcome.Failed(
                            block, index, DispatchFailure.read(runtime.metadata(), event.field("dispatch_error")));
            }
            throw RpcException.malformed(
                    "state_getStorage", "block " + block.number() + " says nothing about its transaction " + index);
        });
    }

    private static int indexOf(List<Bytes> body, Hash extrinsic) {
        for (int i = 0; i < body.size(); i++)
            if (ExtrinsicFormat.hash(body.get(i)).equals(extrinsic)) return i;
        return -1;
    }
}
