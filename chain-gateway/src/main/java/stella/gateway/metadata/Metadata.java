package stella.gateway.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stella.protocol.Bytes;

/**
 * Metadata of one version of a runtime, from V14, V15 or V16.
 *
 * @param calls type of any call of the runtime
 */
public record Metadata(
        int version, TypeRegistry types, Map<String, Pallet> pallets, ExtrinsicInfo extrinsic, int calls) {
    public Metadata {
        pallets = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(pallets));
    }

    /**
     * Reads metadata as {@code state_getMetadata} gives it, beginning with {@code meta}.
     *
     * @throws MetadataException when it is malformed or of another version
     */
    public static Metadata decode(Bytes encoded) {
        return MetadataReader.read(encoded);
    }

    /** @throws MetadataException when the chain has no such pallet */
    public Pallet pallet(String name) {
        return Optional.ofNullable(pallets.get(name))
                .orElseThrow(() -> new MetadataException(
                        "this chain has no pallet '" + name + "'; it has " + String.join(", ", pallets.keySet())));
    }

    public Optional<Pallet> pallet(int index) {
        return pallets.values().stream()
                .filter(pallet -> pallet.index() == index)
                .findFirst();
    }

    /** Reads and writes values of the chain's types. */
    public ValueCodec values() {
        return new ValueCodec(types);
    }

    /** The value of a constant. */
    public Value constant(String pallet, String name) {
        Pallet.Constant constant = pallet(pallet).constant(name);
        return values().decode(constant.type(), constant.value());
    }

    /** A call as it goes into a transaction, its arguments by name. */
    public Bytes call(String pallet, String call, Map<String, Value> arguments) {
        Pallet owner = pallet(pallet);
        return values().encodeVariant(pallet + "." + call, owner.index(), owner.call(call), arguments);
    }

    /** The extensions that are encoded into a transaction of version 4. */
    public List<ExtrinsicInfo.Extension> extensions() {
        return extrinsic.extensions();
    }
}
