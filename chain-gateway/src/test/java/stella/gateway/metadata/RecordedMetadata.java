package stella.gateway.metadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** The recorded runtime with the extension that carries signatures of form 5 before all others. */
    public static Metadata withSignatureExtension() {
        Metadata plain = decoded(15);
        List<TypeInfo> types = new ArrayList<>();
        for (int id = 0; id < plain.types().size(); id++)
            types.add(plain.types().type(id));
        int account = plain.pallet("System").entry("Account").keys().getFirst().type();
        int unit = types.size();
        types.add(new TypeInfo(List.of(), Map.of(), new TypeInfo.Tuple(List.of())));
        int extension = types.size();
        List<TypeInfo.Field> fields = List.of(
                new TypeInfo.Field("signature", plain.extrinsic().signature()), new TypeInfo.Field("account", account));
        types.add(new TypeInfo(
                List.of("VerifySignature"),
                Map.of(),
                new TypeInfo.Variants(List.of(
                        new TypeInfo.Variant("Signed", 0, fields, ""),
                        new TypeInfo.Variant("Disabled", 1, List.of(), "")))));
        List<ExtrinsicInfo.Extension> extensions = new ArrayList<>(plain.extensions());
        extensions.addFirst(new ExtrinsicInfo.Extension("VerifyMultiSignature", extension, unit));
        ExtrinsicInfo old = plain.extrinsic();
        return new Metadata(
                16,
                new TypeRegistry(types),
                plain.pallets(),
                new ExtrinsicInfo(List.of(4, 5), old.address(), old.signature(), Map.of(0, extensions)),
                plain.calls(),
                plain.apis());
    }

    public static Metadata decoded(int version) {
        return Metadata.decode(encoded(version));
    }
}
