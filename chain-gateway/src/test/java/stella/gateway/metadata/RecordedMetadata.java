package stella.gateway.metadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import stella.protocol.Bytes;

/** Metadata of a small runtime with Aura, Grandpa, Assets and a pool, in each of its three forms, recorded from the runtime itself. */
public final class RecordedMetadata {
    private RecordedMetadata() {}

    public static Bytes encoded(int version) {
        try (var in = new GZIPInputStream(RecordedMetadata.class.getResourceAsStream("v" + version + ".gz"))) {
            return Bytes.owning(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Metadata decoded(int version) {
        return Metadata.decode(encoded(version));
    }
}
