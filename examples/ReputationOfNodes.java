import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import stella.protocol.role.Role;
import stella.roles.client.ReputationClient;
import stella.roles.inspector.ReputationAnswer.Changed;
import stella.roles.inspector.ReputationAnswer.Notice;
import stella.roles.inspector.ReputationAnswer.Warned;

/**
 * Joins a cluster of Stella nodes, prints its ten best Stores, and then every change and warning until it is stopped.
 *
 * <pre>java -cp node.jar examples/ReputationOfNodes.java pekko://stella@127.0.0.1:25520</pre>
 */
public final class ReputationOfNodes {
    public static void main(String[] arguments) {
        ActorSystem<SpawnProtocol.Command> system = ActorSystem.create(
                Behaviors.<SpawnProtocol.Command>setup(context -> {
                    ActorRef<Notice> listener = context.spawn(Behaviors.receive(Notice.class)
                            .onMessage(Changed.class, changed -> print(changed.id() + " is now "
                                    + changed.now().standing().word() + " at " + percent(changed.now().scorePpm())))
                            .onMessage(Warned.class, warned -> print(String.join("\n  ", warned.sentences())))
                            .build(), "listener");
                    show(context.getSystem(), listener);
                    return SpawnProtocol.create();
                }),
                "stella",
                ConfigFactory.parseString("pekko.actor.provider = cluster").withFallback(ConfigFactory.load()));
        Cluster.get(system)
                .manager()
                .tell(new JoinSeedNodes(List.of(org.apache.pekko.actor.AddressFromURIString.parse(arguments[0]))));
    }

    /** Asks until an Inspector of the cluster is known to this member. */
    private static void show(ActorSystem<?> system, ActorRef<Notice> listener) {
        ReputationClient reputation = new ReputationClient(system, Duration.ofSeconds(5));
        reputation.top(Role.STORE, 10).whenComplete((best, failure) -> {
            if (failure != null) {
                system.scheduler()
                        .scheduleOnce(Duration.ofSeconds(1), () -> show(system, listener), system.executionContext());
                return;
            }
            best.all().forEach(one -> print(one.id() + " " + percent(one.scorePpm())));
            reputation.subscribe(List.of(), listener);
        });
    }

    private static <T> org.apache.pekko.actor.typed.Behavior<T> print(String line) {
        System.out.println(line);
        return Behaviors.same();
    }

    private static String percent(int ppm) {
        return ppm / 10_000 + "." + ppm / 1_000 % 10 + " %";
    }
}
