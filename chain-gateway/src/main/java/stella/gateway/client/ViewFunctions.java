package stella.gateway.client;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.RuntimeFunction;
import stella.gateway.metadata.Value;
import stella.gateway.rpc.RpcException;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** Calls view functions of pallets, which go through one function of the runtime's API. */
final class ViewFunctions {
    private static final String EXECUTE = "RuntimeViewFunction_execute_view_function";

    private final ChainClient chain;

    ViewFunctions(ChainClient chain) {
        this.chain = chain;
    }

    CompletionStage<Value> call(String pallet, String function, Map<String, Value> arguments, Hash at) {
        Metadata metadata = chain.runtime().metadata();
        RuntimeFunction view = metadata.pallet(pallet).viewFunction(function);
        Bytes request = new ScaleWriter()
                .raw(view.id())
                .bytes(view.encode(metadata, arguments))
                .toBytes();
        Answer answer = new Answer("state_call");
        return chain.runtimeCall(EXECUTE, request, at)
                .thenApply(result -> answer.reading(() -> {
                    ScaleReader in = new ScaleReader(result);
                    if (in.u8() != 0)
                        throw RpcException.malformed(
                                EXECUTE,
                                "the runtime does not carry out " + pallet + "." + function
                                        + ", which its metadata names");
                    Bytes output = in.bytes(in.remaining());
                    in.end();
                    return metadata.values().decode(view.output(), output);
                }));
    }
}
