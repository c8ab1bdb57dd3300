package stella.gateway.outbox;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

/**
 * Runs one {@link Outbox} per account in a cluster: on the oldest machine, and on the next one when that leaves or is lost. Every
 * machine starts it in the same way and gets a reference that leads to the one outbox, wherever it is; all machines need the same
 * journal, since what one wrote down the next one goes on with.
 *
 * <p>During a takeover messages may be lost, as in any network: who has no answer submits the same key again.
 */
public final class OutboxSingleton {
    private OutboxSingleton() {}

    /** @param account persistence is kept under this name, the account's text form */
    public static ActorRef<Outbox.Command> start(
            ActorSystem<?> system, String account, OutboxChain chain, OutboxSettings settings) {
        return start(system, account, chain, settings, Optional.empty());
    }

    /** @param role only machines with this role in the cluster run it; empty for all */
    public static ActorRef<Outbox.Command> start(
            ActorSystem<?> system, String account, OutboxChain chain, OutboxSettings settings, Optional<String> role) {
        ClusterSingletonSettings where = ClusterSingletonSettings.create(system);
        SingletonActor<Outbox.Command> singleton = SingletonActor.of(
                        Outbox.create(account, chain, settings), "outbox-" + account)
                .withStopMessage(Outbox.Stop.INSTANCE)
                .withSettings(role.map(where::withRole).orElse(where));
        return ClusterSingleton.get(system).init(singleton);
    }
}
