package stella.node.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import stella.devchain.chain.Genesis;
import stella.devchain.state.StorageKey;

/** Raw chain specifications, the JSON with which Substrate nodes begin a chain. */
final class Specification {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Specification() {}

    static JsonNode of(Genesis genesis, String preset) {
        ObjectNode specification = JSON.createObjectNode();
        specification.put("name", genesis.name()).put("id", "stella_" + preset);
        specification.put("chainType", preset.equals("development") ? "Development" : "Local");
        specification.putArray("bootNodes");
        specification.putNull("telemetryEndpoints");
        specification.put("protocolId", "stella");
        specification.set("properties", properties(genesis));
        // Any values do: programs made for parachains want the fields to be there.
        specification.put("relay_chain", "stella").put("para_id", 1000);
        specification.putObject("codeSubstitutes");
        ObjectNode raw = specification.putObject("genesis").putObject("raw");
        ObjectNode top = raw.putObject("top");
        ObjectNode children = raw.putObject("childrenDefault");
        genesis.content().entries().forEach((key, value) -> {
            if (value.isEmpty()) return;
            ObjectNode into = key.child() == null ? top : child(children, key);
            into.put(key.key().toHex0x(), value.get().toHex0x());
        });
        return specification;
    }

    private static ObjectNode child(ObjectNode children, StorageKey key) {
        return children.withObject(
                "/" + java.util.Objects.requireNonNull(key.child()).toHex0x());
    }

    private static JsonNode properties(Genesis genesis) {
        try {
            return JSON.readTree(genesis.properties());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a genesis whose properties are no JSON", e);
        }
    }
}
