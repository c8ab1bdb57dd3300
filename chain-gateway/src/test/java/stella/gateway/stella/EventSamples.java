package stella.gateway.stella;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import stella.gateway.metadata.ChainEvent;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.TypeInfo;
import stella.gateway.metadata.Value;
import stella.protocol.Bytes;

/** Some event of each kind, made from nothing but the metadata. */
final class EventSamples {
    private EventSamples() {}

    static ChainEvent of(Metadata metadata, String name) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (TypeInfo.Field field : metadata.pallet("Stella").event(name).fields())
            fields.put(field.name(), sample(metadata, field.type()));
        return new ChainEvent(OptionalInt.of(1), "Stella", name, fields);
    }

    private static Value sample(Metadata metadata, int type) {
        return switch (metadata.types().core(type)) {
            case TypeInfo.Primitive _ -> Value.of(2);
            case TypeInfo.Compact _ -> Value.of(2);
            case TypeInfo.Array array -> Value.of(Bytes.owning(new byte[(int) array.length()]));
            case TypeInfo.Sequence _ -> Value.of(Bytes.hex("616263"));
            case TypeInfo.Variants variants -> {
                TypeInfo.Variant first = variants.cases().getLast();
                yield Value.variant(first.name());
            }
            case TypeInfo.Composite composite -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                for (TypeInfo.Field field : composite.fields())
                    fields.put(field.name(), sample(metadata, field.type()));
                yield new Value.Composite(fields);
            }
            case TypeInfo.Tuple tuple -> {
                List<Value> items = new ArrayList<>();
                for (int item : tuple.items()) items.add(sample(metadata, item));
                yield new Value.Sequence(items);
            }
            case TypeInfo.Bits _ -> new Value.Bits(0, Bytes.EMPTY);
        };
    }
}
