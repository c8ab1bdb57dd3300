package stella.node.api.document;

import java.util.List;

/**
 * One deal with its history.
 *
 * @param history what finalized blocks announced about the deal, oldest first
 * @param unwatched blocks of the deal's life that this node did not watch; what happened in them is in {@code deal} only
 * @param block finalized block at which {@code deal} was read
 */
public record DealDetail(DealView deal, List<DealEvent> history, List<BlockRange> unwatched, long block) {
    public DealDetail {
        history = List.copyOf(history);
        unwatched = List.copyOf(unwatched);
    }
}
