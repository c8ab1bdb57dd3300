package stella.gateway.metadata;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import stella.gateway.scale.ScaleException;
import stella.gateway.scale.ScaleReader;

/**
 * Reads values. Neither types that contain themselves nor sequences of items without bytes can make it run long: depth and the
 * number of values are bounded.
 */
final class ValueDecoder {
    private static final int DEPTH_MAX = 512;
    private static final int VALUES_MAX = 1 << 22;

    private final TypeRegistry types;
    private final ScaleReader in;
    private int depth;
    private int values;

    ValueDecoder(TypeRegistry types, ScaleReader in) {
        this.types = types;
        this.in = in;
    }

    Value decode(int type) {
        if (++values > VALUES_MAX) throw new ScaleException("more than " + VALUES_MAX + " values", in.position());
        if (++depth > DEPTH_MAX) throw new ScaleException("values nested deeper than " + DEPTH_MAX, in.position());
        Value value = switch (types.type(type).shape()) {
            case Composite composite
            when composite.isTransparent() ->
                decode(composite.fields().getFirst().type());
            case Composite composite -> composite(composite.fields());
            case Variants variants -> variant(variants);
            case Sequence sequence -> sequence(sequence.item());
            case Array array -> array(array);
            case Tuple tuple ->
                new Value.Sequence(tuple.items().stream().map(this::decode).toList());
            case Primitive primitive -> primitive(primitive.kind());
            case Compact compact -> compact(compact.item());
            case Bits bits -> bits(bits);
        };
        depth--;
        return value;
    }

    Map<String, Value> fields(List<Field> fields) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++)
            values.put(ValueCodec.nameOf(fields, i), decode(fields.get(i).type()));
        return values;
    }

    private Value composite(List<Field> fields) {
        return new Value.Composite(fields(fields));
    }

    private Value variant(Variants variants) {
        int at = in.position();
        int index = in.u8();
        for (Variant variant : variants.cases())
            if (variant.index() == index) return new Value.Variant(variant.name(), fields(variant.fields()));
        throw new ScaleException("an enum without case " + index, at);
    }

    private Value sequence(int item) {
        if (isByte(item)) return new Value.Raw(in.bytes(in.remaining()));
        // an item without bytes is possible, but then the number of items is bounded by the number of values
        return items(in.length(VALUES_MAX, types.isEmpty(item) ? 0 : 1), item);
    }

    private Value array(Array array) {
        if (array.length() > VALUES_MAX)
            throw new ScaleException("an array of " + array.length() + " items", in.position());
        int length = (int) array.length();
        return isByte(array.item()) ? new Value.Raw(in.raw(length)) : items(length, array.item());
    }

    private Value items(int count, int item) {
        List<Value> items = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) items.add(decode(item));
        return new Value.Sequence(items);
    }

    private boolean isByte(int type) {
        return types.type(type).shape() instanceof Primitive primitive && primitive.kind() == Kind.U8;
    }

    private Value primitive(Kind kind) {
        return switch (kind) {
            case BOOL -> new Value.Bool(in.bool());
            case STR -> new Value.Text(in.text(in.remaining()));
            case CHAR -> new Value.Int(in.unsigned(4));
            default -> new Value.Int(kind.signed ? in.signed(kind.width) : in.unsigned(kind.width));
        };
    }

    private Value compact(int item) {
        int at = in.position();
        if (types.isEmpty(item)) return new Value.Sequence(List.of());
        BigInteger number = in.compactBig();
        if (!(types.core(item) instanceof Primitive primitive) || number.bitLength() > primitive.kind().width * 8)
            throw new ScaleException("a compact number of " + number.bitLength() + " bits, too large for its type", at);
        return new Value.Int(number);
    }

    private Value bits(Bits bits) {
        int at = in.position();
        if (!(types.core(bits.store()) instanceof Primitive primitive) || primitive.kind().width == 0)
            throw new ScaleException("bits in units that are no numbers", at);
        long count = in.compact();
        if (count > in.remaining() * 8L)
            throw new ScaleException(count + " bits with " + in.remaining() + " bytes left", at);
        int unit = primitive.kind().width;
        long units = (count + unit * 8L - 1) / (unit * 8L);
        return new Value.Bits((int) count, in.raw((int) (units * unit)));
    }
}
