package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import stella.devchain.chain.Chain;
import stella.devchain.chain.Genesis;

/** {@code chainSpec_v1_*} of the JSON-RPC interface specification. */
final class SpecMethods {
    private SpecMethods() {}

    static void addTo(RpcMethods methods, Chain chain, Genesis genesis) {
        JsonNode properties = SystemMethods.properties(genesis);
        methods.add(call -> Json.text(genesis.name()), "chainSpec_v1_chainName")
                .add(call -> Json.text(chain.blocks().genesis().toString()), "chainSpec_v1_genesisHash")
                .add(call -> properties, "chainSpec_v1_properties");
    }
}
