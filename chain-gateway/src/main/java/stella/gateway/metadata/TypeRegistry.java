package stella.gateway.metadata;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import stella.gateway.metadata.TypeInfo.Array;
import stella.gateway.metadata.TypeInfo.Bits;
import stella.gateway.metadata.TypeInfo.Compact;
import stella.gateway.metadata.TypeInfo.Composite;
import stella.gateway.metadata.TypeInfo.Field;
import stella.gateway.metadata.TypeInfo.Kind;
import stella.gateway.metadata.TypeInfo.Primitive;
import stella.gateway.metadata.TypeInfo.Sequence;
import stella.gateway.metadata.TypeInfo.Shape;
import stella.gateway.metadata.TypeInfo.Tuple;
import stella.gateway.metadata.TypeInfo.Variant;
import stella.gateway.metadata.TypeInfo.Variants;
import stella.gateway.scale.ScaleException;
import stella.gateway.scale.ScaleReader;

/** The types of a chain by id. Every id that a type refers to exists. */
public final class TypeRegistry {
    private static final int DEPTH_MAX = 64;
    private static final List<Kind> KINDS = List.of(Kind.values());

    private final List<TypeInfo> types;

    TypeRegistry(List<TypeInfo> types) {
        this.types = List.copyOf(types);
        for (TypeInfo type : this.types) referredTo(type.shape()).forEach(this::type);
    }

    /** @throws MetadataException when there is no such type */
    public TypeInfo type(int id) {
        if (id < 0 || id >= types.size())
            throw new MetadataException("metadata refers to type " + id + " but has only " + types.size());
        return types.get(id);
    }

    public int size() {
        return types.size();
    }

    /** The type below all wrappers around one unnamed value. */
    public Shape core(int id) {
        Shape shape = type(id).shape();
        for (int depth = 0; depth < DEPTH_MAX; depth++) {
            if (!(shape instanceof Composite composite && composite.isTransparent())) return shape;
            shape = type(composite.fields().getFirst().type()).shape();
        }
        throw new MetadataException("type " + id + " wraps itself");
    }

    /** True when every value of the type is encoded in no bytes at all. */
    public boolean isEmpty(int id) {
        return isEmpty(id, 0);
    }

    private boolean isEmpty(int id, int depth) {
        if (depth > DEPTH_MAX) return false;
        return switch (type(id).shape()) {
            case Composite composite -> composite.fields().stream().allMatch(field -> isEmpty(field.type(), depth + 1));
            case Tuple tuple -> tuple.items().stream().allMatch(item -> isEmpty(item, depth + 1));
            case Array array -> array.length() == 0 || isEmpty(array.item(), depth + 1);
            case Compact compact -> isEmpty(compact.item(), depth + 1);
            case Variants _, Sequence _, Primitive _, Bits _ -> false;
        };
    }

    /** Whether values of the type {@code id} may have values of the type {@code target} in them. */
    boolean reaches(int id, int target) {
        return reaches(id, target, new HashSet<>());
    }

    private boolean reaches(int id, int target, Set<Integer> seen) {
        if (id == target) return true;
        if (!seen.add(id)) return false;
        return referredTo(type(id).shape()).stream().anyMatch(next -> reaches(next, target, seen));
    }

    static TypeRegistry read(ScaleReader reader) {
        int[] next = {0};
        return new TypeRegistry(list(reader, in -> {
            int at = in.position();
            long id = in.compact();
            if (id != next[0]) throw new ScaleException("type " + id + " where type " + next[0] + " is due", at);
            next[0]++;
            return readType(in);
        }));
    }

    /** {@code Vec<T>} of items that each take at least one byte. */
    static <T> List<T> list(ScaleReader reader, Function<ScaleReader, T> item) {
        return reader.sequence(reader.remaining(), item);
    }

    static String text(ScaleReader reader) {
        return reader.text(reader.remaining());
    }

    static String docs(ScaleReader reader) {
        return String.join(" ", list(reader, in -> text(in).strip())).strip();
    }

    static int id(ScaleReader reader) {
        int at = reader.position();
        long id = reader.compact();
        if (id > Integer.MAX_VALUE) throw new ScaleException("a type id of " + id, at);
        return (int) id;
    }

    private static TypeInfo readType(ScaleReader in) {
        List<String> path = list(in, TypeRegistry::text);
        Map<String, Integer> parameters = new LinkedHashMap<>();
        list(in, each -> {
            String name = text(each);
            each.option(TypeRegistry::id).ifPresent(id -> parameters.put(name, id));
            return name;
        });
        Shape shape = readShape(in);
        docs(in);
        return new TypeInfo(path, parameters, shape);
    }

    private static Shape readShape(ScaleReader in) {
        int at = in.position();
        int kind = in.u8();
        return switch (kind) {
            case 0 -> new Composite(list(in, TypeRegistry::readField));
            case 1 -> new Variants(list(in, TypeRegistry::readVariant));
            case 2 -> new Sequence(id(in));
            case 3 -> new Array(in.u32(), id(in));
            case 4 -> new Tuple(list(in, TypeRegistry::id));
            case 5 -> new Primitive(readKind(in));
            case 6 -> new Compact(id(in));
            case 7 -> new Bits(id(in), id(in));
            default -> throw new ScaleException("an unknown kind of type, " + kind + ",", at);
        };
    }

    private static Kind readKind(ScaleReader in) {
        int at = in.position();
        int index = in.u8();
        if (index >= KINDS.size()) throw new ScaleException("an unknown primitive type, " + index + ",", at);
        return KINDS.get(index);
    }

    private static Field readField(ScaleReader in) {
        String name = in.option(TypeRegistry::text).orElse("");
        int type = id(in);
        in.option(TypeRegistry::text);
        docs(in);
        return new Field(name, type);
    }

    private static Variant readVariant(ScaleReader in) {
        String name = text(in);
        List<Field> fields = list(in, TypeRegistry::readField);
        int index = in.u8();
        return new Variant(name, index, fields, docs(in));
    }

    private static List<Integer> referredTo(Shape shape) {
        return switch (shape) {
            case Composite composite ->
                composite.fields().stream().map(Field::type).toList();
            case Variants variants ->
                variants.cases().stream()
                        .flatMap(variant -> variant.fields().stream())
                        .map(Field::type)
                        .toList();
            case Sequence sequence -> List.of(sequence.item());
            case Array array -> List.of(array.item());
            case Tuple tuple -> tuple.items();
            case Primitive _ -> List.of();
            case Compact compact -> List.of(compact.item());
            case Bits bits -> List.of(bits.store(), bits.order());
        };
    }
}
