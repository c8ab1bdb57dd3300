package stella.gateway.metadata;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stella.protocol.Bytes;

/**
 * A value of any type of a chain, for calls and events that nobody knew when this was compiled.
 *
 * <p>Wrappers around one unnamed value do not show: an {@code AccountId32} is its 32 {@link Raw} bytes, a {@code Perbill} its
 * {@link Int}. Bytes ({@code Vec<u8>}, {@code [u8; N]}) are {@link Raw}, not a list of numbers. Fields without a name are
 * called {@code "0"}, {@code "1"}, ….
 */
public sealed interface Value {
    record Bool(boolean value) implements Value {}

    /** Any integer, also compact ones and characters. */
    record Int(BigInteger value) implements Value {}

    record Text(String value) implements Value {}

    record Raw(Bytes bytes) implements Value {}

    /** Items of a sequence, an array or a tuple. */
    record Sequence(List<Value> items) implements Value {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A struct, its fields in their order. */
    record Composite(Map<String, Value> fields) implements Value {
        public Composite {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** One case of an enum, its fields in their order. */
    record Variant(String name, Map<String, Value> fields) implements Value {
        public Variant {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** A sequence of bits as the store units that hold it. */
    record Bits(int count, Bytes store) implements Value {}

    static Value of(long number) {
        return new Int(BigInteger.valueOf(number));
    }

    static Value of(BigInteger number) {
        return new Int(number);
    }

    static Value of(Bytes bytes) {
        return new Raw(bytes);
    }

    static Value of(Value... items) {
        return new Sequence(List.of(items));
    }

    /** A case with unnamed fields. */
    static Value variant(String name, Value... fields) {
        Map<String, Value> named = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i++) named.put(Integer.toString(i), fields[i]);
        return new Variant(name, named);
    }

    static Value option(Optional<? extends Value> value) {
        return value.<Value>map(some -> variant("Some", some)).orElseGet(() -> variant("None"));
    }

    /** The field {@code name} of a struct or a case. */
    default Value field(String name) {
        Value found = switch (this) {
            case Composite composite -> composite.fields().get(name);
            case Variant variant -> variant.fields().get(name);
            default -> null;
        };
        if (found == null) throw new MetadataException("there is no field '" + name + "' in " + this);
        return found;
    }

    default BigInteger number() {
        if (this instanceof Int number) return number.value();
        throw new MetadataException("a number is expected, not " + this);
    }

    /** A number that fits a {@code long}. */
    default long longNumber() {
        BigInteger number = number();
        if (number.bitLength() > 63) throw new MetadataException(number + " is above 2^63 - 1");
        return number.longValue();
    }

    default Bytes bytes() {
        if (this instanceof Raw raw) return raw.bytes();
        throw new MetadataException("bytes are expected, not " + this);
    }

    default List<Value> items() {
        if (this instanceof Sequence sequence) return sequence.items();
        throw new MetadataException("a sequence is expected, not " + this);
    }

    /** The name of a case. */
    default String name() {
        if (this instanceof Variant variant) return variant.name();
        throw new MetadataException("a case of an enum is expected, not " + this);
    }

    /** The content of an {@code Option}. */
    default Optional<Value> optional() {
        return switch (name()) {
            case "None" -> Optional.empty();
            case "Some" -> Optional.of(field("0"));
            default -> throw new MetadataException("an option is expected, not " + this);
        };
    }
}
