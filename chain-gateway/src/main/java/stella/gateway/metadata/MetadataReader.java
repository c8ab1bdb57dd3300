package stella.gateway.metadata;

import static stella.gateway.metadata.TypeRegistry.docs;
import static stella.gateway.metadata.TypeRegistry.id;
import static stella.gateway.metadata.TypeRegistry.list;
import static stella.gateway.metadata.TypeRegistry.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stella.gateway.metadata.ExtrinsicInfo.Extension;
import stella.gateway.metadata.TypeInfo.Field;
import stella.gateway.metadata.TypeInfo.Tuple;
import stella.gateway.metadata.TypeInfo.Variant;
import stella.gateway.metadata.TypeInfo.Variants;
import stella.gateway.scale.ScaleException;
import stella.gateway.scale.ScaleReader;
import stella.protocol.Bytes;

/** Reads the three forms of metadata into one. What a client does not need (documentation, notes on deprecation) is read and dropped. */
final class MetadataReader {
    private static final long MAGIC = 0x6174656d;
    private static final List<StorageEntry.Hasher> HASHERS = List.of(StorageEntry.Hasher.values());

    private final ScaleReader in;
    private final int version;
    private final TypeRegistry types;

    private MetadataReader(ScaleReader in, int version) {
        this.in = in;
        this.version = version;
        this.types = TypeRegistry.read(in);
    }

    static Metadata read(Bytes encoded) {
        ScaleReader in = new ScaleReader(encoded);
        try {
            if (in.u32() != MAGIC)
                throw new MetadataException("these bytes are no metadata: they do not begin with 'meta'");
            int version = in.u8();
            if (version < 14 || version > 16)
                throw new MetadataException("metadata V" + version + " is unknown; V14, V15 and V16 are understood");
            Metadata metadata = new MetadataReader(in, version).metadata();
            in.end();
            return metadata;
        } catch (ScaleException e) {
            throw new MetadataException("malformed metadata: " + e.getMessage(), e);
        }
    }

    private Metadata metadata() {
        Map<String, Pallet> pallets = new LinkedHashMap<>();
        for (Pallet pallet : list(in, _ -> pallet())) pallets.put(pallet.name(), pallet);
        ExtrinsicInfo extrinsic;
        int calls;
        List<RuntimeFunction> apis = List.of();
        switch (version) {
            case 14 -> {
                int type = id(in);
                List<Integer> versions = List.of(in.u8());
                List<Extension> extensions = list(in, _ -> extension());
                id(in);
                extrinsic = new ExtrinsicInfo(
                        versions, parameter(type, "Address"), parameter(type, "Signature"), Map.of(0, extensions));
                calls = parameter(type, "Call");
            }
            case 15 -> {
                List<Integer> versions = List.of(in.u8());
                int address = id(in);
                calls = id(in);
                int signature = id(in);
                id(in);
                extrinsic = new ExtrinsicInfo(versions, address, signature, Map.of(0, list(in, _ -> extension())));
                id(in);
                apis = apis();
                outerEnums();
                custom();
            }
            default -> {
                extrinsic = extrinsicV16();
                apis = apis();
                calls = outerEnums();
                custom();
            }
        }
        requireKnown(extrinsic, calls);
        return new Metadata(version, types, pallets, extrinsic, calls, RuntimeFunction.byName(apis));
    }

    private Pallet pallet() {
        String name = text(in);
        Map<String, StorageEntry> storage = new LinkedHashMap<>();
        for (StorageEntry entry : in.option(_ -> storage()).orElse(List.of())) storage.put(entry.name(), entry);
        List<Variant> calls = variants();
        List<Variant> events = variants();
        Map<String, Pallet.Constant> constants = new LinkedHashMap<>();
        for (Pallet.Constant constant : list(in, _ -> constant())) constants.put(constant.name(), constant);
        Map<Integer, Variant> errors = new LinkedHashMap<>();
        for (Variant error : variants()) errors.put(error.index(), error);
        List<RuntimeFunction> views = List.of();
        if (version >= 16) {
            list(in, _ -> text(in) + id(in) + docs(in));
            views = list(in, _ -> viewFunction());
        }
        int index = in.u8();
        if (version >= 15) docs(in);
        deprecation();
        return new Pallet(
                name,
                index,
                storage,
                Pallet.byName(calls),
                Pallet.byName(events),
                errors,
                constants,
                RuntimeFunction.byName(views));
    }

    private List<StorageEntry> storage() {
        String prefix = text(in);
        return list(in, _ -> {
            String name = text(in);
            int at = in.position();
            int modifier = in.u8();
            if (modifier > 1) throw new ScaleException("an unknown storage modifier, " + modifier + ",", at);
            boolean map = in.bool();
            List<StorageEntry.Hasher> hashers = map ? list(in, _ -> hasher()) : List.of();
            int key = map ? id(in) : 0;
            int value = known(id(in));
            Bytes fallback = in.bytes(in.remaining());
            docs(in);
            deprecation();
            List<StorageEntry.Key> keys = map ? keys(prefix + "." + name, hashers, key) : List.of();
            return new StorageEntry(
                    prefix, name, keys, value, modifier == 1 ? Optional.of(fallback) : Optional.empty());
        });
    }

    private List<StorageEntry.Key> keys(String entry, List<StorageEntry.Hasher> hashers, int type) {
        if (hashers.size() == 1) return List.of(new StorageEntry.Key(hashers.getFirst(), known(type)));
        if (!(types.type(type).shape() instanceof Tuple tuple) || tuple.items().size() != hashers.size())
            throw new MetadataException(
                    entry + " has " + hashers.size() + " hashers, but its key is no tuple of as many");
        List<StorageEntry.Key> keys = new ArrayList<>();
        for (int i = 0; i < hashers.size(); i++)
            keys.add(new StorageEntry.Key(hashers.get(i), tuple.items().get(i)));
        return keys;
    }

    private StorageEntry.Hasher hasher() {
        int at = in.position();
        int index = in.u8();
        if (index >= HASHERS.size()) throw new ScaleException("an unknown storage hasher, " + index + ",", at);
        return HASHERS.get(index);
    }

    /** The variants of an optional enum type: calls, events or errors. */
    private List<Variant> variants() {
        return in.option(_ -> {
                    int type = id(in);
                    if (version >= 16) list(in, _ -> in.u8() + variantDeprecation());
                    if (!(types.type(type).shape() instanceof Variants variants))
                        throw new MetadataException("calls, events or errors of type " + type + ", which is no enum");
                    return variants.cases();
                })
                .orElse(List.of());
    }

    private Pallet.Constant constant() {
        String name = text(in);
        int type = known(id(in));
        Bytes value = in.bytes(in.remaining());
        docs(in);
        deprecation();
        return new Pallet.Constant(name, type, value);
    }

    private Extension extension() {
        return new Extension(text(in), known(id(in)), known(id(in)));
    }

    private ExtrinsicInfo extrinsicV16() {
        List<Integer> versions = list(in, ScaleReader::u8);
        int address = id(in);
        id(in); // the type of calls stands again among the outer enums
        int signature = id(in);
        Map<Integer, List<Integer>> byVersion = new LinkedHashMap<>();
        list(in, _ -> {
            int extensionVersion = in.u8();
            List<Integer> indexes = list(in, TypeRegistry::id);
            byVersion.put(extensionVersion, indexes);
            return extensionVersion;
        });
        List<Extension> all = list(in, _ -> extension());
        Map<Integer, List<Extension>> extensions = new LinkedHashMap<>();
        byVersion.forEach((extensionVersion, indexes) -> extensions.put(
                extensionVersion,
                indexes.stream().map(index -> extension(all, index)).toList()));
        return new ExtrinsicInfo(versions, address, signature, extensions);
    }

    private static Extension extension(List<Extension> all, int index) {
        if (index >= all.size())
            throw new MetadataException("transaction extension " + index + " of " + all.size() + " is not there");
        return all.get(index);
    }

    private List<RuntimeFunction> apis() {
        List<RuntimeFunction> functions = new ArrayList<>();
        list(in, _ -> {
            String api = text(in);
            functions.addAll(list(in, _ -> {
                RuntimeFunction function = function(Bytes.EMPTY, api + "_" + text(in));
                docs(in);
                deprecation();
                return function;
            }));
            docs(in);
            if (version >= 16) in.compact();
            deprecation();
            return 0;
        });
        return functions;
    }

    private RuntimeFunction function(Bytes id, String name) {
        List<Field> inputs = list(in, _ -> new Field(text(in), known(id(in))));
        return new RuntimeFunction(id, name, inputs, known(id(in)));
    }

    private int outerEnums() {
        int calls = id(in);
        id(in);
        id(in);
        return calls;
    }

    private void custom() {
        list(in, _ -> text(in) + id(in) + in.bytes(in.remaining()));
    }

    private RuntimeFunction viewFunction() {
        Bytes id = in.raw(32);
        RuntimeFunction function = function(id, text(in));
        docs(in);
        deprecation();
        return function;
    }

    private void deprecation() {
        if (version < 16) return;
        int at = in.position();
        int kind = in.u8();
        if (kind == 2) note();
        else if (kind > 2) throw new ScaleException("an unknown kind of deprecation, " + kind + ",", at);
    }

    private String variantDeprecation() {
        int at = in.position();
        int kind = in.u8();
        if (kind < 1 || kind > 2) throw new ScaleException("an unknown kind of deprecation, " + kind + ",", at);
        return kind == 2 ? note() : "";
    }

    private String note() {
        return text(in) + in.option(TypeRegistry::text).orElse("");
    }

    private int parameter(int type, String name) {
        Integer parameter = types.type(type).parameters().get(name);
        if (parameter == null)
            throw new MetadataException("the extrinsic type of metadata V14 has no parameter " + name);
        return parameter;
    }

    private int known(int type) {
        types.type(type);
        return type;
    }

    private void requireKnown(ExtrinsicInfo extrinsic, int calls) {
        known(extrinsic.address());
        known(extrinsic.signature());
        known(calls);
    }
}
