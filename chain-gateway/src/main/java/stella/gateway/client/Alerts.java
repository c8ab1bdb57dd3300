package stella.gateway.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings alerts to whoever listens, also to those who come late. Safe for any thread. */
final class Alerts {
    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
    private static final int KEPT = 16;

    private final Deque<ChainAlert> raised = new ArrayDeque<>();
    private final List<Consumer<ChainAlert>> listeners = new CopyOnWriteArrayList<>();

    /** The same alert in a row is raised once. */
    synchronized void raise(ChainAlert alert) {
        if (alert.equals(raised.peekLast())) return;
        LOG.warn("{}", alert.sentence());
        raised.addLast(alert);
        if (raised.size() > KEPT) raised.removeFirst();
        listeners.forEach(listener -> listener.accept(alert));
    }

    /** Tells the last alerts at once, then each new one, until the answer is run. */
    synchronized Runnable listen(Consumer<ChainAlert> listener) {
        raised.forEach(listener);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
