package stella.devchain.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stella.devchain.host.RuntimeCode;
import stella.devchain.host.RuntimeLoader;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.devchain.state.StorageChanges;
import stella.devchain.state.StorageKey;
import stella.devchain.trie.StateVersion;
import stella.devchain.trie.Trie;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * Where a chain begins: its name and the storage of block 0.
 *
 * @param name what {@code system_chain} answers
 * @param properties the JSON object of {@code system_properties}: token symbol, decimals, address prefix
 */
public record Genesis(String name, String properties, StorageChanges content) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NAMES_MAX = 64;
    private static final int PRESET_BYTES_MAX = 16 << 20;

    /**
     * The genesis that a runtime builds from its own preset: the preset is merged over the default configuration (RFC 7386).
     *
     * @throws IllegalArgumentException when the runtime has no such preset, or refuses it
     */
    public static Genesis fromPreset(String name, String properties, Bytes wasm, String preset, RuntimeLoader loader) {
        RuntimeCode code = loader.load(wasm);
        JsonNode defaults = json(preset(code, Optional.empty())
                .orElseThrow(() -> new IllegalArgumentException("the runtime has no default genesis")));
        JsonNode patch = json(preset(code, Optional.of(preset))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the runtime has no genesis preset \"" + preset + "\"; it has " + presets(code))));
        Overlay overlay = new Overlay(State.EMPTY);
        Bytes request = new ScaleWriter()
                .text(MergePatch.apply(defaults, patch).toString())
                .toBytes();
        ScaleReader answer = new ScaleReader(code.call("GenesisBuilder_build_state", request, overlay));
        if (answer.u8() != 0)
            throw new IllegalArgumentException(
                    "the runtime refuses preset \"" + preset + "\": " + answer.text(PRESET_BYTES_MAX));
        overlay.put(null, State.CODE, wasm);
        return new Genesis(name, properties, overlay.changes());
    }

    /**
     * The genesis of a raw chain specification, the JSON that {@code chain-spec-builder} and {@code stella chain spec} write.
     *
     * @throws IllegalArgumentException when it is no raw specification
     */
    public static Genesis fromSpecification(JsonNode specification) {
        JsonNode raw = specification.at("/genesis/raw");
        if (!raw.path("top").isObject())
            throw new IllegalArgumentException(
                    "the chain specification has no genesis.raw.top; convert it to its raw form first");
        TreeMap<StorageKey, Optional<Bytes>> content = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : raw.get("top").properties())
            content.put(StorageKey.top(Bytes.hex(entry.getKey())), Optional.of(hex(entry.getValue())));
        for (Map.Entry<String, JsonNode> child : raw.path("childrenDefault").properties()) {
            Bytes childName = Bytes.hex(child.getKey());
            for (Map.Entry<String, JsonNode> entry : child.getValue().properties())
                content.put(new StorageKey(childName, Bytes.hex(entry.getKey())), Optional.of(hex(entry.getValue())));
        }
        if (!content.containsKey(StorageKey.top(State.CODE)))
            throw new IllegalArgumentException(
                    "the chain specification has no :code, so the chain would have no runtime");
        JsonNode properties = specification.path("properties");
        return new Genesis(
                specification.path("name").asText("Development"),
                properties.isObject() ? properties.toString() : "{}",
                new StorageChanges(content));
    }

    public State state(StateVersion version) {
        return State.EMPTY.apply(content, version);
    }

    /** Block 0 over this state. */
    public static Block block(State state) {
        Hash noExtrinsics = Trie.EMPTY.root();
        return new Block(new Header(Hash.ZERO, 0, state.root(), noExtrinsics, List.of()), List.of());
    }

    /** The runtime's wasm. */
    public Bytes code() {
        return Optional.ofNullable(content.entries().get(StorageKey.top(State.CODE)))
                .flatMap(value -> value)
                .orElseThrow(() -> new IllegalStateException("a genesis without :code"));
    }

    private static Optional<Bytes> preset(RuntimeCode code, Optional<String> name) {
        Bytes request = new ScaleWriter().option(name, ScaleWriter::text).toBytes();
        Bytes answer = code.call("GenesisBuilder_get_preset", request, new Overlay(State.EMPTY));
        return new ScaleReader(answer).option(in -> in.bytes(PRESET_BYTES_MAX));
    }

    private static List<String> presets(RuntimeCode code) {
        Bytes answer = code.call("GenesisBuilder_preset_names", Bytes.EMPTY, new Overlay(State.EMPTY));
        return new ScaleReader(answer).sequence(NAMES_MAX, in -> in.text(256));
    }

    private static JsonNode json(Bytes text) {
        try {
            return JSON.readTree(text.toArray());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the runtime's genesis preset is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes hex(JsonNode text) {
        return Bytes.hex(text.asText());
    }
}
