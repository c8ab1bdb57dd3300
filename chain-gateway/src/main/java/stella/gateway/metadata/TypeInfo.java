package stella.gateway.metadata;

import java.util.List;
import java.util.Map;

/**
 * One type of a chain.
 *
 * @param path module path and name, for example {@code [sp_core, crypto, AccountId32]}; empty for tuples and the like
 * @param parameters generic parameters with a type of their own, by name
 */
public record TypeInfo(List<String> path, Map<String, Integer> parameters, Shape shape) {
    public TypeInfo {
        path = List.copyOf(path);
        parameters = Map.copyOf(parameters);
    }

    /** The last part of the path, or empty. */
    public String name() {
        return path.isEmpty() ? "" : path.getLast();
    }

    /** How values of a type are built; numbers are ids of other types. */
    public sealed interface Shape {}

    public record Composite(List<Field> fields) implements Shape {
        public Composite {
            fields = List.copyOf(fields);
        }

        /** True for a wrapper around one unnamed value; its values are those of the wrapped type. */
        public boolean isTransparent() {
            return fields.size() == 1 && fields.getFirst().name().isEmpty();
        }
    }

    public record Variants(List<Variant> cases) implements Shape {
        public Variants {
            cases = List.copyOf(cases);
        }
    }

    public record Sequence(int item) implements Shape {}

    public record Array(long length, int item) implements Shape {}

    public record Tuple(List<Integer> items) implements Shape {
        public Tuple {
            items = List.copyOf(items);
        }
    }

    public record Primitive(Kind kind) implements Shape {}

    public record Compact(int item) implements Shape {}

    /** A sequence of bits in units of the type {@code store}; the order is an empty type named {@code Lsb0} or {@code Msb0}. */
    public record Bits(int store, int order) implements Shape {}

    /** @param name empty in tuple-like structs and variants */
    public record Field(String name, int type) {}

    /** @param docs the doc comment, lines joined by a space */
    public record Variant(String name, int index, List<Field> fields, String docs) {
        public Variant {
            fields = List.copyOf(fields);
        }
    }

    /** Primitive types in the order of their index in metadata. */
    public enum Kind {
        BOOL(0, false),
        CHAR(0, false),
        STR(0, false),
        U8(1, false),
        U16(2, false),
        U32(4, false),
        U64(8, false),
        U128(16, false),
        U256(32, false),
        I8(1, true),
        I16(2, true),
        I32(4, true),
        I64(8, true),
        I128(16, true),
        I256(32, true);

        final int width;
        final boolean signed;

        Kind(int width, boolean signed) {
            this.width = width;
            this.signed = signed;
        }
    }
}
