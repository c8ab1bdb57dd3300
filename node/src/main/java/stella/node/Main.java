package stella.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import stella.node.cli.Console;
import stella.node.cli.StellaCommand;

/** The program {@code stella}. */
public final class Main {
    private static final long CLEANUP_MILLIS_MAX = 5_000;

    private Main() {}

    public static void main(String[] arguments) {
        CountDownLatch finished = new CountDownLatch(1);
        cleanUpOnInterrupt(Thread.currentThread(), finished);
        int exitCode = StellaCommand.run(Console.system(), arguments);
        finished.countDown();
        System.exit(exitCode);
    }

    /** Ctrl-C interrupts the command and lets it remove what is half done, so that nothing half-written stays. */
    private static void cleanUpOnInterrupt(Thread command, CountDownLatch finished) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("interrupt").unstarted(() -> {
                    if (finished.getCount() == 0) return;
                    command.interrupt();
                    try {
                        // Not for the thread's end: it waits in System.exit for this hook.
                        if (!finished.await(CLEANUP_MILLIS_MAX, TimeUnit.MILLISECONDS)) return;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
    }
}
