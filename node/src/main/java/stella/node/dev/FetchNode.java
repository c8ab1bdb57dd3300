package stella.node.dev;

import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import stella.node.fault.FaultSwitch;
import stella.node.http.GatewayServer;
import stella.node.http.Handler;
import stella.roles.Ledger;
import stella.roles.Transfer;
import stella.roles.fetch.Fetch;
import stella.roles.fetch.FetchSettings;

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
        GatewayServer server = new GatewayServer(system, faults.blocks(door), faults.prover(door), readers);
        return new FetchNode(node, faults, faults.endpoint(server));
    }
}
