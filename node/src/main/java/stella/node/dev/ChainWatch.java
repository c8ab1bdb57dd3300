package stella.node.dev;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import stella.protocol.chain.Block;
import stella.protocol.chain.Event;

/**
 * Remembers what the chain announced, and waits for what it has not announced yet. Deadlines are blocks, never seconds: the chain's own
 * clock decides what is late. Told by the ledger's thread, asked by a command's.
 */
final class ChainWatch {
    private final SortedMap<Long, Block> blocks = new TreeMap<>();
    private final List<Seen> events = new ArrayList<>();

    /** An event and the block it was announced in. */
    record Seen(long block, Event event) {}

    synchronized void see(Block block) {
        if (blocks.put(block.number(), block) != null) return;
        block.events().forEach(event -> events.add(new Seen(block.number(), event)));
        notifyAll();
    }

    synchronized long height() {
        return blocks.isEmpty() ? 0 : blocks.lastKey();
    }

    synchronized int blocks() {
        return blocks.size();
    }

    synchronized List<Seen> all(Predicate<Event> wanted) {
        return events.stream().filter(seen -> wanted.test(seen.event())).toList();
    }

    /** The first such event, or null when block {@code deadline} is there without it. */
    synchronized @Nullable Seen await(Predicate<Event> wanted, long deadline) throws InterruptedException {
        int from = 0;
        while (true) {
            for (; from < events.size(); from++)
                if (wanted.test(events.get(from).event())) return events.get(from);
            if (height() >= deadline) return null;
            wait();
        }
    }
}
