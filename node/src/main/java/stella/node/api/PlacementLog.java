package stella.node.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.node.api.document.PlacementEvent;
import stella.node.api.document.PlacementOrder;
import stella.node.api.document.PlacementView;

/**
 * All that one placement has told, for any number of readers, each at its own pace: readers ask for what follows what they have seen.
 * Any thread.
 */
final class PlacementLog {
    /** One percent at a time is enough for a progress bar and bounds the log. */
    private static final int TRANSFER_STEPS = 100;

    private static final int EVENTS_MAX = 20_000;

    private final String id;
    private final PlacementOrder order;
    private final List<PlacementEvent> events = new ArrayList<>();
    private final Map<String, Long> transferred = new HashMap<>();
    private CompletableFuture<Void> grown = new CompletableFuture<>();
    private boolean finished;

    PlacementLog(String id, PlacementOrder order) {
        this.id = id;
        this.order = order;
    }

    String id() {
        return id;
    }

    PlacementOrder order() {
        return order;
    }

    synchronized boolean isFinished() {
        return finished;
    }

    /** What comes after the last word is not heard, nor is a transfer that has hardly moved. */
    void add(PlacementEvent event) {
        CompletableFuture<Void> wake;
        synchronized (this) {
            if (finished || isSmallStep(event)) return;
            if (events.size() >= EVENTS_MAX && !event.isLast()) return;
            events.add(event);
            finished = event.isLast();
            wake = grown;
            grown = new CompletableFuture<>();
        }
        wake.complete(null);
    }

    synchronized PlacementView view() {
        return new PlacementView(
                id, events.isEmpty() ? "started" : events.getLast().word(), finished, events);
    }

    /** The events after the first {@code seen}, as soon as there are any; empty when none will come. */
    CompletionStage<List<PlacementEvent>> after(int seen) {
        CompletableFuture<Void> wait;
        synchronized (this) {
            if (seen < events.size())
                return CompletableFuture.completedFuture(List.copyOf(events.subList(seen, events.size())));
            if (finished) return CompletableFuture.completedFuture(List.of());
            wait = grown;
        }
        return wait.thenCompose(_ -> after(seen));
    }

    private boolean isSmallStep(PlacementEvent event) {
        if (!(event instanceof PlacementEvent.Transferring moved)) return false;
        long step = moved.total() <= 0
                ? TRANSFER_STEPS
                : (long) (moved.received() * (double) TRANSFER_STEPS / moved.total());
        Long before = transferred.put(moved.store(), step);
        return before != null && before == step;
    }
}
