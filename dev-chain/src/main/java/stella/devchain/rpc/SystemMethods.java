package stella.devchain.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import stella.devchain.chain.Chain;
import stella.devchain.chain.Genesis;
import stella.gateway.keys.Ss58;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** {@code system_*} and {@code rpc_methods}. */
final class SystemMethods {
    private final Chain chain;
    private final JsonNode properties;

    private SystemMethods(Chain chain, JsonNode properties) {
        this.chain = chain;
        this.properties = properties;
    }

    static void addTo(RpcMethods methods, Chain chain, Genesis genesis) {
        SystemMethods system = new SystemMethods(chain, properties(genesis));
        methods.add(call -> Json.text("Stella development chain"), "system_name")
                .add(call -> Json.text("0.1.0"), "system_version")
                .add(call -> Json.text(genesis.name()), "system_chain")
                .add(call -> Json.text("Development"), "system_chainType")
                .add(call -> system.properties, "system_properties")
                .add(call -> health(), "system_health")
                .add(call -> Json.array().add("Authority"), "system_nodeRoles")
                // There is no network, hence no key of a peer; clients only show this.
                .add(call -> Json.text("stella-dev-chain"), "system_localPeerId")
                .add(call -> Json.array(), "system_localListenAddresses")
                .add(call -> Json.array(), "system_peers")
                .add(call -> system.syncState(), "system_syncState")
                .add(system::nextIndex, "system_accountNextIndex", "account_nextIndex")
                .add(system::dryRun, "system_dryRun", "system_dryRunAt")
                .add(call -> methodNames(methods), "rpc_methods");
    }

    static JsonNode properties(Genesis genesis) {
        try {
            return Json.read(genesis.properties());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the chain's properties are no JSON", e);
        }
    }

    static JsonNode health() {
        return Json.object().put("peers", 0).put("isSyncing", false).put("shouldHavePeers", false);
    }

    private JsonNode syncState() {
        long best = chain.blocks().best().number();
        return Json.object().put("startingBlock", 0).put("currentBlock", best).put("highestBlock", best);
    }

    /** The runtime's nonce, and one more for each transaction of the account that is ready in the pool without a gap. */
    private JsonNode nextIndex(RpcCall call) {
        AccountId account = account(call.text(0));
        Hash best = chain.blocks().best().hash();
        Bytes answer = chain.call(best, "AccountNonceApi_account_nonce", account.bytes())
                .orElseThrow();
        long nonce = new ScaleReader(answer).u32();
        while (chain.pool().provides(tag(account, nonce))) nonce++;
        return Json.number(nonce);
    }

    /** What the runtime says of the extrinsic when it is applied after a block: {@code ApplyExtrinsicResult}, encoded. */
    private JsonNode dryRun(RpcCall call) {
        Bytes extrinsic = AuthorMethods.extrinsic(call);
        Hash at = call.optionalHash(1).orElseGet(() -> chain.blocks().best().hash());
        return Json.hex(chain.call(at, "BlockBuilder_apply_extrinsic", extrinsic)
                .orElseThrow(() -> RpcException.client("UnknownBlock: no state for " + at)));
    }

    private static Bytes tag(AccountId account, long nonce) {
        return new ScaleWriter(36).raw(account.bytes()).u32(nonce).toBytes();
    }

    private static AccountId account(String text) {
        try {
            return text.startsWith("0x")
                    ? new AccountId(Bytes.hex(text))
                    : Ss58.decode(text).account();
        } catch (IllegalArgumentException e) {
            throw RpcException.invalidParams("no account: " + e.getMessage());
        }
    }

    private static JsonNode methodNames(RpcMethods methods) {
        ObjectNode answer = Json.object();
        methods.names().forEach(answer.putArray("methods")::add);
        return answer;
    }
}
