package stella.node.dev;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import stella.gateway.keys.Keypair;
import stella.node.fault.FaultSwitch;
import stella.node.http.GatewayServer;
import stella.node.http.Handler;
import stella.node.transfer.Deliveries;
import stella.roles.Ledger;
import stella.roles.Transfer;
import stella.roles.fetch.Fetch;
import stella.roles.fetch.FetchSettings;
import stella.roles.fetch.StoreRelay;

/** One Fetch of a dev network: its actor, the gateway in front of it, and the switch that makes it misbehave. */
record FetchNode(DevNode node, FaultSwitch faults, Handler gateway) {
    static FetchNode start(
            DevNode node,
            Ledger ledger,
            Transfer transfer,
            Accounts accounts,
            ActorSystem<?> system,
            Executor readers,
            SystemChance chance) {
        ActorRef<Fetch.Command> actor =
                accounts.spawn(Fetch.create(ledger, transfer, FetchSettings.DEFAULT), node.name());
        FetchDoor door = new FetchDoor(actor, system);
        FaultSwitch faults = new FaultSwitch(chance);
        Keypair keys = Keypair.fromSuri(node.suri());
        GatewayServer.Sources sources = new GatewayServer.Sources(
                faults.blocks(door),
                faults.prover(door),
                new StoreRelay(door::endpoint, transfer, FetchSettings.DEFAULT),
                Optional.of((piece, leaves) -> Deliveries.sign(keys, piece, leaves)));
        GatewayServer server = new GatewayServer(system, sources, readers);
        return new FetchNode(node, faults, faults.endpoint(server));
    }
}
