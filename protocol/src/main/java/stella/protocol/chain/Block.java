package stella.protocol.chain;

import java.util.List;
import stella.protocol.Hash;

/** A finalized block and what the pallet announced in it, in order. */
public record Block(long number, Hash hash, Hash parent, List<Event> events) {
    public Block {
        events = List.copyOf(events);
    }
}
