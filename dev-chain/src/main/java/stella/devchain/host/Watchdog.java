package stella.devchain.host;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends wasm that loops: interrupts the thread that runs it, which Endive notices at the next loop or call. One daemon thread serves all calls of the
 * process, since a watch costs only an entry in its queue.
 */
final class Watchdog {
    private static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("runtime-watchdog").factory());

    static {
        // Else thousands of calls a second would each leave an entry behind until its limit is over.
        TIMER.setRemoveOnCancelPolicy(true);
    }

    private Watchdog() {}

    /** A watch over the thread that opened it; to be closed by the same thread. */
    static final class Watch implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private final ScheduledFuture<?> alarm;
        private boolean over;
        private boolean barked;

        private Watch(Duration limit) {
            alarm = TIMER.schedule(this::bark, limit.toNanos(), TimeUnit.NANOSECONDS);
        }

        private synchronized void bark() {
            if (over) return;
            barked = true;
            thread.interrupt();
        }

        /** Ends the watch; a late interrupt does not leak into what the thread does next. Answers whether time ran out. */
        synchronized boolean end() {
            if (!over) {
                over = true;
                alarm.cancel(false);
                if (barked) Thread.interrupted();
            }
            return barked;
        }

        @Override
        public void close() {
            end();
        }
    }

    static Watch over(Duration limit) {
        return new Watch(limit);
    }
}
