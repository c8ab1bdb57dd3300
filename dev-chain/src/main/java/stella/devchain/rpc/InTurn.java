package stella.devchain.rpc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Lends the threads of another executor to one task at a time, in the order in which they come. */
final class InTurn implements Executor {
    private final Executor threads;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    InTurn(Executor threads) {
        this.threads = threads;
    }

    @Override
    public synchronized void execute(Runnable task) {
        waiting.add(task);
        if (!running) next();
    }

    private synchronized void next() {
        Runnable task = waiting.poll();
        running = task != null;
        if (task == null) return;
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                next();
            }
        });
    }
}
