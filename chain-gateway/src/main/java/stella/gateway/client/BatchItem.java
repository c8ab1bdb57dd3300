package stella.gateway.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stella.gateway.metadata.ChainEvent;
import stella.gateway.metadata.DispatchFailure;
import stella.gateway.metadata.Metadata;

/**
 * What one call of a batch ({@code Utility.force_batch}) did.
 *
 * @param events those before the one that ends it
 * @param failure why it had no effect, if so
 */
public record BatchItem(List<ChainEvent> events, Optional<DispatchFailure> failure) {
    public BatchItem {
        events = List.copyOf(events);
    }

    /** The items of a transaction's events, in order; none when it was no batch. */
    static List<BatchItem> read(Metadata metadata, List<ChainEvent> events) {
        List<BatchItem> items = new ArrayList<>();
        List<ChainEvent> own = new ArrayList<>();
        for (ChainEvent event : events) {
            Optional<DispatchFailure> failure = event.is("Utility", "ItemFailed")
                    ? Optional.of(DispatchFailure.read(metadata, event.field("error")))
                    : Optional.empty();
            if (failure.isPresent() || event.is("Utility", "ItemCompleted")) {
                items.add(new BatchItem(own, failure));
                own = new ArrayList<>();
            } else own.add(event);
        }
        return items;
    }
}
