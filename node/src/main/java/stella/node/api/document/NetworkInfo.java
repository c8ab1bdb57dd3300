package stella.node.api.document;

import java.util.List;

/**
 * The network a node belongs to, and the nodes this program runs.
 *
 * @param name for people, for example {@code stella-dev}
 * @param genesis hash of block 0, {@code 0x} and 64 digits: the identity of the network
 * @param rpc WebSocket URL of the chain
 * @param gateway URL of the IPFS gateway, without a path
 * @param api URL of this API's server, without a path
 * @param dataDir folder of this program's data
 * @param symbol of amounts, {@code STL}
 * @param decimals of amounts: 1 {@code symbol} is 10^decimals planck
 */
public record NetworkInfo(
        String name,
        String genesis,
        String rpc,
        String gateway,
        String api,
        String dataDir,
        String symbol,
        int decimals,
        List<Node> nodes,
        List<Account> accounts) {
    public NetworkInfo {
        nodes = List.copyOf(nodes);
        accounts = List.copyOf(accounts);
    }

    /**
     * A node of this program.
     *
     * @param name for example {@code store-1}
     * @param role {@code Store}, {@code Fetch} or {@code Inspector}
     * @param address its account, SS58
     * @param endpoint its public URL
     */
    public record Node(String name, String role, String address, String endpoint) {}

    /**
     * An account this program can sign for.
     *
     * @param name for example {@code alice}
     * @param address SS58
     */
    public record Account(String name, String address) {}
}
