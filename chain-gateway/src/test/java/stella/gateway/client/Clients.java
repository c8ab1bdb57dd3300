package stella.gateway.client;

import static stella.gateway.client.FakeRpc.text;

import java.util.Optional;
import stella.gateway.metadata.RecordedMetadata;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;

/** A client of a {@link FakeRpc} with recorded metadata. */
final class Clients {
    static final String VERSION = "{\"specName\":\"stella\",\"specVersion\":100,\"transactionVersion\":1,\"apis\":[]}";

    private Clients() {}

    static FakeRpc node() {
        Bytes metadata = new ScaleWriter()
                .option(Optional.of(RecordedMetadata.encoded(15)), ScaleWriter::bytes)
                .toBytes();
        return new FakeRpc()
                .grow(1)
                .on("state_getRuntimeVersion", _ -> FakeRpc.parse(VERSION))
                .on(
                        "state_call",
                        params -> params.getFirst().asText().equals("Metadata_metadata_versions")
                                ? text(Bytes.hex("0c0e0000000f000000ffffffff"))
                                : text(metadata));
    }

    static ChainClient of(FakeRpc rpc) {
        return ChainClient.over(rpc, () -> {}).toCompletableFuture().join();
    }
}
