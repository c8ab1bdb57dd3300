package stella.node.api.document;

import java.util.List;

/**
 * A placement and all it has told so far.
 *
 * @param state the event of its last word so far, {@code started} before the first
 * @param finished whether nothing more will come
 */
public record PlacementView(String id, String state, boolean finished, List<PlacementEvent> events) {
    public PlacementView {
        events = List.copyOf(events);
    }
}
