package stella.gateway.client;

import java.util.List;
import stella.gateway.metadata.ChainEvent;
import stella.gateway.metadata.DispatchFailure;

/** What became of a transaction. */
public sealed interface Outcome {
    /**
     * It is in a finalized block and had its effect.
     *
     * @param items what each call of a batch did; none where it was no batch
     */
    record Succeeded(BlockRef block, int index, List<ChainEvent> events, List<BatchItem> items) implements Outcome {
        public Succeeded {
            events = List.copyOf(events);
            items = List.copyOf(items);
        }
    }

    /** It is in a finalized block, its fee is paid, and it had no other effect. */
    record Failed(BlockRef block, int index, DispatchFailure failure) implements Outcome {}

    /** The pool does not have it; it had no effect and will have none unless submitted again. */
    record Refused(PoolRefusal refusal) implements Outcome {}

    /** Nobody can tell yet: the connection was lost, or the node stopped reporting; look for it in the blocks. */
    record Unknown(String why) implements Outcome {}
}
