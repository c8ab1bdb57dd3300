package stella.node.api.document;

import java.util.List;

/**
 * One deal with its history.
 *
 * @param history what finalized blocks announced about the deal, oldest first
 * @param historySince first block that this node has watched; what happened earlier is in {@code deal} only
 * @param block finalized block at which {@code deal} was read
 */
public record DealDetail(DealView deal, List<DealEvent> history, long historySince, long block) {
    public DealDetail {
        history = List.copyOf(history);
    }
}
