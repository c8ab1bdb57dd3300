package stella.roles.fakes;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;

/** Actor systems for tests. What crosses nodes in production is serialized here too; what stays inside an actor is named. */
public final class Kits {
    private static final Config SERIALIZING = ConfigFactory.parseString("""
        pekko.actor.serialize-messages = on
        pekko.actor.allow-java-serialization = off
        pekko.actor.no-serialization-verification-needed-class-prefix = [
          "org.apache.pekko.", "scala.",
          "stella.roles.store.Store$BlockSeen", "stella.roles.store.Store$PullProgress",
          "stella.roles.store.Store$DealsSeen", "stella.roles.store.Store$Alarm",
          "stella.roles.store.Store$GetStatus", "stella.roles.store.Store$Status",
          "stella.roles.store.Prover$",
          "stella.roles.fetch.Fetch$BlockSeen",
          "stella.roles.client.Placement$"
        ]
        pekko.persistence.typed.log-stashing = off
        """);

    private Kits() {}

    public static ActorTestKit persistent() {
        return ActorTestKit.create(PersistenceTestKitPlugin.config()
                .withFallback(PersistenceTestKitSnapshotPlugin.config())
                .withFallback(SERIALIZING));
    }

    public static ActorTestKit plain() {
        return ActorTestKit.create(SERIALIZING);
    }

    /** Timers of this kit run when {@link ManualTime} says so. */
    public static ActorTestKit timeless() {
        return ActorTestKit.create(ManualTime.config().withFallback(SERIALIZING));
    }
}
