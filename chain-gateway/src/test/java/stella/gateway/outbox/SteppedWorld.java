package stella.gateway.outbox;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;

/**
 * An actor system all of whose work is done by {@link #step}, one message at a time, on the test's own thread: every run of a test
 * goes exactly the same way, and a test may let the process die between any two messages.
 */
final class SteppedWorld implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Config BASE = PersistenceTestKitPlugin.config()
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.load());

    private record Spawn(Behavior<?> behavior, CompletableFuture<ActorRef<?>> spawned) {}

    private final Steps steps;
    private final ActorSystem<Object> system;
    private final PersistenceTestKit journal;

    SteppedWorld() {
        String name = "world-" + COUNT.incrementAndGet();
        steps = new Steps();
        Steps.ALL.put(name, steps);
        steps.runAlone();
        system = ActorSystem.create(guardian(), name, config(name));
        journal = PersistenceTestKit.create(system);
        steps.stopAlone();
        drain();
    }

    <T> ActorRef<T> spawn(Behavior<T> behavior) {
        CompletableFuture<ActorRef<?>> spawned = new CompletableFuture<>();
        system.tell(new Spawn(behavior, spawned));
        while (!spawned.isDone()) if (!step()) throw new AssertionError("nothing spawns");
        @SuppressWarnings("unchecked")
        ActorRef<T> ref = (ActorRef<T>) spawned.join();
        return ref;
    }

    /** One message is handled; false when there is none. */
    boolean step() {
        return steps.step();
    }

    void drain() {
        while (step()) {}
    }

    /** What is written down under {@code id}. */
    List<Object> written(String id) {
        return List.copyOf(journal.persistedInStorage(id));
    }

    void write(String id, List<Object> facts) {
        if (!facts.isEmpty()) journal.persistForRecovery(id, facts);
    }

    /** The process is gone: nothing that waited is done any more. What is written down can still be read. */
    @Override
    public void close() {
        steps.runAlone();
        system.terminate();
    }

    private static Behavior<Object> guardian() {
        return Behaviors.receive((context, message) -> {
            if (message instanceof Spawn spawn) spawn.spawned().complete(context.spawnAnonymous(spawn.behavior()));
            return Behaviors.same();
        });
    }

    private static Config config(String name) {
        String dispatcher = "{ type = Dispatcher, throughput = 1, executor = \"" + Configurator.class.getName()
                + "\", steps = \"" + name + "\" }\n";
        StringBuilder own = new StringBuilder("""
            pekko.loggers = []
            pekko.loglevel = OFF
            pekko.stdout-loglevel = OFF
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            pekko.jvm-shutdown-hooks = off
            """);
        for (String each : List.of(
                "pekko.actor.default-dispatcher",
                "pekko.actor.internal-dispatcher",
                "pekko.actor.default-blocking-io-dispatcher",
                "pekko.persistence.dispatchers.default-plugin-dispatcher",
                "pekko.persistence.dispatchers.default-replay-dispatcher",
                "pekko.persistence.dispatchers.default-stream-dispatcher"))
            own.append(each).append(' ').append(dispatcher);
        return ConfigFactory.parseString(own.toString()).withFallback(BASE);
    }

    /** The work of a system: done one by one by the test, or by a thread of its own while the system starts and ends. */
    private static final class Steps extends AbstractExecutorService {
        static final ConcurrentMap<String, Steps> ALL = new ConcurrentHashMap<>();

        private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        private volatile boolean alone;
        private Thread runner = new Thread();

        void runAlone() {
            alone = true;
            runner = Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (alone) {
                        Runnable next = queue.poll(1, TimeUnit.MILLISECONDS);
                        if (next != null) next.run();
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }

        void stopAlone() {
            alone = false;
            try {
                runner.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        boolean step() {
            Runnable next = queue.poll();
            if (next == null) return false;
            next.run();
            return true;
        }

        @Override
        public void execute(Runnable task) {
            queue.add(task);
        }

        @Override
        public void shutdown() {
            alone = false;
        }

        @Override
        public List<Runnable> shutdownNow() {
            alone = false;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    /** Made by the actor system from its configuration. */
    public static final class Configurator extends ExecutorServiceConfigurator {
        private final String name;

        public Configurator(Config config, DispatcherPrerequisites prerequisites) {
            super(config, prerequisites);
            this.name = config.getString("steps");
        }

        @Override
        public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
            return new ExecutorServiceFactory() {
                @Override
                public ExecutorService createExecutorService() {
                    return Objects.requireNonNull(Steps.ALL.get(name));
                }
            };
        }
    }
}
