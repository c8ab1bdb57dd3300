package stella.node.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import stella.node.api.document.NodeStatus;
import stella.protocol.chain.Block;

/** How the node is: works, works but needs a person, or does not work yet. */
final class HealthCheck {
    private final Network network;
    private final ApiSettings settings;
    private final LongSupplier nanoTime;
    private final AtomicLong headSeenAt;

    /** @param nanoTime as {@link System#nanoTime} */
    HealthCheck(Network network, ApiSettings settings, LongSupplier nanoTime) {
        this.network = network;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.headSeenAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** A block was finalized now. */
    void blockSeen() {
        headSeenAt.set(nanoTime.getAsLong());
    }

    NodeStatus.Health now() {
        Optional<Block> head = network.head();
        if (head.isEmpty()) return new NodeStatus.Health("starting", List.of("no block is finalized yet"));
        List<String> reasons = new ArrayList<>();
        long silence = nanoTime.getAsLong() - headSeenAt.get();
        if (silence > settings.stallMax().toNanos())
            reasons.add("no block was finalized for " + silence / 1_000_000_000 + " s; the newest is "
                    + head.get().number());
        try {
            for (Network.Alarm alarm : Await.chain(network.alarms())) reasons.add(alarm.node() + ": " + alarm.text());
        } catch (ApiException e) {
            reasons.add("the nodes do not tell their alarms: " + e.detail());
        }
        return new NodeStatus.Health(reasons.isEmpty() ? "ready" : "degraded", reasons);
    }
}
