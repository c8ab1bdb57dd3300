package stella.devchain;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;

/**
 * Writes the metadata (version 15) of the committed runtime into a gzip file, from which the client's tests know the pallet:
 * {@code chain-gateway/src/test/resources/stella/gateway/stella/metadata.gz}. To be run after each refresh of the runtime that changes the pallet's face.
 */
public final class MetadataRecorder {
    private static final int VERSION = 15;

    private MetadataRecorder() {}

    public static void main(String[] args) throws IOException {
        Bytes version = new ScaleWriter().u32(VERSION).toBytes();
        Bytes answer = TestRuntime.LOADER
                .load(TestRuntime.WASM)
                .call("Metadata_metadata_at_version", version, new Overlay(State.EMPTY));
        ScaleReader in = new ScaleReader(answer);
        Bytes metadata = in.option(reader -> reader.bytes(answer.length())).orElseThrow();
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(args[0])))) {
            out.write(metadata.toArray());
        }
    }
}
