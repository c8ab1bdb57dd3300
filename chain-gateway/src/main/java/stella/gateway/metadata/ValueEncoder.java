package stella.gateway.metadata;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import stella.gateway.metadata.TypeInfo.Array;
import stella.gateway.metadata.TypeInfo.Bits;
import stella.gateway.metadata.TypeInfo.Compact;
import stella.gateway.metadata.TypeInfo.Composite;
import stella.gateway.metadata.TypeInfo.Field;
import stella.gateway.metadata.TypeInfo.Kind;
import stella.gateway.metadata.TypeInfo.Primitive;
import stella.gateway.metadata.TypeInfo.Sequence;
import stella.gateway.metadata.TypeInfo.Tuple;
import stella.gateway.metadata.TypeInfo.Variant;
import stella.gateway.metadata.TypeInfo.Variants;
import stella.gateway.scale.ScaleWriter;

/** Writes values. Tuples and structs without names are taken from a sequence as well as from a composite. */
final class ValueEncoder {
    private final TypeRegistry types;
    private final ScaleWriter out;

    ValueEncoder(TypeRegistry types, ScaleWriter out) {
        this.types = types;
        this.out = out;
    }

    void encode(int type, Value value) {
        switch (types.type(type).shape()) {
            case Composite composite
            when composite.isTransparent() ->
                encode(composite.fields().getFirst().type(), value);
            case Composite composite -> composite(composite.fields(), value);
            case Variants variants -> variant(type, variants, value);
            case Sequence sequence -> sequence(sequence.item(), value);
            case Array array -> array(array, value);
            case Tuple tuple -> tuple(tuple.items(), value);
            case Primitive primitive -> primitive(primitive.kind(), value);
            case Compact compact -> compact(compact.item(), value);
            case Bits _ -> bits(value);
        }
    }

    void fields(List<Field> fields, Map<String, Value> values) {
        for (int i = 0; i < fields.size(); i++) {
            String name = ValueCodec.nameOf(fields, i);
            Value value = values.get(name);
            if (value == null) throw new MismatchException(name, "is missing; there are " + values.keySet());
            at(name, fields.get(i).type(), value);
        }
        if (values.size() > fields.size()) {
            List<String> surplus = new ArrayList<>(values.keySet());
            for (int i = 0; i < fields.size(); i++) surplus.remove(ValueCodec.nameOf(fields, i));
            throw new MismatchException(surplus.getFirst(), "the chain has no such field");
        }
    }

    private void at(String path, int type, Value value) {
        try {
            encode(type, value);
        } catch (MismatchException e) {
            throw e.within(path);
        }
    }

    private void composite(List<Field> fields, Value value) {
        switch (value) {
            case Value.Composite composite -> fields(fields, composite.fields());
            case Value.Sequence sequence ->
                tuple(fields.stream().map(Field::type).toList(), sequence);
            default -> throw wrong("a struct", value);
        }
    }

    private void variant(int type, Variants variants, Value value) {
        if (!(value instanceof Value.Variant chosen))
            throw wrong("a case of " + types.type(type).name(), value);
        for (Variant variant : variants.cases()) {
            if (variant.name().equals(chosen.name())) {
                out.u8(variant.index());
                try {
                    fields(variant.fields(), chosen.fields());
                } catch (MismatchException e) {
                    throw e.within(chosen.name());
                }
                return;
            }
        }
        throw new MismatchException("", types.type(type).name() + " has no case '" + chosen.name() + "'");
    }

    private void sequence(int item, Value value) {
        switch (value) {
            case Value.Raw raw when isByte(item) -> out.bytes(raw.bytes());
            case Value.Text text when isByte(item) -> out.text(text.value());
            case Value.Sequence sequence -> {
                out.compact(sequence.items().size());
                items(item, sequence.items());
            }
            default -> throw wrong("a sequence", value);
        }
    }

    private void array(Array array, Value value) {
        switch (value) {
            case Value.Raw raw
            when isByte(array.item()) -> {
                requireLength(array.length(), raw.bytes().length());
                out.raw(raw.bytes());
            }
            case Value.Sequence sequence -> {
                requireLength(array.length(), sequence.items().size());
                items(array.item(), sequence.items());
            }
            default -> throw wrong("an array of " + array.length(), value);
        }
    }

    private void tuple(List<Integer> items, Value value) {
        if (!(value instanceof Value.Sequence sequence)) throw wrong("a tuple of " + items.size(), value);
        requireLength(items.size(), sequence.items().size());
        for (int i = 0; i < items.size(); i++)
            at(Integer.toString(i), items.get(i), sequence.items().get(i));
    }

    private void items(int item, List<Value> values) {
        for (int i = 0; i < values.size(); i++) at(Integer.toString(i), item, values.get(i));
    }

    private void primitive(Kind kind, Value value) {
        switch (kind) {
            case BOOL -> {
                if (!(value instanceof Value.Bool bool)) throw wrong("a boolean", value);
                out.bool(bool.value());
            }
            case STR -> {
                if (!(value instanceof Value.Text text)) throw wrong("a text", value);
                out.text(text.value());
            }
            default -> {
                BigInteger number = number(value);
                int width = kind == Kind.CHAR ? 4 : kind.width;
                try {
                    if (kind.signed) out.signed(number, width);
                    else out.unsigned(number, width);
                } catch (IllegalArgumentException e) {
                    throw new MismatchException("", String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void compact(int item, Value value) {
        if (types.isEmpty(item)) return;
        if (!(types.core(item) instanceof Primitive primitive)) throw wrong("something compact", value);
        BigInteger number = number(value);
        if (number.signum() < 0 || number.bitLength() > primitive.kind().width * 8)
            throw new MismatchException("", number + " does not fit u" + primitive.kind().width * 8);
        out.compact(number);
    }

    private void bits(Value value) {
        if (!(value instanceof Value.Bits bits)) throw wrong("bits", value);
        out.compact(bits.count()).raw(bits.store());
    }

    private static BigInteger number(Value value) {
        if (!(value instanceof Value.Int number)) throw wrong("a number", value);
        return number.value();
    }

    private boolean isByte(int type) {
        return types.type(type).shape() instanceof Primitive primitive && primitive.kind() == Kind.U8;
    }

    private static void requireLength(long expected, int found) {
        if (expected != found)
            throw new MismatchException("", "has " + found + " items where " + expected + " are due");
    }

    private static MismatchException wrong(String expected, Value found) {
        return new MismatchException("", expected + " is expected, not " + found);
    }
}
