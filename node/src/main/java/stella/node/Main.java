package stella.node;

import java.util.concurrent.atomic.AtomicBoolean;
import stella.node.cli.Console;
import stella.node.cli.StellaCommand;

/** The program {@code stella}. */
public final class Main {
    private static final long CLEANUP_MILLIS_MAX = 5_000;

    private Main() {}

    public static void main(String[] arguments) {
        AtomicBoolean finished = new AtomicBoolean();
        cleanUpOnInterrupt(Thread.currentThread(), finished);
        int exitCode = StellaCommand.run(Console.system(), arguments);
        finished.set(true);
        System.exit(exitCode);
    }

    /** Ctrl-C interrupts the command and lets it remove what is half done, so that nothing half-written stays. */
    private static void cleanUpOnInterrupt(Thread command, AtomicBoolean finished) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("interrupt").unstarted(() -> {
                    if (finished.get()) return;
                    command.interrupt();
                    try {
                        command.join(CLEANUP_MILLIS_MAX);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
    }
}
