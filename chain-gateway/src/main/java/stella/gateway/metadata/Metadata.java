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
 * @param apis methods of the runtime's APIs by name, such as {@code Core_version}; metadata V14 does not tell them
 */
public record Metadata(
        int version,
        TypeRegistry types,
        Map<String, Pallet> pallets,
        ExtrinsicInfo extrinsic,
        int calls,
        Map<String, RuntimeFunction> apis) {
    public Metadata {
        apis = Map.copyOf(apis);
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

    /**
     * A method of a runtime API.
     *
     * @param name API and method, such as {@code AccountNonceApi_account_nonce}
     * @throws MetadataException when the runtime has none, or its metadata does not tell
     */
    public RuntimeFunction api(String name) {
        RuntimeFunction function = apis.get(name);
        if (function != null) return function;
        throw new MetadataException(
                version < 15
                        ? "metadata V14 does not tell runtime APIs; '" + name
                                + "' can be called with encoded arguments only"
                        : "this chain has no runtime API '" + name + "'");
    }

    /**
     * The storage key of an entry for {@code keys}, or the prefix of all that begin with them when there are fewer than it has.
     *
     * @throws MismatchException when a key is none of its type
     */
    public Bytes storageKey(String pallet, String entry, Value... keys) {
        StorageEntry storage = pallet(pallet).entry(entry);
        if (keys.length > storage.keys().size())
            throw new MetadataException(storage + " has " + storage.keys().size() + " keys, not " + keys.length);
        Bytes[] encoded = new Bytes[keys.length];
        for (int i = 0; i < keys.length; i++) {
            try {
                encoded[i] = values().encode(storage.keys().get(i).type(), keys[i]);
            } catch (MismatchException e) {
                throw e.within(storage + " key " + i);
            }
        }
        return storage.key(encoded);
    }

    /** What stands in storage, read; where nothing stands, the entry's default, or empty without one. */
    public Optional<Value> storageValue(String pallet, String entry, Optional<Bytes> stored) {
        StorageEntry storage = pallet(pallet).entry(entry);
        return stored.or(storage::fallback).map(bytes -> values().decode(storage.value(), bytes));
    }

    /** Whether {@code call} carries other calls, as batches, proxies and multisigs do. */
    public boolean carriesCalls(Bytes call) {
        if (call.length() < 2) return false;
        return pallet(call.at(0)).stream()
                .flatMap(pallet -> pallet.calls().values().stream())
                .filter(variant -> variant.index() == call.at(1))
                .flatMap(variant -> variant.fields().stream())
                .anyMatch(field -> types.reaches(field.type(), calls));
    }

    /** The extensions that are encoded into a transaction of form 4. */
    public List<ExtrinsicInfo.Extension> extensions() {
        return extrinsic.extensions(0);
    }
}
