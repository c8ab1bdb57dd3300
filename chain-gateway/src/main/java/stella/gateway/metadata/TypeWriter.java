package stella.gateway.metadata;

import java.util.List;
import java.util.stream.Collectors;
import stella.gateway.metadata.TypeInfo.Array;
import stella.gateway.metadata.TypeInfo.Bits;
import stella.gateway.metadata.TypeInfo.Compact;
import stella.gateway.metadata.TypeInfo.Composite;
import stella.gateway.metadata.TypeInfo.Field;
import stella.gateway.metadata.TypeInfo.Primitive;
import stella.gateway.metadata.TypeInfo.Sequence;
import stella.gateway.metadata.TypeInfo.Tuple;
import stella.gateway.metadata.TypeInfo.Variant;
import stella.gateway.metadata.TypeInfo.Variants;

/**
 * Says how a type is encoded, in one line, so that two types can be compared: {@code u32}, {@code compact u64}, {@code [u8; 32]},
 * {@code [u8]}, {@code (u8, bool)}, {@code {root: [u8; 32], height: u8}}, {@code <0 Hot | 1 Filecoin>}, {@code option u32}.
 * Names of types do not matter, names of fields and cases do.
 */
public final class TypeWriter {
    private static final int DEPTH_MAX = 16;

    private final TypeRegistry types;

    public TypeWriter(TypeRegistry types) {
        this.types = types;
    }

    public String write(int type) {
        return write(type, 0);
    }

    /** The fields of a call or an event: {@code {name: type, …}}, or empty without fields. */
    public String write(List<Field> fields) {
        return fields.isEmpty() ? "" : fields(fields, 0);
    }

    private String write(int type, int depth) {
        if (depth > DEPTH_MAX) return "…";
        return switch (types.core(type)) {
            case Composite composite -> fields(composite.fields(), depth);
            case Variants variants when types.type(type).name().equals("Option") -> "option " + some(variants, depth);
            case Variants variants ->
                variants.cases().stream()
                        .map(variant -> variant(variant, depth))
                        .collect(Collectors.joining(" | ", "<", ">"));
            case Sequence sequence -> "[" + write(sequence.item(), depth + 1) + "]";
            case Array array -> "[" + write(array.item(), depth + 1) + "; " + array.length() + "]";
            case Tuple tuple ->
                tuple.items().stream().map(item -> write(item, depth + 1)).collect(Collectors.joining(", ", "(", ")"));
            case Primitive primitive -> primitive.kind().name().toLowerCase(java.util.Locale.ROOT);
            case Compact compact -> "compact " + write(compact.item(), depth + 1);
            case Bits bits -> "bits " + write(bits.store(), depth + 1);
        };
    }

    private String some(Variants variants, int depth) {
        return write(variants.cases().getLast().fields().getFirst().type(), depth + 1);
    }

    private String variant(Variant variant, int depth) {
        String fields = variant.fields().isEmpty() ? "" : " " + fields(variant.fields(), depth);
        return variant.index() + " " + variant.name() + fields;
    }

    private String fields(List<Field> fields, int depth) {
        return fields.stream()
                .map(field -> (field.name().isEmpty() ? "" : field.name() + ": ") + write(field.type(), depth + 1))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
