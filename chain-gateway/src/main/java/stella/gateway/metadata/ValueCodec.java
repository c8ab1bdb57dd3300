package stella.gateway.metadata;

import java.util.List;
import java.util.Map;
import stella.gateway.metadata.TypeInfo.Field;
import stella.gateway.metadata.TypeInfo.Variant;
import stella.gateway.scale.ScaleException;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;

/** Writes values of a chain's types as SCALE and reads them back. */
public final class ValueCodec {
    private final TypeRegistry types;

    ValueCodec(TypeRegistry types) {
        this.types = types;
    }

    /**
     * Reads one value that takes all of {@code encoded}.
     *
     * @throws ScaleException when the bytes are no value of the type
     */
    public Value decode(int type, Bytes encoded) {
        ScaleReader reader = new ScaleReader(encoded);
        Value value = decode(type, reader);
        reader.end();
        return value;
    }

    /** Reads one value from the front of {@code reader}. */
    public Value decode(int type, ScaleReader reader) {
        return new ValueDecoder(types, reader).decode(type);
    }

    /** Reads the fields of a case whose index has been read already, by name. */
    public Map<String, Value> decodeFields(Variant variant, ScaleReader reader) {
        return new ValueDecoder(types, reader).fields(variant.fields());
    }

    /** @throws MismatchException when {@code value} is none of the type */
    public Bytes encode(int type, Value value) {
        ScaleWriter writer = new ScaleWriter();
        encode(type, value, writer);
        return writer.toBytes();
    }

    /** @throws MismatchException when {@code value} is none of the type */
    public void encode(int type, Value value, ScaleWriter writer) {
        new ValueEncoder(types, writer).encode(type, value);
    }

    Bytes encodeVariant(String what, int outerIndex, Variant variant, Map<String, Value> fields) {
        ScaleWriter writer = new ScaleWriter().u8(outerIndex).u8(variant.index());
        try {
            new ValueEncoder(types, writer).fields(variant.fields(), fields);
        } catch (MismatchException e) {
            throw e.within(what);
        }
        return writer.toBytes();
    }

    static String nameOf(List<Field> fields, int index) {
        String name = fields.get(index).name();
        return name.isEmpty() ? Integer.toString(index) : name;
    }
}
