package stella.node.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import stella.node.fault.FaultSwitch;
import stella.node.http.AskDesk;
import stella.node.http.HttpBinding;
import stella.node.http.Listener;
import stella.node.http.StoreServer;
import stella.node.transfer.PieceDownload;
import stella.node.vault.DiskVault;
import stella.node.vault.VaultSettings;
import stella.node.vault.VaultThreads;
import stella.roles.Ledger;
import stella.roles.store.AskCounter;
import stella.roles.store.Store;
import stella.roles.store.StoreSettings;

/** One Store of a dev network: its vault, its public endpoint, its actor, and the switch that makes it misbehave. */
final class StoreNode implements AutoCloseable {
    /** Bytes that a Store of a dev network offers. */
    static final long CAPACITY = 16L << 30;

    private final DevNode node;
    private final DiskVault vault;
    private final FaultSwitch faults;
    private final Listener listener;
    private final AskCounter counter;
    private final ActorRef<Store.Command> actor;

    private StoreNode(
            DevNode node,
            DiskVault vault,
            FaultSwitch faults,
            Listener listener,
            AskCounter counter,
            ActorRef<Store.Command> actor) {
        this.node = node;
        this.vault = vault;
        this.faults = faults;
        this.listener = listener;
        this.counter = counter;
        this.actor = actor;
    }

    static StoreNode start(
            DevNode node,
            Path folder,
            String host,
            PieceDownload download,
            Ledger ledger,
            Accounts accounts,
            ActorSystem<?> system,
            SystemChance chance)
            throws IOException {
        VaultThreads threads = VaultThreads.start(node.name(), 4, 8);
        DiskVault vault = DiskVault.open(VaultSettings.at(folder, CAPACITY), download, threads, Clock.systemUTC());
        FaultSwitch faults = new FaultSwitch(chance);
        AskCounter counter = new AskCounter(ledger);
        StoreServer server = new StoreServer(
                system,
                faults.blocks(vault),
                faults.pieces(vault),
                faults.prover(vault.publicProver()),
                AskDesk.of(ledger.account(), counter));
        HttpBinding where = HttpBinding.at(host, 0);
        Listener listener =
                Waiting.on(Listener.bind(system, where, where.admission(faults::isReachable), faults.endpoint(server)));
        ActorRef<Store.Command> actor = accounts.spawn(
                Store.create(node.name(), ledger, faults.vault(vault), StoreSettings.DEFAULT), node.name());
        return new StoreNode(node, vault, faults, listener, counter, actor);
    }

    DevNode node() {
        return node;
    }

    String endpoint() {
        return listener.url();
    }

    FaultSwitch faults() {
        return faults;
    }

    CompletionStage<List<String>> alarms(ActorSystem<?> system) {
        return AskPattern.<Store.Command, Store.Status>ask(
                        actor, Store.GetStatus::new, Duration.ofSeconds(5), system.scheduler())
                .thenApply(Store.Status::alarms);
    }

    @Override
    public void close() throws IOException {
        Waiting.on(listener.close());
        counter.close();
        vault.close();
    }
}
