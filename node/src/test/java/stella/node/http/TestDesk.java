package stella.node.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import stella.gateway.keys.Keypair;
import stella.node.transfer.Deliveries;
import stella.protocol.AccountId;
import stella.roles.Transfer;
import stella.roles.fetch.FetchSettings;
import stella.roles.fetch.StoreRelay;

/** What servers of tests stand in front of. */
public final class TestDesk {
    /** A Store without an ask. */
    public static final AskDesk NONE = new AskDesk() {
        @Override
        public AccountId store() {
            return AccountId.of(new byte[32]);
        }

        @Override
        public CompletionStage<Transfer.Quoted> quote(Transfer.Terms terms) {
            return CompletableFuture.completedStage(new Transfer.Quoted.Refused(404, "no ask"));
        }
    };

    private TestDesk() {}

    /** A gateway that nobody inspects and that relays nothing. */
    public static GatewayServer.Sources sources(BlockSupply blocks, LeafProver prover) {
        return new GatewayServer.Sources(
                blocks,
                prover,
                new StoreRelay(
                        _ -> CompletableFuture.completedStage(Optional.empty()),
                        new NoTransfer(),
                        FetchSettings.DEFAULT),
                Optional.empty());
    }

    /** A Fetch with {@code keys} that relays to the Stores it knows, through {@code transfer}. */
    static GatewayServer.Sources relaying(
            Keypair keys, Transfer transfer, Function<AccountId, Optional<String>> endpoints) {
        return new GatewayServer.Sources(
                (cid, _) -> CompletableFuture.completedStage(
                        new BlockSupply.Supplied.Refused(BlockSupply.Reason.MISSING, "no block " + cid)),
                (_, _) -> CompletableFuture.completedStage(new Transfer.Possession.Unreachable("no replica")),
                new StoreRelay(
                        store -> CompletableFuture.completedStage(endpoints.apply(store)),
                        transfer,
                        FetchSettings.DEFAULT),
                Optional.of((piece, leaves) -> Deliveries.sign(keys, piece, leaves)));
    }
}
