package stella.node.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import stella.node.cli.ProcessEnding;
import stella.node.content.Progress;

/**
 * Ctrl-C (or TERM) while a command runs: cancels what the command does, so that it fails at once and cleans up on its way out, and
 * holds the end of the process until it has.
 */
final class Interruption implements AutoCloseable {
    private static final long CLEAN_UP_SECONDS_MAX = 5;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Runnable> cancellations = new ArrayList<>();
    private final Thread hook = new Thread(this::interruptAndWait, "interruption");
    private volatile boolean happened;

    private Interruption() {}

    /** From now on, until it is closed. */
    static Interruption watch() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Also ends {@code work} when it happens, or at once when it has. */
    synchronized void onInterrupt(Runnable work) {
        cancellations.add(work);
        if (happened) work.run();
    }

    boolean happened() {
        // The program interrupts its commands too, and that may be felt before this object's own hook has run.
        return happened || ProcessEnding.hasBegun();
    }

    /** @throws CancellationException when it has happened */
    void check() {
        if (happened) throw new CancellationException("interrupted");
    }

    /** Progress that ends the work it is told of. */
    Progress checked(Progress progress) {
        return new Progress() {
            @Override
            public void phase(String what, long total) {
                check();
                progress.phase(what, total);
            }

            @Override
            public void advance(long bytes) {
                check();
                progress.advance(bytes);
            }
        };
    }

    /** Cancels what runs. */
    synchronized void interrupt() {
        happened = true;
        cancellations.forEach(Runnable::run);
    }

    @Override
    public void close() {
        ended.countDown();
        if (happened) return;
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending this very moment; the hook finds the work done.
            happened = true;
        }
    }

    private void interruptAndWait() {
        interrupt();
        try {
            if (!ended.await(CLEAN_UP_SECONDS_MAX, TimeUnit.SECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
