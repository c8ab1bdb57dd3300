package stella.gateway.metadata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import stella.protocol.Bytes;

/**
 * An event of a block.
 *
 * @param extrinsic index of the transaction that caused it; empty when the block itself did
 * @param fields by name, in their order
 */
public record ChainEvent(OptionalInt extrinsic, String pallet, String name, Map<String, Value> fields) {
    public ChainEvent {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The field {@code name}. */
    public Value field(String name) {
        Value value = fields.get(name);
        if (value == null)
            throw new MetadataException("event " + pallet + "." + this.name + " has no field '" + name + "'");
        return value;
    }

    public boolean is(String pallet, String name) {
        return this.pallet.equals(pallet) && this.name.equals(name);
    }

    /**
     * Reads the value of {@code System.Events}.
     *
     * @throws stella.gateway.scale.ScaleException when it is none of this runtime
     */
    public static List<ChainEvent> read(Metadata metadata, Bytes events) {
        StorageEntry entry = metadata.pallet("System").entry("Events");
        List<ChainEvent> read = new ArrayList<>();
        for (Value item : metadata.values().decode(entry.value(), events).items()) read.add(event(item));
        return List.copyOf(read);
    }

    private static ChainEvent event(Value item) {
        Value phase = item.field("phase");
        OptionalInt extrinsic = phase.name().equals("ApplyExtrinsic")
                ? OptionalInt.of((int) phase.field("0").longNumber())
                : OptionalInt.empty();
        Value.Variant pallet = (Value.Variant) requireVariant(item.field("event"));
        Value.Variant event = (Value.Variant) requireVariant(pallet.field("0"));
        return new ChainEvent(extrinsic, pallet.name(), event.name(), event.fields());
    }

    private static Value requireVariant(Value value) {
        if (value instanceof Value.Variant) return value;
        throw new MetadataException("an event of this chain is no case of an enum: " + value);
    }
}
