package stella.gateway.client;

import static stella.gateway.client.Answer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.RuntimeVersion;
import stella.gateway.rpc.JsonRpc;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcFailure;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** The runtimes of a chain, each read once. Safe for any thread. */
final class Runtimes {
    private static final int KEPT = 4;
    private static final String VERSION = "state_getRuntimeVersion";
    private static final String CALL = "state_call";
    private static final String METADATA = "state_getMetadata";
    private static final int VERSIONS_MAX = 64;
    private static final int PLAIN = 14;
    private static final int NEWEST = 16;

    private final JsonRpc rpc;
    private final Map<RuntimeVersion, CompletableFuture<ChainRuntime>> known = new LinkedHashMap<>();

    Runtimes(JsonRpc rpc) {
        this.rpc = rpc;
    }

    /** The runtime in the state of block {@code at}, which the block after it runs. */
    CompletionStage<ChainRuntime> at(Hash at) {
        return rpc.call(VERSION, List.of(json(at)))
                .thenCompose(node -> load(new Answer(VERSION).runtimeVersion(node), at));
    }

    private CompletionStage<ChainRuntime> load(RuntimeVersion version, Hash at) {
        CompletableFuture<ChainRuntime> loading;
        synchronized (known) {
            CompletableFuture<ChainRuntime> earlier = known.get(version);
            if (earlier != null && !earlier.isCompletedExceptionally()) return earlier;
            loading = new CompletableFuture<>();
            known.put(version, loading);
            if (known.size() > KEPT) known.remove(known.keySet().iterator().next());
        }
        var _ = metadata(at).whenComplete((metadata, failure) -> {
            if (failure == null) loading.complete(new ChainRuntime(version, metadata));
            else loading.completeExceptionally(RpcException.unwrap(failure));
        });
        return loading;
    }

    /** The newest form that both sides know; V14 is the one that every runtime has. */
    private CompletionStage<Metadata> metadata(Hash at) {
        return rpc.call(CALL, List.of(json("Metadata_metadata_versions"), json(Bytes.EMPTY), json(at)))
                .handle((node, failure) -> {
                    if (failure == null) return atVersion(newest(new Answer(CALL), node), at);
                    return RpcException.unwrap(failure) instanceof RpcException e
                                    && e.failure() instanceof RpcFailure.Refused
                            ? plain(at)
                            : CompletableFuture.<Metadata>failedStage(failure);
                })
                .thenCompose(stage -> stage);
    }

    private static int newest(Answer answer, JsonNode node) {
        List<Long> versions =
                answer.reading(() -> new ScaleReader(answer.bytes(node)).sequence(VERSIONS_MAX, ScaleReader::u32));
        return versions.stream()
                .filter(version -> version <= NEWEST)
                .mapToInt(Long::intValue)
                .max()
                .orElse(PLAIN);
    }

    private CompletionStage<Metadata> atVersion(int version, Hash at) {
        if (version <= PLAIN) return plain(at);
        Bytes argument = new ScaleWriter().u32(version).toBytes();
        return rpc.call(CALL, List.of(json("Metadata_metadata_at_version"), json(argument), json(at)))
                .thenCompose(node -> {
                    Answer answer = new Answer(CALL);
                    Bytes encoded = answer.bytes(node);
                    return answer.reading(() -> new ScaleReader(encoded).option(in -> in.bytes(in.remaining())))
                            .<CompletionStage<Metadata>>map(metadata ->
                                    CompletableFuture.completedStage(answer.reading(() -> Metadata.decode(metadata))))
                            .orElseGet(() -> plain(at));
                });
    }

    private CompletionStage<Metadata> plain(Hash at) {
        Answer answer = new Answer(METADATA);
        return rpc.call(METADATA, List.of(json(at)))
                .thenApply(node -> answer.reading(() -> Metadata.decode(answer.bytes(node))));
    }
}
