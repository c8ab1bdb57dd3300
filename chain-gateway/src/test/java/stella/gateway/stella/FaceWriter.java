package stella.gateway.stella;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.Pallet;
import stella.gateway.metadata.StorageEntry;
import stella.gateway.metadata.TypeInfo;
import stella.gateway.metadata.TypeWriter;
import stella.protocol.Bytes;

/**
 * Writes {@code face.txt} anew from recorded metadata, after the pallet has got more: every call and event, and the storage and constants that the file or
 * the arguments name. Arguments: the metadata (gzip), {@code face.txt}, then items such as {@code "storage Questions"}. It is for people who then read the
 * difference; the tests compare, they do not write.
 */
public final class FaceWriter {
    private FaceWriter() {}

    public static void main(String[] args) throws IOException {
        Metadata metadata;
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(Path.of(args[0]))))) {
            metadata = Metadata.decode(Bytes.owning(in.readAllBytes()));
        }
        Path face = Path.of(args[1]);
        List<String> old = Files.readAllLines(face);
        List<String> kept = Stream.concat(
                        old.stream().filter(line -> line.startsWith("storage ") || line.startsWith("constant ")),
                        Stream.of(args).skip(2))
                .distinct()
                .toList();
        List<String> lines = new ArrayList<>(
                old.stream().takeWhile(line -> line.startsWith("#")).toList());
        write(metadata, kept, lines);
        Files.write(face, lines);
    }

    private static void write(Metadata metadata, List<String> kept, List<String> lines) {
        Pallet pallet = metadata.pallet(StellaFace.PALLET);
        TypeWriter types = new TypeWriter(metadata.types());
        pallet.calls().values().forEach(call -> variant("call ", call, types, lines));
        pallet.events().values().forEach(event -> variant("event ", event, types, lines));
        for (String name : names(kept, "storage ")) {
            StorageEntry entry = pallet.entry(name);
            lines.add("storage " + name);
            entry.keys().forEach(key -> lines.add("  " + key.hasher() + ": " + types.write(key.type())));
            lines.add("  value: " + types.write(entry.value()));
        }
        for (String name : names(kept, "constant ")) {
            lines.add("constant " + name);
            lines.add("  value: "
                    + types.write(Objects.requireNonNull(pallet.constants().get(name), name)
                            .type()));
        }
    }

    private static List<String> names(List<String> kept, String kind) {
        return kept.stream()
                .filter(line -> line.startsWith(kind))
                .map(line -> line.substring(kind.length()))
                .toList();
    }

    private static void variant(String kind, TypeInfo.Variant variant, TypeWriter types, List<String> lines) {
        lines.add(kind + variant.name());
        for (TypeInfo.Field field : variant.fields()) lines.add("  " + field.name() + ": " + types.write(field.type()));
    }
}
